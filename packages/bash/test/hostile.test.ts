import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from './sandbox.ts';

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.remove());

const pwn = 'a[$(touch pwned)]';
const record = (...fields: string[]): string => fields.join('\x1f');

describe('a record that no hook wrote is dropped whole', () => {
  for (const [what, text] of Object.entries({
    'a command in a name': record('1', 'g', '/', pwn, '=x', 'u', ''),
    'a name outside of the closed list': record('1', 'g', '/', 'AWS_PROFILE', '=kept', 'u', '', 'PATH', '=x', 'u', ''),
    'no name': record('1', 'g', '/', '', '=x', 'u', ''),
    '@': record('1', 'g', '/', '@', '=x', 'u', ''),
    'a quote': record('1', 'g', '/', `x]$(touch pwned)`, '=x', 'u', ''),
    'another version': record('2', 'g', '/', 'AWS_PROFILE', '=kept', 'u', ''),
    'a missing field': record('1', 'g', '/', 'AWS_PROFILE', '=kept', 'u'),
    'no such how': record('1', 'g', '/', 'AWS_PROFILE', '=kept', 'z', ''),
    'no such ours': record('1', 'g', '/', 'AWS_PROFILE', 'kept', 'u', ''),
    empty: '',
    nonsense: pwn,
  })) {
    it(what, () => {
      const { out, errors } = box.run(['echo "${AWS_PROFILE-unset} ${BEDROCKENV_STATE-none}"; ls'], {
        env: { BEDROCKENV_STATE: text, AWS_PROFILE: 'kept' },
      });
      expect({ out, errors }).toEqual({ out: ['kept none'], errors: [] });
    });
  }
  it('also a name in lower case under nocasematch', () => {
    const { out } = box.run(['echo "${aws_profile-unset}"'], {
      before: 'shopt -s nocasematch',
      env: { BEDROCKENV_STATE: record('1', 'g', '/', 'aws_profile', '=kept', 'u', ''), aws_profile: 'kept' },
    });
    expect(out).toEqual(['kept']);
  });
});

