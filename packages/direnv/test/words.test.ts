import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { encodePlan } from '@bedrockenv/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { Place, program } from './place.ts';

let place: Place;
beforeEach(() => {
  place = new Place();
});

const words = 'profile=corp-dev model=sonnet';
let compiles = 0;

/** A `bedrockenv compile --words` that stores a plan for these words, whatever it is asked for. */
function stubCompile(dir: string, text = words): void {
  compiles += 1;
  const generation = String(compiles).padStart(16, '0');
  const stamps = place.state('stamps', generation);
  mkdirSync(stamps, { recursive: true });
  chmodSync(place.state(), 0o700);
  const inputs = ['.config/bedrockenv/config.yaml', '.aws/config', '.aws/credentials'].map((name, n) => {
    const path = place.sandbox.at(name);
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (found) execFileSync('touch', ['-r', path, join(stamps, String(n))]);
    return { path, seen: found ? { size: found.size, mtimeNs: found.mtimeNs } : null };
  });
  const plan = encodePlan({
    generation,
    root: dir,
    text: text
      .split(' ')
      .map((word) => `${word}\n`)
      .join(''),
    label: '',
    session: null,
    login: 'auto',
    stampFolder: stamps,
    env: [{ name: 'BEDROCKENV_CONFIG', value: null }],
    inputs,
    notes: [],
    variables: [
      { op: 'set', name: 'AWS_PROFILE', value: 'corp-dev' },
      { op: 'set', name: 'BEDROCKENV_DIR', value: dir },
    ],
  });
  const made = place.sandbox.write('plan', plan);
  const tree = `${place.state('direnv')}"$3"`;
  place.command('bedrockenv', `[ "$1 $2" = 'compile --words' ] && mkdir -p ${tree} && cp '${made}' ${tree}/.envrc`);
}

describe.skipIf(!program)('use bedrock with words', () => {
  it('asks the CLI once, needs no approval, and keeps the plan by the directory of the .envrc', () => {
    const dir = place.envrc('a b', `use bedrock ${words}\n`);
    stubCompile(dir);
    expect(place.cd(dir).lines).toEqual([]);
    expect(place.ran()).toEqual([`compile --words ${dir} -- ${words}`]);
    expect(place.ours).toEqual({ AWS_PROFILE: 'corp-dev', BEDROCKENV_DIR: dir, BEDROCKENV_DIRENV: `${dir}/` });
    place.cd(place.home);
    expect(place.ours).toEqual({});
    place.cd(dir);
    expect(place.ran()).toEqual([]);
  });

  it.each([
    ['other words', 'use bedrock profile=corp-prod model=sonnet\n'],
    ['other order', 'use bedrock model=sonnet profile=corp-dev\n'],
    ['fewer words', 'use bedrock profile=corp-dev\n'],
    ['a word with a newline', "use bedrock profile=corp-dev$'\\n'model=sonnet\n"],
  ])('does not take the plan of %s', (_, text) => {
    const dir = place.envrc('p', `use bedrock ${words}\n`);
    stubCompile(dir);
    place.cd(dir);
    place.command('bedrockenv', 'exit 2');
    place.ran();
    place.envrc('p', text);
    place.cd(dir);
    const asked = place.ran();
    // Two words of one line each and one word of two lines are the same text, and say the same.
    expect(asked).toHaveLength(text.includes('$') ? 0 : 1);
  });

  it('is no concern of any .bedrockrc', () => {
    place.project('p', 'profile: corp-prod\n', { allow: false });
    const dir = place.envrc('p', `use bedrock ${words}\n`);
    stubCompile(dir);
    expect(place.cd(dir).lines).toEqual([]);
    expect(place.ours.AWS_PROFILE).toBe('corp-dev');
  });

  it('sets nothing and returns 1 when the CLI refuses the words', () => {
    place.command('bedrockenv', 'echo "bedrockenv: no such key" >&2; exit 2');
    const dir = place.envrc('p', 'use bedrock regoin=x || export STATUS=$?\n');
    expect(place.cd(dir).lines).toEqual(['bedrockenv: no such key']);
    expect(place.ours).toEqual({ BEDROCKENV_DIRENV: `${dir}/` });
    expect(place.env.STATUS).toBe('1');
  });

  it('loads again when an input changes', () => {
    const dir = place.envrc('p', `use bedrock ${words}\n`);
    stubCompile(dir);
    place.cd(dir);
    place.write('.aws/config', '[profile corp-dev]\nregion = eu-west-3\n');
    stubCompile(dir);
    place.ran();
    place.cd(dir);
    expect(place.ran()).toEqual([`compile --words ${dir} -- ${words}`]);
    place.cd(dir);
    expect(place.ran()).toEqual([]);
  });
});

