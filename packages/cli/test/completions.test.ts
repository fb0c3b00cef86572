import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bash as bashDriver, drivers, isRequired, type Shell, startShell } from '@bedrockenv/testkit/pty';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { program, Sandbox } from './cli.ts';

const bash = bashDriver.program();

/** Profiles whose names would do something, if any shell read them as text; each has a beginning of its own. */
const hostile = [
  'x1 $(touch pwned)',
  'x2`touch pwned`',
  'x3;touch pwned;',
  "x4';touch pwned;'",
  'x5";touch pwned;"',
  'x6’;touch pwned;’',
  'x7|touch pwned&',
  'x8 \\ * ? {a,b} <pwned >pwned',
  'x9(touch pwned)',
  'y1${HOME}',
  'y2 !! !touch #x',
  'y3~root=a:b@c',
  'y4 開発 é',
];

/** As much of a name as a person types before TAB. */
const typable = (name: string) => name.slice(0, 2);

describe.each(drivers)('completions of $name', (driver) => {
  const isHere = driver.program() !== undefined;
  const test = it.skipIf(!isHere && !isRequired(driver));
  let box: Sandbox;
  let shell: Shell | undefined;

  beforeEach(() => {
    box = new Sandbox();
    const profiles = [...hostile, 'my team dev', 'solo'].map(
      (name) => `[profile ${shlex(name)}]\nregion = eu-west-1\n`,
    );
    box.write('.aws/config', `${box.awsConfig}\n${profiles.join('\n')}`);
    box.write('.config/bedrockenv/config.yaml', 'aliases: {fastest: claude-haiku-4-5}\nenvironments: {workshop: {}}\n');
    // The command under test for completions; any other call is written down.
    const quoted = (path: string) => `'${path}'`;
    const stub = `#!/bin/sh
case $1 in candidates | completions) exec ${quoted(process.execPath)} ${quoted(program)} "$@" ;; esac
for word; do printf '%s\\0' "$word"; done > ${quoted(box.path('called'))}
`;
    chmodSync(box.write('bin/bedrockenv', stub), 0o755);
  });
  afterEach(async () => {
    await shell?.close();
    shell = undefined;
  });

  async function start(): Promise<Shell> {
    const env = box.environment({ PATH: `${box.path('bin')}:/usr/bin:/bin` });
    const sandbox = { home: box.home, env, write: (path: string, text: string | Uint8Array) => box.write(path, text) };
    const before = driver.name === 'zsh' ? 'autoload -Uz compinit; compinit -u -D; ' : '';
    shell = await startShell(driver, {
      sandbox,
      rcText: before + driver.evalOutput(`bedrockenv completions ${driver.name}`),
    });
    return shell;
  }

  /** What the command gets when `text`, TAB, `rest` and Enter are typed. */
  async function completed(text: string, shown: RegExp, rest = ''): Promise<string[]> {
    const running = shell ?? (await start());
    rmSync(box.path('called'), { force: true });
    running.put(text);
    running.key('tab');
    await running.waitFor(shown);
    if (rest) running.put(rest);
    running.key('enter');
    await running.prompt();
    return readFileSync(box.path('called'), 'utf8').split('\0').slice(0, -1);
  }

  test('commands, flags, values, models, regions, names of this machine', async () => {
    expect(await completed('bedrockenv prof', /profiles/)).toEqual(['profiles']);
    expect(await completed('bedrockenv export --fo', /--format/, ' zsh')).toEqual(['export', '--format', 'zsh']);
    expect(await completed('bedrockenv export --format pow', /powershell/)).toEqual([
      'export',
      '--format',
      'powershell',
    ]);
    expect(await completed('bedrockenv use son', /sonnet/)).toEqual(['use', 'sonnet']);
    expect(await completed('bedrockenv use --region eu-n', /eu-north-1/)).toEqual(['use', '--region', 'eu-north-1']);
    expect(await completed('bedrockenv use fas', /fastest/)).toEqual(['use', 'fastest']);
    expect(await completed('bedrockenv use opus works', /workshop/)).toEqual(['use', 'opus', 'workshop']);
    expect(await completed('bedrockenv login --session co', /corp/)).toEqual(['login', '--session', 'corp']);
    expect(await completed('bedrockenv explain AWS_REG', /AWS_REGION/)).toEqual(['explain', 'AWS_REGION']);
    expect(await completed('bedrockenv exec -- touc', /touch/, ' x')).toEqual(['exec', '--', 'touch', 'x']);
  });

  test('a value after the flag’s `=`', async () => {
    if (driver.name === 'powershell') return;
    expect(await completed('bedrockenv export --format=pow', /powershell/)).toEqual(['export', '--format=powershell']);
    expect(await completed('bedrockenv login --profile=my', /dev/)).toEqual(['login', '--profile=my team dev']);
  });

  test('nobody can say the names: nothing is shown, what is known completes', async () => {
    box.write('.aws/config', '[profile\n');
    box.write('.config/bedrockenv/config.yaml', '{');
    await start();
    expect(await completed('bedrockenv use son', /sonnet/)).toEqual(['use', 'sonnet']);
    expect(await (shell as Shell).screen()).not.toMatch(/rror|bedrockenv:/);
  });

  test('under the options that make a shell strict', async () => {
    await start();
    await (shell as Shell).run(
      { zsh: 'setopt no_unset ksh_arrays sh_word_split', bash: 'set -u; IFS=e', fish: 'true' }[driver.name] ??
        "Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'; $OFS = 'e'",
    );
    expect(await completed('bedrockenv login --profile my', /dev/)).toEqual(['login', '--profile', 'my team dev']);
    expect(await completed('bedrockenv use --region eu-n', /eu-north-1/)).toEqual(['use', '--region', 'eu-north-1']);
  });

  test('a profile with spaces, as a flag’s value, as an argument, and within quotes', async () => {
    expect(await completed('bedrockenv login --profile my', /dev/)).toEqual(['login', '--profile', 'my team dev']);
    expect(await completed('bedrockenv use --pin my', /dev/)).toEqual(['use', '--pin', 'my team dev']);
    expect(await completed("bedrockenv use 'my t", /dev/)).toEqual(['use', 'my team dev']);
    expect(await completed('bedrockenv use "my t', /dev/)).toEqual(['use', 'my team dev']);
  });

  test('names that would do something: each arrives as it is, and nothing is done', async () => {
    for (const name of hostile) {
      expect(await completed(`bedrockenv use ${typable(name)}`, /use [^\n]{4,}/)).toEqual(['use', name]);
    }
    expect(existsSync(box.path('pwned'))).toBe(false);
  });
});

it.skipIf(bash === undefined)('bash-completion completes the program after exec, counted as bash counts words', () => {
  const script = `
_command_offset() { COMPREPLY=("$1"); }
compopt() { :; }
source '${join(import.meta.dirname, '../../bash/completions/bedrockenv.bash')}'
COMP_LINE='bedrockenv exec --profile=a:b -- git ch'
COMP_WORDS=(bedrockenv exec --profile = a : b -- git ch)
COMP_CWORD=9
_bedrockenv_complete
echo "\${COMP_WORDS[COMPREPLY]}"
`;
  expect(execFileSync(bash as string, ['--norc', '-c', script], { encoding: 'utf8' })).toBe('git\n');
});

/** A section's name as the AWS CLI reads it back. */
function shlex(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}
