import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { expect, it } from 'vitest';
import { program, Sandbox } from '../cli.ts';

/** A HOME with bash alone, and bedrockenv on PATH. */
function machine() {
  const box = new Sandbox();
  mkdirSync(box.path('bin'));
  symlinkSync('/bin/bash', box.path('bin/bash'));
  box.write('bin/bedrockenv', `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, 0o755);
  const env = { PATH: `${box.path('bin')}:/usr/bin:/bin`, SHELL: '/bin/bash' };
  const fixes = (): string[] =>
    JSON.parse(box.run(['doctor', '--json'], { env }).stdout)
      .findings.filter(({ code }: { code: string }) => code.startsWith('hook-'))
      .map(({ fix }: { fix: string }) => fix);
  const paste = (line: string) => spawnSync('bash', ['-c', line], { env: box.environment(env) }).status;
  return { box, env, fixes, paste };
}

it('a hook of setup is mended by setup: pasted, the fix leaves nothing to find, and completions as they were', () => {
  const { box, env, fixes, paste } = machine();
  box.ok(['setup', '--yes', '--shell', 'bash'], { env });
  const hook = '.local/state/bedrockenv/hooks/bedrockenv.bash';
  const whole = box.text(hook);
  const fix = 'bedrockenv setup --yes --shell bash';

  rmSync(box.state, { recursive: true });
  expect(fixes()).toEqual([fix]);
  expect(paste(fix)).toBe(0);
  expect(fixes()).toEqual([]);

  box.write(hook, whole.replace('# bedrockenv for bash', '# bedrockenv for an older bash'));
  expect(fixes()).toEqual([fix]);
  expect(paste(fix)).toBe(0);
  expect(fixes()).toEqual([]);

  box.write(hook, whole.replace(/_bedrockenv_node='?[^' ]+'?/, "_bedrockenv_node='/opt/node 18/node'"));
  expect(fixes()).toEqual([fix]);
  expect(paste(fix)).toBe(0);
  expect(box.text(hook)).toBe(whole);
  expect(whole).toContain('complete -F _bedrockenv_completions bedrockenv');
});

it('a file of the user is written where it was, also when its folder is gone', () => {
  const { box, fixes, paste } = machine();
  box.write('.bashrc', 'source "$HOME/my dots/bedrockenv/hook.bash"\n');
  const [fix = ''] = fixes();
  expect(fix).toContain('bedrockenv hook bash > ');
  expect(paste(fix)).toBe(0);
  expect(existsSync(box.path('my dots/bedrockenv/hook.bash'))).toBe(true);
  expect(fixes()).toEqual([]);
});