describe.skipIf(!program)('use bedrock with words, compiled by the CLI', () => {
  it('sets what they say, above the default: of the user config', () => {
    place.write('.config/bedrockenv/config.yaml', 'default:\n  effort: high\n  region: us-west-2\n');
    place.project('p', 'profile: corp-prod\nmax_output_tokens: 1000\n');
    const dir = place.envrc('p', 'use bedrock profile=corp-dev region=eu-central-1 model=sonnet prompt_caching=1h\n');
    place.ran();
    expect(place.cd(dir).lines).toEqual([]);
    expect(place.ours).toMatchObject({
      AWS_PROFILE: 'corp-dev',
      AWS_REGION: 'eu-central-1',
      CLAUDE_CODE_EFFORT_LEVEL: 'high',
      ENABLE_PROMPT_CACHING_1H: '1',
      BEDROCKENV_DIR: dir,
    });
    expect(place.ours).not.toHaveProperty('CLAUDE_CODE_MAX_OUTPUT_TOKENS');
    expect(place.ran()).toHaveLength(1);
    place.cd(place.home);
    place.cd(dir);
    expect(place.ran()).toEqual([]);
  });

  it.each([
    ['regoin=eu-central-1', /regoin.*region/],
    ['effort=hihg', /hihg.*high/],
    ['login=off', /login/],
    ['base_url=https://evil.example', /base_url/],
    ['profile', /profile/],
    ['--help', /--help/],
  ])('refuses %s, and says why', (word, why) => {
    const dir = place.envrc('p', `use bedrock ${word} || export STATUS=$?\n`);
    expect(place.cd(dir).lines.join('\n')).toMatch(why);
    expect(place.env.STATUS).toBe('1');
    expect(place.ours).toEqual({ BEDROCKENV_DIRENV: `${dir}/` });
  });

  it.each(["profile='$(touch hacked)'", "'a[$(touch hacked)]=1'", "profile=$'a\\nb'", 'profile=\\"', "'--words=/'"])(
    'takes %s for data',
    (word) => {
      const dir = place.envrc('p', `use bedrock ${word} || export STATUS=$?\n`);
      // direnv itself repeats the words.
      expect(place.cd(dir).lines.filter((said) => said.includes('bedrockenv: '))).toHaveLength(1);
      expect(place.env.STATUS).toBe('1');
      expect(existsSync(join(dir, 'hacked'))).toBe(false);
    },
  );

  it('says what keeps the words from resolving, and loads again when that is mended', () => {
    const dir = place.envrc('p', 'use bedrock profile=corp-new region=eu-central-1\n');
    expect(place.cd(dir).lines).toEqual([
      expect.stringMatching(/^direnv: bedrockenv: .*\/p\/\.envrc: there is no AWS profile "corp-new"/),
    ]);
    expect(place.ours).toEqual({ BEDROCKENV_DIRENV: `${dir}/` });
    place.write('.aws/config', '[profile corp-new]\naws_access_key_id = x\naws_secret_access_key = y\n');
    expect(place.cd(dir).lines).toEqual([]);
    expect(place.ours.AWS_PROFILE).toBe('corp-new');
  });

  it('keeps the plans of two uses in one directory', () => {
    const text = 'if [ "$BRANCH" ]; then use bedrock model=opus; else use bedrock model=sonnet; fi\n';
    const dir = place.envrc('p', text);
    place.env.AWS_REGION = 'eu-central-1';
    for (const branch of ['', 'x', '', 'x']) {
      place.env.BRANCH = branch;
      place.cd(dir);
      place.cd(place.home);
    }
    expect(place.ran()).toHaveLength(2);
  });
});
