import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { program, Sandbox } from './cli.ts';

/** Root alone can become a user whom the system does not know, who cannot read a checkout in a closed folder. */
const unknown = ['setpriv', '--reuid=98765', '--regid=98765', '--clear-groups', '--'] as const;
const [first, ...words] = unknown;
const canRun = spawnSync(first, [...words, process.execPath, program, '--version']).status === 0;

it.each(['', 'home', '.'])('HOME=%j is none: nothing is read or written below the current directory', (HOME) => {
  const box = new Sandbox();
  const dir = box.project('p', 'model: opus\n');
  // What a repository could bring: its own approval.
  box.write(`p/${HOME}/.local/state/bedrockenv/approvals${dir}/.bedrockrc`, 'model: opus\n', 0o600);
  const { approval } = box.json(['status', '--json'], { cwd: dir, env: { HOME } });
  expect(approval).toBe('unapproved');
});

it.runIf(canRun)('a user whom the system does not know is told to set HOME', () => {
  const box = new Sandbox();
  const { code, stderr } = box.run(['status'], { cwd: '/', env: { HOME: undefined }, under: unknown });
  expect(stderr).toBe('bedrockenv: there is no home folder for this user; set HOME to a folder of yours\n');
  expect(code).toBe(1);
});
