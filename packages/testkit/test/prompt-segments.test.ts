import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { findProgram } from '../src/drivers/find-program.ts';
import { bash, fish, powershell, type Shell, type ShellDriver, startShell, zsh } from '../src/pty/index.ts';
import { createSandbox, type Sandbox } from '../src/sandbox/index.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(repository, 'contrib/prompts');
const text = (name: string) => readFileSync(join(folder, name), 'utf8');

/** A profile that would do something, if a prompt evaluated it. */
const profile = 'a%b \\w $(touch pwned) `touch pwned` ${x}';

let sandbox: Sandbox;
let shell: Shell | undefined;
afterEach(async () => {
  await shell?.close();
  shell = undefined;
  await sandbox.dispose();
});

async function start(driver: ShellDriver, rcText: string): Promise<Shell> {
  sandbox = createSandbox();
  // The test's own prompt is drawn after what the user's lines made of it.
  shell = await startShell(driver, {
    sandbox,
    rcText,
    env: { BEDROCKENV_PROFILE: profile, BEDROCKENV_MODEL: 'Opus 5' },
  });
  return shell;
}

const bedrockenvPrompt = join(repository, 'packages/fish/functions/bedrockenv_prompt.fish');

const plain: [string, ShellDriver, string, string][] = [
  ['prompt.zsh', zsh, 'unset BEDROCKENV_PROFILE', ''],
  ['prompt.bash', bash, 'unset BEDROCKENV_PROFILE', ''],
  ['prompt.fish', fish, 'set -e BEDROCKENV_PROFILE', `source ${bedrockenvPrompt}\n`],
  ['prompt.ps1', powershell, 'Remove-Item Env:BEDROCKENV_PROFILE', ''],
];

describe.each(plain)('%s', (name, driver, unset, before) => {
  test.skipIf(driver.program() === undefined)(
    'the profile as it is, evaluated by nobody, and gone with it',
    async () => {
      const running = await start(driver, before + text(name));
      await running.run(driver.printStatus);
      expect(await lastLine(running)).toContain(profile);
      await running.run(unset);
      await running.run(driver.printStatus);
      expect(await lastLine(running)).not.toContain('a%b');
      expect(existsSync(sandbox.at('pwned'))).toBe(false);
    },
  );
});

async function lastLine(running: Shell): Promise<string> {
  return (await running.screen()).trimEnd().split('\n').at(-1) ?? '';
}

test.skipIf(zsh.program() === undefined)('powerlevel10k gets text that its prompt expansion gives back', () => {
  sandbox = createSandbox();
  const script = `
p10k() { print -rP -- "\${@[-1]}"; }
source ${join(folder, 'powerlevel10k.zsh')}
prompt_my_bedrockenv
BEDROCKENV_PROFILE=$'a\\eb' prompt_my_bedrockenv
unset BEDROCKENV_PROFILE; prompt_my_bedrockenv
unset BEDROCKENV_MODEL; prompt_my_bedrockenv; echo none
`;
  const env = { ...sandbox.env, BEDROCKENV_PROFILE: profile, BEDROCKENV_MODEL: 'Opus 5' };
  const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', script], { env, cwd: sandbox.home, encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: `${profile} · Opus 5\na^[b · Opus 5\nOpus 5\nnone\n`, stderr: '' });
  expect(existsSync(sandbox.at('pwned'))).toBe(false);
});

// A segment's keys, its type and its style are those of oh-my-posh's themes/schema.json.
test('the segment for oh-my-posh is a segment of text that reads the two variables', () => {
  sandbox = createSandbox();
  const segment = JSON.parse(text('oh-my-posh.json'));
  expect(segment).toMatchObject({ type: 'text', style: 'plain' });
  const opened = segment.template.match(/\{\{ if /g)?.length;
  expect(segment.template.match(/\{\{ end \}\}/g)?.length).toBe(opened);
  expect(new Set(segment.template.match(/\.Env\.\w+/g))).toEqual(
    new Set(['.Env.BEDROCKENV_PROFILE', '.Env.BEDROCKENV_MODEL']),
  );
});

// The keys are those of EnvVarConfig in starship's src/configs/env_var.rs (at 0b4503132e25), and the names in a format
// those of src/modules/env_var.rs; a table of that name reads the variable of that name.
test.skipIf(!findProgram('python3'))('the lines for starship are TOML, with keys that its module env_var has', () => {
  sandbox = createSandbox();
  const script = 'import json, sys, tomllib; print(json.dumps(tomllib.load(sys.stdin.buffer)))';
  const { stdout } = spawnSync('python3', ['-c', script], { input: text('starship.toml'), encoding: 'utf8' });
  const modules = JSON.parse(stdout).env_var as Record<string, Record<string, string>>;
  expect(Object.keys(modules)).toEqual(['BEDROCKENV_PROFILE', 'BEDROCKENV_MODEL']);
  const known = ['symbol', 'style', 'variable', 'default', 'format', 'disabled', 'description'];
  for (const module of Object.values(modules)) {
    expect(known).toEqual(expect.arrayContaining(Object.keys(module)));
    // What its format may name; any other name is a text that is never shown.
    expect(['$env_value', '$style', '$symbol']).toEqual(expect.arrayContaining(module.format?.match(/\$\w+/g) ?? ['']));
    expect(module.format).toMatch(/^\[[^\][]*\$env_value[^\][]*\]\(\$style\) $/);
  }
});
