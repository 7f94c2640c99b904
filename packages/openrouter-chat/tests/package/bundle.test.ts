import { cp, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { startCli } from '../support/start-cli.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'orc-bundle-'));
  await cp(fileURLToPath(new URL('../../dist', import.meta.url)), folder, { recursive: true });
  // Its "type" makes modules of the files.
  await cp(fileURLToPath(new URL('../../package.json', import.meta.url)), path.join(folder, 'package.json'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function orc(...args: readonly string[]): ReturnType<typeof startCli>['ended'] {
  return startCli(path.join(folder, 'cli.js'), args).ended;
}

describe('the bundle', () => {
  it('is a program that a shell can start', async () => {
    const file = path.join(folder, 'cli.js');
    expect(await readFile(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    const isExecutable = process.platform === 'win32' || ((await stat(file)).mode & 0o111) !== 0;
    expect(isExecutable).toBe(true);
  });

  it('brings no dependency', () => {
    expect(Object.keys(manifest)).not.toContain('dependencies');
  });

  it('answers, far from everything that it was built with', async () => {
    expect(await orc('--version')).toMatchObject({ code: 0, stdout: `${manifest.version}\n` });
    const { code, stdout, stderr } = await orc('ask', '--demo', 'hello');
    expect([code, stdout]).toEqual([0, expect.stringContaining('This is a simulated answer')]);
    expect(stderr).toMatch(/ · simulated\n$/);
  });

  it('explains itself, and what it does not understand', async () => {
    expect((await orc('--help')).stdout).toContain('orc --demo');
    expect(await orc('hello')).toMatchObject({ code: 2, stdout: '' });
  });
});
