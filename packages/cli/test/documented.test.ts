import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDirectoryFile } from '@bedrockenv/core';
import { drivers, startShell } from '@bedrockenv/testkit/pty';
import { describe, expect, it } from 'vitest';
import { parse } from '../src/arguments.ts';
import type { Command } from '../src/command.ts';
import { table } from '../src/commands/table.ts';
import { program, Sandbox } from './cli.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const text = (page: string) => readFileSync(join(repository, page), 'utf8');
const pages = ['README.md', ...globSync(['docs/*.md', 'packages/*/README.md'], { cwd: repository }).sort()];

/** Every command line that a page says: in its blocks, and in code within a sentence. */
function commandLines(page: string): string[] {
  const inBlocks = [...text(page).matchAll(/^```(?:sh|console)\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
    block.split('\n'),
  );
  const sentences = sentencesOf(page);
  const inSentences = [...sentences.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code.replaceAll('\\|', '|'));
  return [...inBlocks, ...inSentences].flatMap((line) =>
    [...line.matchAll(/(?:^|\$ |\$\(|&& |; |\| |-- )bedrockenv ([^\n]*)/g)].map(([, rest = '']) => rest),
  );
}

function sentencesOf(page: string): string {
  return text(page).replace(/^```[\s\S]*?^```$/gm, '');
}

/** The words up to where the shell takes over again. */
function wordsOf(rest: string): string[] {
  const [own = ''] = rest.split(/\s(?:#|\||>|>>|&&|;|2>)(?:\s|$)|[)"]/);
  return own.split(/\s+/).filter((word) => word !== '' && word !== '…');
}

/** A word in capitals, or in angle brackets, stands for any; where only some may stand, for the first of those. */
function filled(command: Command, words: readonly string[]): string[] {
  return words.map((word, at) => {
    if (/^\w+(\|\w+)+$/.test(word)) return word.split('|')[0] as string;
    if (!/^([A-Z]+|<.*>)$/.test(word)) return word;
    const flag = command.flags.find(({ name }) => `--${name}` === words[at - 1]);
    return (flag ? flag.choices?.[0] : command.args[0]?.choices?.[0]) ?? word;
  });
}

describe.each(pages)('%s', (page) => {
  it('names no command, flag or value that there is not', async () => {
    for (const line of commandLines(page)) {
      const [name = '', ...words] = wordsOf(line);
      // `bedrockenv: …` is a message; what is no word is a sentence about the program.
      if (!/^[a-z-]+$/.test(name) || name.startsWith('-')) continue;
      const entry = table.find((each) => each.name === name);
      expect(entry?.name, `${page}: bedrockenv ${line}`).toBe(name);
      const command = await (entry as (typeof table)[number]).load();
      // The name alone stands for the command.
      if (words.length === 0 || words.includes('[DIR]')) continue;
      expect(() => parse(command, filled(command, words)), `${page}: bedrockenv ${line}`).not.toThrow();
    }
  });

  it('links to files that are there', () => {
    for (const [, target = ''] of sentencesOf(page)
      .replace(/`[^`]*`/g, '')
      .matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)) {
      const path = join(page, '..', target);
      expect(globSync(path, { cwd: repository }), `${page}: ${target}`).not.toEqual([]);
    }
  });
});

describe('README.md', () => {
  const blocks = [...text('README.md').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, block = '']) => ({
    language,
    block,
  }));
  it('has command lines to check', () => expect(commandLines('README.md').length).toBeGreaterThan(10));

  const consoles = blocks
    .filter(({ language }) => language === 'console')
    .map(({ block }) => block.trimEnd().split('\n'));

  it('shows a .bedrockrc that is one', () => {
    const shown = blocks.filter(({ language }) => language === 'yaml');
    expect(shown.length).toBeGreaterThan(0);
    for (const { block } of shown) {
      const { layer } = readDirectoryFile(new TextEncoder().encode(block), 'README.md');
      expect(Object.keys(layer)).toEqual(['profile', 'region', 'model']);
    }
  });

  const driver = drivers.find((each) => each.program() !== undefined);
  it.skipIf(driver === undefined)('shows what entering a project prints, and a first use that works', async () => {
    if (driver === undefined) return;
    const box = new Sandbox();
    box.signIn(7.2 * 3_600_000 + 30_000);
    const env = box.environment({ PATH: `${box.path('bin')}:/usr/bin:/bin` });
    const sandbox = {
      home: box.home,
      env,
      write: (path: string, content: string | Uint8Array) => box.write(path, content),
    };
    box.write('bin/bedrockenv', `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, 0o755);
    box.write('atlas/.keep', '');
    const shell = await startShell(driver, { sandbox, rcText: driver.evalOutput(`bedrockenv hook ${driver.name}`) });
    try {
      const entering = consoles.find(([line = '', said = '']) => / cd /.test(line) && / session /.test(said)) ?? [];
      const first = consoles.find((each) => each.some((line) => /^\$ bedrockenv use /.test(line))) ?? [];
      expect(first.length).toBeGreaterThan(0);
      // What stands after a line's # is for the reader; an interactive zsh would take it for words.
      for (const line of first.filter((each) => each.startsWith('$ '))) {
        expect((await shell.run(line.slice(2).replace(/\s+#.*/, ''))).status).toBe(0);
      }
      expect(box.text('atlas/.bedrockrc')).toMatch(/profile: corp-dev\nmodel: sonnet\n/);
      await shell.run('cd /');
      const [enter = '', said = ''] = entering;
      expect((await shell.run(enter.slice(2))).output.trimEnd()).toBe(said);
    } finally {
      await shell.close();
    }
  });
});
