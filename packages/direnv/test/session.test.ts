import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { sampleSessions, type TokenLook } from '@bedrockenv/testkit/sandbox';
import { beforeEach, describe, expect, it } from 'vitest';
import { Place, program } from './place.ts';

let place: Place;
beforeEach(() => {
  place = new Place();
});

const hour = 3600;
const line = 'direnv: bedrockenv: session corp is expired; sign in with: bedrockenv login';

describe.skipIf(!program)('a session', () => {
  it.each<[what: string, look: TokenLook | null, isStale: boolean]>([
    ['fresh', { seconds: 8 * hour }, false],
    ['fresh, as the JS SDK writes it', { seconds: hour, timeStyle: 'milliseconds' }, false],
    ['fresh, as the old AWS CLI writes it', { seconds: hour, timeStyle: 'UTC' }, false],
    ['with less than five minutes left', { seconds: 200 }, true],
    ['with less than five minutes left, which renews itself', { seconds: 200, refreshable: true }, false],
    ['expired', { seconds: -hour }, true],
    ['expired, which renews itself', { seconds: -hour, refreshable: true }, false],
    ['expired with its registration', { seconds: -hour, refreshable: true, registrationSeconds: -60 }, true],
    ['that never was', null, true],
  ])('%s: said or not, and nobody signs in', (_, look, isStale) => {
    if (look) place.sandbox.writeToken(sampleSessions.corp, look);
    else place.sandbox.removeToken(sampleSessions.corp);
    const dir = place.project('p');
    place.ran();
    expect(place.cd(dir).lines).toEqual(isStale ? [line] : []);
    expect(place.ours.AWS_PROFILE).toBe('corp-dev');
    expect([...place.ran(), ...place.ran('aws')]).toEqual([]);
  });

  it('of the old kind is used to its end', () => {
    const dir = place.project('p', 'profile: legacy\nmodel: sonnet\n');
    place.sandbox.writeToken(sampleSessions.legacy, { seconds: 60 });
    expect(place.cd(dir).lines).toEqual([]);
    place.cd(place.home);
    place.sandbox.writeToken(sampleSessions.legacy, { seconds: -60 });
    expect(place.cd(dir).lines).toEqual([line.replace('corp', sampleSessions.legacy)]);
  });

  it('of `aws login` is one with all that the AWS clients ask of its file', () => {
    const session = 'arn:aws:iam::111122223333:user/me';
    place.write('.aws/config', `[profile me]\nlogin_session = ${session}\nregion = eu-central-1\n`);
    const dir = place.project('p', 'profile: me\nmodel: sonnet\n');
    const file = `.aws/login/cache/${createHash('sha256').update(session).digest('hex')}.json`;
    const keys = { accessKeyId: 'ASIA', secretAccessKey: 's', sessionToken: 't', accountId: '111122223333' };
    const held = { ...keys, expiresAt: new Date(Date.now() + 2 * hour * 1000).toISOString() };
    const whole = { accessToken: held, clientId: 'id', refreshToken: 'r', dpopKey: 'k' };
    const said = (token: object) => {
      place.write(file, JSON.stringify(token));
      place.cd(place.home);
      return place.cd(dir).lines;
    };
    const missing = [line.replace('session corp', `session ${session}`)];
    for (const name of ['clientId', 'refreshToken', 'dpopKey']) {
      expect([name, said({ ...whole, [name]: undefined })]).toEqual([name, missing]);
      expect([name, said({ ...whole, [name]: '' })]).toEqual([name, missing]);
    }
    for (const name of Object.keys(keys))
      expect([name, said({ ...whole, accessToken: { ...held, [name]: undefined } })]).toEqual([name, missing]);
    expect(said({ ...whole, accessToken: 'x', expiresAt: held.expiresAt })).toEqual(missing);
    expect(said(whole)).toEqual([]);
    expect(said({ ...whole, accessToken: { ...held, expiresAt: '2020-01-01T00:00:00Z' } })).toEqual([]);
  });

  it.each(['{"accessToken":"x","expi', '', 'null', '{"accessToken":"x","expiresAt":"soon"}', '\0\0'])(
    'whose file is torn or strange (%j) is stale',
    (text) => {
      writeFileSync(place.sandbox.tokenFile(sampleSessions.corp), text);
      expect(place.cd(place.project('p')).lines).toEqual([line]);
    },
  );

  it.each([
    ['login: off', {}],
    ['login: auto', { BEDROCKENV_NO_LOGIN: '1' }],
    ['login: auto', { CI: 'true' }],
  ])('is nobody’s business under %s and %j', (policy, env) => {
    place.sandbox.removeToken(sampleSessions.corp);
    place.write('.config/bedrockenv/config.yaml', `default:\n  ${policy}\n`);
    const dir = place.project('p');
    Object.assign(place.env, env);
    expect(place.cd(dir).lines).toEqual([]);
  });

  it('of words is signed in to by its profile: no .bedrockrc here names it', () => {
    place.sandbox.removeToken(sampleSessions.corp);
    const dir = place.envrc('p', 'use bedrock profile=corp-dev model=sonnet\n');
    expect(place.cd(dir).lines).toEqual([`${line} --profile corp-dev`]);
  });
});
