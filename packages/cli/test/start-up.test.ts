import { mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './cli.ts';

/** Prints, at the end, the files that were loaded, and the modules of Node that were not there before. */
const spy = `const { builtinModules } = require('module');
const loaded = () => process.moduleLoadList.map((name) => name.split(' ')[1]);
const before = new Set(loaded());
process.on('exit', () => {
  const late = loaded().filter((name) => builtinModules.includes(name) && !before.has(name));
  require('fs').writeSync(2, '\\n' + JSON.stringify([...Object.keys(require.cache), ...late.map((name) => 'node:' + name)]));
});`;

function loaded(box: Sandbox, words: readonly string[], cwd = box.home): string[] {
  const NODE_OPTIONS = `--require=${box.write('spy.cjs', spy)}`;
  const { code, stderr } = box.run(words, { cwd, env: { NODE_OPTIONS } });
  expect([words, code]).toEqual([words, 0]);
  return (JSON.parse(stderr.split('\n').at(-1) as string) as string[]).map((path) => basename(path));
}

describe('what a command loads', () => {
  it.each([
    [['--version']],
    [['-h']],
    [['hook', 'zsh']],
    [['hook', 'bash']],
    [
      ['hook', 'fish'],
      ['completions', 'zsh'],
    ],
  ])('%j: the entry alone', (words) => {
    expect(loaded(new Sandbox(), words)).toEqual(['spy.cjs', 'bedrockenv.js', 'main.js']);
  });

  it('models: the SDK only to ask the account', () => {
    const files = loaded(new Sandbox(), ['models', '--json', '--region', 'us-east-1']);
    expect(files).toContain('commands.js');
    expect(files.filter((name) => name.startsWith('ask-'))).toEqual([]);
  });

  it('names for completions: the AWS files, and no hashes as long as none is asked for', () => {
    const box = new Sandbox();
    const light = ['spy.cjs', 'bedrockenv.js', 'main.js', 'candidates.js', 'environment.js'];
    expect(loaded(box, ['candidates', 'profiles']).sort()).toEqual([...light].sort());
    expect(loaded(box, ['candidates', 'sessions'])).toContain('node:crypto');
  });

  it('export of a fresh plan: no library, and no module of Node', () => {
    const box = new Sandbox();
    const dir = box.project('p', 'profile: corp-dev\n');
    box.ok(['allow', 'p']);
    mkdirSync(`${dir}/sub`);
    expect(loaded(box, ['export'], `${dir}/sub`)).toEqual(['spy.cjs', 'bedrockenv.js', 'main.js', 'environment.js']);
  });
});
