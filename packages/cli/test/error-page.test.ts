import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rules } from '../../core/src/project/rules.ts';
import { errorPage } from '../src/output/error-page.ts';
import { Sandbox } from './cli.ts';
import { Terminal } from './terminal.ts';

const page = /\n {2}https:\/\/\S+\/docs\/doctor\.md#unknown-key\r\n$/;

async function onTerminal(words: readonly string[], text: string): Promise<string> {
  const box = new Sandbox();
  box.project('p', text);
  const terminal = new Terminal(words, { cwd: box.path('p'), env: box.environment({ TERM: 'xterm' }) });
  await terminal.ended;
  return terminal.out;
}

it('on a terminal an error that has a page names it, once', async () => {
  const out = await onTerminal(['allow'], 'modle: opus\nregoin: x\n');
  expect(out).toMatch(page);
  expect(out.match(/https:/g)).toHaveLength(1);
});

it('what a hook runs says its lines alone, and so does a wrong command line', async () => {
  expect(await onTerminal(['compile', '--dir', '.'], 'modle: opus\n')).not.toContain('https:');
  expect(await onTerminal(['statsu'], 'model: opus\n')).not.toContain('https:');
});

it('for a program there is no such line', () => {
  const box = new Sandbox();
  box.project('p', 'modle: opus\n');
  const { code, stderr } = box.run(['allow'], { cwd: box.path('p') });
  expect([code, stderr]).toEqual([1, expect.not.stringContaining('https:')]);
});

it.each([...rules.map(({ name }) => `policy-${name}`), 'policy-require', 'policy-settings', 'unknown-key'])(
  '%s: the page has its anchor',
  (code) => {
    const [file = '', anchor] = errorPage(code)?.split('#') ?? [];
    const page = readFileSync(join(import.meta.dirname, '../../../docs', file), 'utf8');
    expect(page.split(`<a id="${anchor}"></a>`)).toHaveLength(2);
    expect(anchor).toBe(code);
  },
);
