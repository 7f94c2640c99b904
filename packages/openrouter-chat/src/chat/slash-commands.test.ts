import { RetryNews } from '../answer/retry-news.ts';
import { OpenRouter } from 'openrouter-ts';
import { describe, expect, it } from 'vitest';
import { fakeSurroundings } from '../../tests/support/fake-surroundings.ts';
import { ChatSession } from './chat-session.ts';
import { runSlashCommand } from './slash-commands.ts';

function start(): { readonly session: ChatSession; readonly said: () => string } {
  const { surroundings, stderr } = fakeSurroundings();
  const settings = { model: 'a/b', demo: false, apiKey: 'key', baseUrl: undefined };
  const client = new OpenRouter({ apiKey: 'key' });
  return { session: new ChatSession({ surroundings, settings, client, retries: new RetryNews() }), said: stderr };
}

const usage = { prompt_tokens: 1200, completion_tokens: 30, total_tokens: 1230, cost: 0.0089 };
const question = (text: string, replacesLast = false) => ({ text, replacesLast });

describe('/model', () => {
  it('tells the model', () => {
    const { session, said } = start();
    expect(runSlashCommand(session, '/model')).toEqual({ type: 'next' });
    expect(said()).toBe('The model is a/b. All ids: https://openrouter.ai/models\n');
  });

  it('changes the model, and says what carries over', () => {
    const { session, said } = start();
    runSlashCommand(session, '/model c/d');
    session.conversation.add(question('One?'), { role: 'assistant', content: 'One.' });
    runSlashCommand(session, '/model  e/f ');
    expect(session.model).toBe('e/f');
    expect(said()).toBe('→ c/d.\n→ e/f. 2 messages carry over.\n');
  });

  it('refuses what cannot be an id', () => {
    const { session, said } = start();
    runSlashCommand(session, '/model gpt 4');
    expect(session.model).toBe('a/b');
    expect(said()).toBe('A model id looks like openai/gpt-4o-mini.\n');
  });
});

describe('/retry', () => {
  it('asks again what got no answer', () => {
    const { session } = start();
    session.unanswered = question('Lost?');
    expect(runSlashCommand(session, '/retry')).toEqual({ type: 'send', question: question('Lost?') });
  });

  it('asks the last question again, in its own place', () => {
    const { session } = start();
    session.conversation.add(question('One?'), { role: 'assistant', content: 'One.' });
    expect(runSlashCommand(session, '/retry')).toEqual({ type: 'send', question: question('One?', true) });
  });

  it('has nothing to ask at first', () => {
    const { session, said } = start();
    expect(runSlashCommand(session, '/retry')).toEqual({ type: 'next' });
    expect(said()).toBe('There is no question yet.\n');
  });
});

describe('other commands', () => {
  it('/new forgets what was said, but not what it cost', () => {
    const { session } = start();
    session.conversation.add(question('One?'), { role: 'assistant', content: 'One.' });
    session.unanswered = question('Lost?');
    session.total.count(usage);
    expect(runSlashCommand(session, '/new')).toEqual({ type: 'next' });
    expect([session.conversation.length, session.unanswered, session.total.answers]).toEqual([0, undefined, 1]);
  });

  it('/cost tells what was used', () => {
    const { session, said } = start();
    session.total.count(usage);
    runSlashCommand(session, '/cost');
    session.total.count(undefined);
    runSlashCommand(session, '/cost');
    expect(said().split('\n').slice(0, 2)).toEqual([
      '1 answer · 1,200 in · 30 out · $0.0089 in this session',
      '2 answers · 1,200 in · 30 out · $0.0089 + 1 unknown in this session',
    ]);
  });

  it('/help lists all of them', () => {
    const { session, said } = start();
    runSlashCommand(session, '/help');
    for (const name of ['/model', '/retry', '/new', '/cost', '/help', '/quit', 'Ctrl-C'])
      expect(said()).toContain(name);
  });

  it('/quit leaves', () => {
    expect(runSlashCommand(start().session, '/quit')).toEqual({ type: 'quit' });
  });
});

describe('what is no command', () => {
  it('stands at the prompt again, with what was probably meant', () => {
    const { session, said } = start();
    expect(runSlashCommand(session, '/modle x/y')).toEqual({ type: 'edit', text: '/modle x/y' });
    expect(said()).toBe('No command /modle. Did you mean /model? (//modle sends it as text)\n');
  });

  it('is explained when it is like none of them', () => {
    const { session, said } = start();
    runSlashCommand(session, '/etc/passwd is what?');
    expect(said()).toContain('/help lists all.');
  });

  it('is sent with two slashes', () => {
    expect(runSlashCommand(start().session, '//modle x')).toEqual({ type: 'send', question: question('/modle x') });
  });
});
