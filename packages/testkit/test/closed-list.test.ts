import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ambientNames, variableNames } from '@bedrockenv/core';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8');
const zsh = read('zsh/bedrockenv.plugin.zsh');
const bash = read('bash/bedrockenv.bash');
const fish = read('fish/conf.d/bedrockenv.fish');
const powershell = read('powershell/bedrockenv.psm1');
const direnv = read('direnv/lib/bedrockenv.sh');

/** The capitals in what stands between two marks of a file. */
const between = (text: string, begin: string, end: string) => {
  const [, rest = ''] = text.split(begin);
  return rest.split(end)[0]?.match(/\b[A-Z][A-Z0-9_]{4,}\b/g) ?? [];
};
const each = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name as string);

const both = [...new Set([...variableNames, ...ambientNames])];

// A name that a hook does not know is never set by it; one that only a hook knows is a hole in the closed list.
it.each([
  ['zsh: the list', variableNames, between(zsh, '_bedrockenv_names=(', ')')],
  ['zsh: all kinds at once', variableNames, each(zsh, /\$\{\(t\)(\w+)\}/g)],
  ['zsh: is none of them set?', both, between(zsh, 'has a value before us.\n', '; then file=-')],
  ['zsh: what a plan may depend on', ambientNames, between(zsh, 'case $name in', '(*) continue')],
  ['bash: the list', variableNames, each(bash, /\[=(\w+)\]=w/g)],
  ['bash: what a plan may depend on', ambientNames, each(bash, /\[=(\w+)\]=r/g)],
  ['bash: is none of them set?', both, between(bash, '_bedrockenv_bare() {\n  REPLY=', '\n  [[')],
  ['fish: the list', variableNames, between(fish, 'set -g _bedrockenv_closed', '\n\n')],
  ['powershell: the list', variableNames, between(powershell, '$Names = ', ', [StringComparer]')],
  [
    'powershell: what a plan may depend on',
    ambientNames,
    between(powershell, '$AmbientNames = ', ', [StringComparer]'),
  ],
  ['direnv: the list', variableNames, between(direnv, '_bedrockenv_direnv_known() {', 'return 1')],
  ['direnv: what a plan may depend on', ambientNames, between(direnv, 'case $name in', '*) continue')],
])('%s is what core says', (_, expected, found) => {
  expect([...found].sort()).toEqual([...expected].sort());
});

// Their order is that of the values in what is ready-made of a plan.
it.each([
  ['zsh, to be set', each(zsh, /(?<=\{\d+:\+)(\w+)=/g)],
  ['zsh', each(zsh, /"\$\{(\w+)\+=\$\1\}"\$'\\x1f'/g)],
  ['bash', each(bash, /\$\{(\w+)\+=\$\1\}\$IFS/g)],
])('%s: all values at once is what core says, in its order', (_, found) => {
  expect(found).toEqual(variableNames);
});

/** Those that a hook also does something with of its own. */
const special = /^(BEDROCKENV_|AWS_(PROFILE|REGION|BEARER_TOKEN_BEDROCK)$|CLAUDE_CODE_USE_BEDROCK$)/;

// A copy of the list that none of the lines above knows of says of one name what it says of the next.
it.each(Object.entries({ zsh, bash, fish, powershell, direnv }))('%s names each as often as the next', (_, text) => {
  for (const names of [
    variableNames,
    ambientNames.filter((name) => !(variableNames as readonly string[]).includes(name)),
  ]) {
    const counts = names
      .filter((name) => !special.test(name))
      .map((name) => [name, text.match(new RegExp(`(?<![A-Z_])${name}(?![A-Z_])`, 'g'))?.length ?? 0]);
    expect(counts).toEqual(counts.map(([name]) => [name, counts[0]?.[1]]));
  }
});

it('fish: what a plan may depend on is what core says', () => {
  const [, pattern = ''] = /-l ambient '([^']+)'/.exec(fish) ?? [];
  const allowed = new RegExp(`^(?:${pattern})$`);
  expect(
    [...both, 'AWS_DEFAULT_OUTPUT', 'AWS_DEFAULT_CONFIG_FILE'].filter((name) => allowed.test(name)).sort(),
  ).toEqual([...ambientNames].sort());
});
