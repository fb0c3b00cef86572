import { describe, expect, it } from 'vitest';
import { Sandbox } from './cli.ts';

interface Row {
  name: string;
  alias: string | null;
  id: string;
  routing: string;
  status: string;
  usable: boolean;
  reason: string | null;
}

describe('models, from the bundled list', () => {
  it('--json has exactly this shape', () => {
    const out = new Sandbox().json(['models', '--region', 'eu-central-1', '--json']);
    expect(Object.keys(out)).toEqual(['region', 'source', 'date', 'models']);
    expect(out).toMatchObject({ region: 'eu-central-1', source: 'bundled', date: '2026-11' });
    const rows = out.models as Row[];
    expect(rows.filter(({ alias, routing }) => alias && routing === 'eu')).toEqual(
      ['opus', 'sonnet', 'haiku'].map((alias) => ({
        name: `claude-${alias}-5-5`,
        alias,
        id: `eu.anthropic.claude-${alias}-5-5`,
        routing: 'eu',
        status: 'active',
        usable: true,
        reason: null,
      })),
    );
    for (const { usable, reason } of rows) expect(reason === null).toBe(usable);
    expect(rows.find(({ id }) => id === 'us.anthropic.claude-opus-5')?.reason).toBe(
      'routing us cannot be called from eu-central-1',
    );
  });

  it("the directory's region, also where its model does not resolve", () => {
    const box = new Sandbox();
    const dir = box.project('p', 'profile: corp-role\nregion: eu-west-1\n');
    box.ok(['allow', 'p']);
    expect(box.json(['models', '--json'], { cwd: dir }).region).toBe('eu-west-1');
    const wrong = box.project('q', 'model: us.anthropic.claude-opus-5\nregion: eu-west-3\n');
    box.run(['allow', 'q']);
    box.project('q', 'model: haiku\nregion: us-gov-west-1\n');
    const { code, stdout, stderr } = box.run(['models', '--json'], { cwd: wrong });
    expect([code, JSON.parse(stdout).region]).toEqual([0, 'us-east-1']);
    expect(stderr).toContain(`${wrong}/.bedrockrc is not approved; to use it: bedrockenv allow`);
    expect(stderr).toContain('no region is set');
    expect(box.json(['models', '--json'], { env: { AWS_REGION: 'ap-northeast-1' } }).region).toBe('ap-northeast-1');
  });

  it('for a person: what is usable first, and what one should know of it', () => {
    const { code, stdout, stderr } = new Sandbox().run(['models', '--region', 'ca-central-1']);
    const lines = stdout.split('\n').map((line) => line.split(/ {2,}/));
    expect(code).toBe(0);
    expect(lines.slice(0, 3)).toEqual([
      ['ALIAS', 'MODEL', 'ROUTING', 'ID', 'STATUS', 'NOTE'],
      [
        'opus',
        'claude-opus-5-5',
        'us',
        'us.anthropic.claude-opus-5-5',
        'active',
        'processed in the United States too; about 10 % dearer than global',
      ],
      [
        'opus',
        'claude-opus-5-5',
        'global',
        'global.anthropic.claude-opus-5-5',
        'active',
        'processed in any commercial region',
      ],
    ]);
    expect(stdout).toMatch(/claude-opus-4-1 +us +us\S+ +deprecated +end of life on 2027-01-08; /);
    expect(stdout).toMatch(/\n- +claude-opus-4 +us +us\S+ +not usable +retired on Amazon Bedrock: end of life since /);
    expect(stdout.lastIndexOf(' active ')).toBeLessThan(stdout.indexOf(' not usable '));
    expect(stderr).toContain(
      'bedrockenv: ca-central-1, by the bundled list of 2026-11; to ask the account: bedrockenv models ',
    );
  });

  it.each([
    ['us-gov-west-1', ['us-gov']],
    ['ap-south-1', ['apac', 'global']],
    ['cn-north-1', []],
    ['eu-west-9', ['global']],
  ])('%s: routings %j', (region, routings) => {
    const { models } = new Sandbox().json(['models', '--region', region, '--json']);
    const usable = (models as Row[]).filter((row) => row.usable).map(({ routing }) => routing);
    expect([...new Set(usable)].toSorted()).toEqual(routings);
  });

  it('of a region that is named, whatever is wrong with the configuration', () => {
    const box = new Sandbox();
    box.write('.aws/config', 'nonsense\n');
    const { code, stdout, stderr } = box.run(['models', '--region', 'eu-west-1', '--json']);
    expect([code, JSON.parse(stdout).source]).toEqual([0, 'bundled']);
    expect(stderr).toContain(`${box.path('.aws/config')}:1: `);
    expect(box.run(['models', '--json']).code).toBe(1);
    expect(box.run(['models', '--region', 'eu-west-1', '--refresh']).code).toBe(1);
  });

  it('a misspelt region: exit code 2 with the nearest', () => {
    expect(new Sandbox().run(['models', '--region', 'eu-centrl-1'])).toEqual({
      code: 2,
      stdout: '',
      stderr: "bedrockenv: there is no region 'eu-centrl-1'; did you mean eu-central-1?\n",
    });
  });
});
