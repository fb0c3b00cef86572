import { symlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { drivers, type Shell, type ShellDriver, snapshot, startShell } from '@bedrockenv/testkit/pty';
import { afterEach, describe, expect, it } from 'vitest';
import { Place, program } from './place.ts';

const repository = resolve(import.meta.dirname, '../../..');
const watched = [
  ...['AWS_PROFILE', 'AWS_REGION', 'CLAUDE_CODE_EFFORT_LEVEL', 'CLAUDE_CODE_MAX_OUTPUT_TOKENS'],
  ...['BEDROCKENV_DIRENV', 'BEDROCKENV_STATE', 'OWN'],
];

let shell: Shell | undefined;
afterEach(async () => {
  await shell?.close();
  shell = undefined;
});

// The hook that direnv has for PowerShell since 2.33, which acts at the `cd` alone, by way of JSON.
const direnvInPowerShell = `
$ExecutionContext.SessionState.InvokeCommand.LocationChangedAction = {
  foreach ($change in (direnv export json | ConvertFrom-Json).PSObject.Properties) {
    if ($null -eq $change.Value) { Remove-Item -LiteralPath "Env:$($change.Name)" -ErrorAction Ignore }
    else { [Environment]::SetEnvironmentVariable($change.Name, $change.Value) }
  }
}`;

/** direnv's hook and ours in one shell, in either order, around three directories of different owners. */
class Stage {
  readonly place = new Place();
  /** Only ours. */
  readonly plain = this.place.project('plain', 'profile: corp-dev\neffort: high\n', { envrc: false });
  /** direnv's. */
  readonly used = this.place.project('used', 'profile: corp-prod\n');
  /** direnv's below one of ours. */
  readonly inner = this.place.project('plain/inner', 'profile: legacy\nroot: true\n');
  /** Ours, with an .envrc that does not use bedrock but sets one of the variables itself. */
  readonly mixed = this.place.project('mixed', 'profile: keys\nmax_output_tokens: 4096\n');

  private readonly driver: ShellDriver;
  private readonly order: 'direnv first' | 'ours first';

  constructor(driver: ShellDriver, order: 'direnv first' | 'ours first') {
    this.driver = driver;
    this.order = order;
    this.place.envrc('mixed', 'export OWN=1 AWS_PROFILE=envrc\n');
  }

  async start(options: { cwd?: string; before?: string } = {}): Promise<void> {
    const direnv =
      this.driver.name === 'powershell'
        ? direnvInPowerShell
        : this.driver.evalOutput(`direnv hook ${this.driver.name}`);
    const ours = this.driver.sourceFile(resolve(repository, this.driver.hookFile));
    const lines = this.order === 'direnv first' ? [direnv, ours] : [ours, direnv];
    const rcText = [options.before ?? '', ...lines].join('\n');
    const cwd = options.cwd ?? this.place.home;
    shell = await startShell(this.driver, { sandbox: this.place.sandbox, rcText, cwd });
  }

  /** Types a line; returns what came of it, twice the same, and the lines that we said. */
  async run(line: string): Promise<{ now: Record<string, string>; said: string[] }> {
    const { output } = await (shell as Shell).run(line);
    const now = await this.now();
    expect(await this.now(), 'one prompt later').toEqual(now);
    const said = output.split('\n').filter((text) => /^(direnv: )?bedrockenv: /.test(text));
    return { now, said };
  }

  async now(): Promise<Record<string, string>> {
    const found = Object.entries(await snapshot(shell as Shell, watched)).filter(([, { state }]) => state !== 'u');
    // The record's text is the hook's business.
    return Object.fromEntries(
      found.map(([name, { state, value }]) => [name, name === 'BEDROCKENV_STATE' ? 'set' : `${state} ${value}`]),
    );
  }

  cd(dir: string) {
    return this.run(this.driver.cd?.(dir) ?? `cd ${this.driver.quote(dir)}`);
  }

  /** Gives direnv its turn without going anywhere: at the prompt, where it has one. */
  again() {
    return this.run(this.driver.name === 'powershell' ? 'cd .' : 'true');
  }
}

const byUsed = (dir: string) => ({
  AWS_PROFILE: 'x corp-prod',
  AWS_REGION: 'x us-east-1',
  BEDROCKENV_DIRENV: `x ${dir}/`,
});
const byPlain = {
  AWS_PROFILE: 'x corp-dev',
  AWS_REGION: 'x eu-central-1',
  CLAUDE_CODE_EFFORT_LEVEL: 'x high',
  BEDROCKENV_STATE: 'set',
};
const byMixed = {
  AWS_PROFILE: 'x keys',
  AWS_REGION: 'x eu-west-1',
  CLAUDE_CODE_MAX_OUTPUT_TOKENS: 'x 4096',
  BEDROCKENV_STATE: 'set',
  OWN: 'x 1',
};

for (const driver of drivers) {
  for (const order of ['direnv first', 'ours first'] as const) {
    describe.skipIf(!program || !driver.program())(`both hooks in ${driver.name}, ${order}`, () => {
      it('switch between directories of either owner, and nothing is left outside', async () => {
        const stage = new Stage(driver, order);
        await stage.start();
        const { plain, used, inner, mixed, place } = stage;
        const byInner = { ...byUsed(inner), AWS_PROFILE: 'x legacy', AWS_REGION: 'x eu-west-1' };
        const stops: [dir: string, expected: Record<string, string>][] = [
          [used, byUsed(used)],
          [plain, byPlain],
          [inner, byInner],
          [plain, byPlain],
          [mixed, byMixed],
          [used, byUsed(used)],
          [mixed, byMixed],
          [inner, byInner],
          [place.home, {}],
          [mixed, byMixed],
          [place.home, {}],
          [plain, byPlain],
          [place.home, {}],
        ];
        for (const [dir, expected] of stops) expect((await stage.cd(dir)).now, dir).toEqual(expected);
      });

      it('bring back what was there before', async () => {
        const stage = new Stage(driver, order);
        const before = [driver.exportVar('AWS_PROFILE', 'mine'), driver.setLocal('CLAUDE_CODE_EFFORT_LEVEL', 'low')];
        await stage.start({ before: before.join('\n') });
        const { plain, inner, used, place } = stage;
        const mine = { AWS_PROFILE: 'x mine', CLAUDE_CODE_EFFORT_LEVEL: 'l low' };
        expect(await stage.now()).toEqual(mine);
        for (const dir of [plain, inner, plain, place.home]) await stage.cd(dir);
        expect(await stage.now()).toEqual(mine);
        for (const dir of [used, place.home, plain, used, place.home]) await stage.cd(dir);
        expect(await stage.now()).toEqual(mine);
      });

      it('leave a directory to direnv from the first prompt on, in one voice', async () => {
        const stage = new Stage(driver, order);
        await stage.start({ cwd: stage.used });
        // There direnv's turn comes with the first `cd`; until then the directory is ours.
        if (driver.name === 'powershell') await stage.again();
        else expect(await (shell as Shell).screen()).not.toMatch(/^bedrockenv: /m);
        expect(await stage.now()).toEqual(byUsed(stage.used));
        const deeper = stage.place.project('used/deeper', 'profile: keys\n', { envrc: false });
        expect(await stage.cd(deeper), 'a file further down').toEqual({ now: byUsed(stage.used), said: [] });
      });

      it('say once that a file is not approved, and take it up after allow', async () => {
        const stage = new Stage(driver, order);
        const dir = stage.place.project('new', 'profile: corp-prod\n', { allow: false });
        await stage.start();
        const { now, said } = await stage.cd(dir);
        expect(said.filter((line) => line.startsWith('direnv: '))).toHaveLength(1);
        expect(now).toEqual({ BEDROCKENV_DIRENV: `x ${dir}/` });
        stage.place.bedrockenv('allow', dir);
        expect((await stage.again()).now).toEqual(byUsed(dir));
      });

      it('hand a directory over when its .envrc changes', async () => {
        const stage = new Stage(driver, order);
        const { used, place } = stage;
        await stage.start();
        await stage.cd(used);
        place.envrc('used', 'export OWN=1\n');
        const own = { AWS_PROFILE: 'x corp-prod', AWS_REGION: 'x us-east-1', BEDROCKENV_STATE: 'set', OWN: 'x 1' };
        expect((await stage.again()).now).toEqual(own);
        place.envrc('used');
        expect((await stage.again()).now).toEqual(byUsed(used));
        expect((await stage.cd(place.home)).now).toEqual({});
      });

      it('stay nested when an .envrc comes to set one of our variables', async () => {
        const stage = new Stage(driver, order);
        const { mixed, place } = stage;
        place.envrc('mixed', 'export OWN=1\n');
        await stage.start();
        expect((await stage.cd(mixed)).now).toEqual(byMixed);
        place.envrc('mixed', 'export OWN=1 AWS_PROFILE=envrc AWS_REGION=eu-west-1\n');
        expect((await stage.again()).now).toEqual(byMixed);
        expect((await stage.cd(place.home)).now).toEqual({});
      });

      it('agree by way of a symbolic link', async () => {
        const stage = new Stage(driver, order);
        const link = stage.place.sandbox.at('link');
        symlinkSync(stage.used, link);
        await stage.start();
        const { now } = await stage.cd(link);
        expect({ ...now, BEDROCKENV_DIRENV: '' }).toEqual({ ...byUsed(''), BEDROCKENV_DIRENV: '' });
        expect((await stage.cd(stage.place.home)).now).toEqual({});
      });
    });
  }
}
