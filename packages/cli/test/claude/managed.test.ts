import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loopbackOnly } from '@bedrockenv/testkit/claude-code';
import { startFakeBedrock } from '@bedrockenv/testkit/fake-bedrock';
import { withClient } from '@bedrockenv/testkit/with-client';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { program, type Sandbox } from '../cli.ts';
import { projectBox } from './project.ts';

/** Runs the words after it where the folder that is its first argument is /etc: in a mount namespace of its own. */
const withEtc = ['unshare', '--mount', 'sh', '-c', 'mount --bind "$1" /etc && shift && exec "$@"', 'sh'] as const;
const isAllowed = spawnSync('unshare', ['--mount', 'true']).status === 0;

describe.runIf(isAllowed)('claude-settings --scope managed (in a mount namespace, which takes root on Linux)', () => {
  const path = '/etc/claude-code/managed-settings.json';

  /** Runs the CLI on a machine whose /etc is a folder of the sandbox. */
  function run(box: Sandbox, words: readonly string[], cwd = 'p') {
    const [unshare, ...rest] = [...withEtc, etc(box), process.execPath, program, ...words];
    const env = box.environment({ PWD: box.path(cwd) });
    const { status, stdout, stderr } = spawnSync(unshare, rest, { cwd: box.path(cwd), env, encoding: 'utf8' });
    return { code: status, stdout, stderr };
  }

  function etc(box: Sandbox): string {
    mkdirSync(box.path('etc'), { recursive: true });
    return box.path('etc');
  }

  const file = (box: Sandbox) => join(etc(box), 'claude-code/managed-settings.json');

  it('is written for everybody on the machine, by name, and taken back to the byte', () => {
    const box = projectBox();
    expect(run(box, ['claude-settings', '--scope', 'managed', '--diff'])).toMatchObject({ code: 1 });
    expect(run(box, ['claude-settings', '--scope', 'managed', '--write'])).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`${path} is written`),
    });
    const settings = JSON.parse(readFileSync(file(box), 'utf8'));
    expect(settings.env).toMatchObject({ AWS_PROFILE: 'corp-dev', AWS_REGION: 'eu-central-1' });
    expect(settings.awsAuthRefresh).toBe('bedrockenv login --no-tty --profile corp-dev');
    expect(statSync(file(box)).mode & 0o777).toBe(0o644);
    expect(run(box, ['claude-settings', '--scope', 'managed', '--diff'])).toMatchObject({ code: 0, stdout: '' });
    expect(existsSync(box.path('p/.claude'))).toBe(false);
    run(box, ['claude-settings', '--scope', 'managed', '--undo']);
    expect(existsSync(join(etc(box), 'claude-code'))).toBe(false);

    const before = '{\n\t"permissions": {"deny": ["WebFetch"]}\n}';
    box.write('etc/claude-code/managed-settings.json', before);
    run(box, ['claude-settings', '--scope', 'managed', '--write']);
    expect(JSON.parse(readFileSync(file(box), 'utf8')).permissions).toEqual({ deny: ['WebFetch'] });
    run(box, ['claude-settings', '--scope', 'managed', '--undo']);
    expect(readFileSync(file(box), 'utf8')).toBe(before);
  });

  it('a file that Claude Code would ignore is refused, untouched', () => {
    const box = projectBox();
    box.write('etc/claude-code/managed-settings.json', '{"a": 1,}');
    const { code, stderr } = run(box, ['claude-settings', '--scope', 'managed', '--write']);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${path}:1:9: Claude Code ignores this whole file`)]);
    expect(readFileSync(file(box), 'utf8')).toBe('{"a": 1,}');
  });

  it('a broken one keeps Claude Code from starting, an empty one does not; one wrong value is left out alone', () => {
    const box = projectBox('profile: keys\n');
    const said = (text: string) => {
      box.write('etc/claude-code/managed-settings.json', text);
      const { stdout, stderr } = run(box, ['explain', 'AWS_REGION', '--json']);
      return [JSON.parse(stdout).variables[0].winner.claude === `${path}:1`, stderr];
    };
    const region = '"env": {"AWS_REGION": "eu-west-3"}';
    expect(said(`{${region},}`)).toEqual([
      false,
      expect.stringContaining(': Claude Code does not start, or ignores all of it: a comma'),
    ]);
    expect(said('')).toEqual([false, expect.stringContaining('Claude Code ignores this whole file')]);
    expect(said(`{${region}, "permissions": {"allow": "Bash"}}`)).toEqual([true, '']);
  });

  withClient('the real Claude Code', (client) => {
    it('does not start with a broken one, and goes on with one wrong value', async () => {
      const box = projectBox('profile: keys\n');
      const bedrock = await startFakeBedrock();
      const fakes = loopbackOnly({ bedrockUrl: bedrock.url, awsUrl: 'http://127.0.0.1:9' });
      const pinned = box.json(['export', '--format', 'json'], { cwd: box.path('p') });
      const env = { ...box.environment(pinned), ...fakes };
      const options = {
        cwd: box.path('p'),
        env,
        extendEnv: false,
        stdin: 'ignore',
        timeout: 50_000,
        reject: false,
      } as const;
      const words = [...withEtc.slice(1), etc(box), ...client, '-p', 'say hi', '--output-format', 'json'];
      const regions = async (text: string) => {
        bedrock.invocations.length = 0;
        box.write('etc/claude-code/managed-settings.json', text);
        await execa(withEtc[0], words, options);
        return bedrock.invocations.map(({ region }) => region);
      };
      const region = '"env": {"AWS_REGION": "eu-west-3"}';
      expect(await regions(`{${region},}`)).toEqual([]);
      expect(await regions(`{${region}, "permissions": {"allow": "Bash"}}`)).toEqual(['eu-west-3']);
      await bedrock.stop();
    });

    it('takes it before every other file, and so does explain', async () => {
      const box = projectBox('profile: keys\nmodel: claude-sonnet-5\nregion: eu-west-3\n');
      box.ok(['claude-settings', '--write'], { cwd: box.path('p') });
      box.project('other', 'profile: keys\nmodel: claude-opus-5\nregion: eu-central-1\n');
      box.ok(['allow', 'other']);
      expect(run(box, ['claude-settings', '--scope', 'managed', '--write'], 'other').code).toBe(0);

      const bedrock = await startFakeBedrock();
      const fakes = loopbackOnly({ bedrockUrl: bedrock.url, awsUrl: 'http://127.0.0.1:9' });
      const words = [...withEtc.slice(1), etc(box), ...client, '-p', 'say hi', '--output-format', 'json'];
      const env = { ...box.environment(), ...fakes };
      const options = { cwd: box.path('p'), env, extendEnv: false, stdin: 'ignore', timeout: 50_000 } as const;
      await execa(withEtc[0], words, options).finally(bedrock.stop);
      const asked = bedrock.invocations.map(({ model, region, accessKeyId }) => [model, region, accessKeyId]);
      expect(asked).toEqual([['eu.anthropic.claude-opus-5', 'eu-central-1', 'AKIAIOSFODNN7EXAMPLE']]);

      const { stdout } = run(box, ['explain', 'AWS_REGION', '--json']);
      expect(JSON.parse(stdout).variables[0].winner.claude).toMatch(new RegExp(`^${path}:\\d+$`));
      const doctor = run(box, ['doctor', '--json']);
      expect(JSON.parse(doctor.stdout).findings.map(({ code }: { code: string }) => code)).toContain('settings-drift');
    });
  });
});
