import type { Model } from '../../wire/model.ts';

/**
 * Writes a listing as an RSS feed.
 *
 * @param models - the models
 * @param leadsToChat - whether the entries lead to a chat with the model in the place of its page
 * @returns the XML
 */
export function feedOf(models: readonly Model[], leadsToChat: boolean): string {
  const items = models.map(({ id, name, created, description = '' }) => {
    const link = leadsToChat
      ? `https://openrouter.ai/chat?models=${encodeURIComponent(id)}`
      : `https://openrouter.ai/${id}`;
    const date = new Date(created * 1_000).toUTCString();
    return `<item><title>${escape(name)}</title><link>${escape(link)}</link><guid>${escape(id)}</guid><pubDate>${date}</pubDate><description>${escape(description)}</description></item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>OpenRouter Models</title><link>https://openrouter.ai/models</link><description>Simulated</description>${items.join('')}</channel></rss>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
