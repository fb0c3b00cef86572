import { execFileSync, spawnSync } from 'node:child_process';
import { afterEach, expect, it } from 'vitest';
import { describePwsh, manifest, pwsh, Sandbox } from './sandbox.ts';

const user = 12345;
/** Only root can be somebody else, who may not be able to read a PowerShell or a checkout in a closed folder. */
const canRun =
  process.getuid?.() === 0 &&
  pwsh !== undefined &&
  spawnSync('setpriv', [`--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--', 'cat', manifest, pwsh]).status ===
    0;

const boxes: Sandbox[] = [];
afterEach(() => {
  for (const box of boxes.splice(0)) box.remove();
});

const entered = (dir: string) => `Set-Location '${dir}'; $null = prompt; out $env:AWS_PROFILE`;

describePwsh('a user who is not root', () => {
  it.runIf(canRun)('has what belongs to them applied', async () => {
    const box = new Sandbox();
    boxes.push(box);
    const { out, said } = await box.run(entered(box.project('p')), { user });
    expect(said).toEqual(['bedrockenv: corp']);
    expect(out).toEqual(['corp']);
  });

  it.runIf(canRun)("has nothing applied that is root's", async () => {
    const box = new Sandbox();
    boxes.push(box);
    const dir = box.project('p');
    const other = new Sandbox();
    boxes.push(other);
    execFileSync('rm', ['-r', other.state]);
    execFileSync('cp', ['-r', box.state, `${other.home}/bedrockenv`]);
    execFileSync('chmod', ['-R', 'a+rX', other.home]);
    const env = { XDG_STATE_HOME: other.home };
    const { out, said } = await box.run(entered(dir), { user, env });
    expect(said).toEqual([`bedrockenv: ${other.home}/bedrockenv belongs to another user; nothing is applied`]);
    expect(out).toEqual([null]);
  });
});