describe('a plan that is not in order is not used', () => {
  const good = { variables: [['set', 'AWS_PROFILE', 'x']] as [string, string, string][] };
  const changes: Record<string, (plan: string) => void> = {
    'another format': (plan) => box.replace(plan, 'bedrockenv-plan/1', 'bedrockenv-plan/2'),
    'cut off': (plan) => box.write(plan, readFileSync(plan).subarray(0, -8)),
    'no end': (plan) => box.replace(plan, '\0end\0', '\0eND\0'),
    'a count that runs a command': (plan) => box.replace(plan, '\x000\x001\x000\x001\0', `\x000\x001\x000\0${pwn}\0`),
    'a count in octal': (plan) => box.replace(plan, '\x000\x001\x000\x001\0', '\x000\x001\x000\x0009\0'),
    'empty counts': (plan) => box.replace(plan, '\x000\x001\x000\x001\0', '\0\x001\0\x001\0'),
    'another root': (plan) => box.replace(plan, '/home/p\0', '/home/q\0'),
    'another text': (plan) => box.replace(plan, 'model: opus', 'model: opuS'),
    'an empty file': (plan) => box.write(plan, ''),
    'a directory': (plan) => {
      rmSync(plan);
      mkdirSync(plan);
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(what, () => {
      const dir = box.project('p', good);
      change(`${box.state}/plans${dir}/.bedrockrc`);
      const { out, errors } = box.run(['cd p', 'echo "${AWS_PROFILE-unset}"; ls']);
      expect(out).toEqual(['unset']);
      expect(box.calls()).toEqual([`compile --dir ${dir}`]);
      expect(errors).toEqual([`bedrockenv: ${dir}/.bedrockrc could not be compiled; see: bedrockenv status`]);
    });
  }

  it.each([
    ['another variable', ['set', 'PATH', '/nowhere']],
    ['a command in a name', ['set', pwn, 'x']],
    ['no name', ['set', '', 'x']],
    ['an ambient variable that is not to be set', ['set', 'AWS_CONFIG_FILE', 'x']],
    ['lower case under nocasematch', ['set', 'aws_profile', 'x']],
    ['no such operation', ['eval', 'AWS_REGION', 'x']],
  ])('%s', (_, variable) => {
    const dir = box.project('p', { variables: [['set', 'AWS_PROFILE', 'x'], variable as [string, string, string]] });
    const { out } = box.run(['cd p', 'ls; echo "${AWS_PROFILE-unset}"'], { after: 'shopt -s nocasematch' });
    expect(out).toEqual(['unset']);
    expect(box.calls()).toEqual([`compile --dir ${dir}`]);
  });

  it('does not use a plan for other ambient values', () => {
    const dir = box.project('p', { env: [['AWS_CONFIG_FILE', '=one']], variables: [['set', 'AWS_PROFILE', 'one']] });
    box.plan(dir, { slot: '.2', env: [['AWS_CONFIG_FILE', '']], variables: [['set', 'AWS_PROFILE', 'none']] });
    box.plan(dir, { slot: '.3', env: [[pwn, '']], variables: [['set', 'AWS_PROFILE', 'bad']] });
    const line = 'echo "${AWS_PROFILE-unset}"';
    const { out } = box.run([
      ...[
        'cd p',
        line,
        'cd ..',
        'export AWS_CONFIG_FILE=one',
        'cd p',
        line,
        'cd ..',
        'AWS_CONFIG_FILE=two',
        'cd p',
        line,
      ],
      ...['cd ..', 'export -n AWS_CONFIG_FILE', 'cd p', line, 'ls'],
    ]);
    expect(out).toEqual(['none', 'one', 'unset', 'none']);
  });
});

describe('a token file', () => {
  it.each([
    ['a command in a time', `{"accessToken":"a","expiresAt":"a[$(touch pwned)]-00T00:00:00Z"}`, 'not signed in'],
    ['no JSON', 'a[$(touch pwned)]', 'not signed in'],
    ['no token', '{"accessToken": null, "expiresAt": "2999-01-01T00:00:00Z"}', 'not signed in'],
    ['a NUL', '{"accessToken":"a\0","expiresAt":"2001-01-01T00:00:00Z"}', 'session expired'],
    ['old UTC form', '{"accessToken":"a", "expiresAt" : "2001-08-09T08:09:08UTC"}', 'session expired'],
    [
      'renewable',
      `{"accessToken":"a","expiresAt":"2001-01-01T00:00:00.123Z","refreshToken":"r","clientId":"i",
      "clientSecret":"s","registrationExpiresAt":"2999-01-01T00:00:00Z"}`,
      'session renews itself',
    ],
  ])('%s', (_, text, state) => {
    const token = box.write(`${box.home}/token`, text);
    const session = { kind: 'sso', name: 's', profile: 'p', token, login: 'auto', cooldown: '' };
    box.project('p', { label: 'L', session, variables: [] });
    const { out, errors } = box.run(['cd p', 'ls']);
    expect({ out, errors }).toEqual({ out: [], errors: [`bedrockenv: L · ${state}`] });
  });

  it('counts the time left', () => {
    const at = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
    const session = (name: string, seconds: number, kind = 'sso') => ({
      ...{ kind, name, profile: 'p', login: 'auto', cooldown: '' },
      token: box.write(`${box.home}/${name}`, JSON.stringify({ expiresAt: at(seconds), accessToken: 'a' })),
    });
    box.project('a', { label: 'A', session: session('t1', 7 * 3600 + 12 * 60 + 30), variables: [] });
    box.project('b', { label: 'B', session: session('t2', 42 * 60 + 30), variables: [] });
    box.project('c', { label: 'C', session: session('t3', 270, 'sso-legacy'), variables: [] });
    const { errors } = box.run(['cd a', 'cd ../b', 'cd ../c']);
    expect(errors).toEqual([
      'bedrockenv: A · session 7h 12m',
      'bedrockenv: B · session 42m',
      'bedrockenv: C · session 4m',
    ]);
  });
});
