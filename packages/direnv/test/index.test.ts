import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { direnv } from '../src/index.ts';
import { cli, library, Place, program } from './place.ts';

let place: Place;
beforeEach(() => {
  place = new Place();
});

describe('the emitter', () => {
  it.each(["it's", 'a b', '$x `id` "', 'new\nline', '\x1b[31m\u202e', ''])('quotes %j for bash', (value) => {
    const script = `${direnv.assign('VALUE', value)}; printf %s "$VALUE"`;
    expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' })).toBe(value);
  });

  it('unsets', () => {
    expect(direnv.assign('VALUE', null)).toBe('unset VALUE');
  });

  it('says where its file lies', () => {
    expect(library.endsWith(`/packages/direnv/${direnv.hookFile}`)).toBe(true);
  });
});

describe.skipIf(!program)('the prologue', () => {
  it('names the CLI that is run, whatever is on PATH', () => {
    const text = direnv.prologue({ node: process.execPath, cli }) + readFileSync(library, 'utf8');
    place.write('.config/direnv/lib/bedrockenv.sh', text);
    const dir = place.project('p');
    place.write('.aws/config', '[profile corp-dev]\nregion = eu-west-3\n');
    place.ran();
    place.cd(dir);
    expect(place.ours.AWS_REGION).toBe('eu-west-3');
    expect(place.ran(), 'of the one on PATH').toEqual([]);
    expect(Object.keys(place.env).filter((name) => name.startsWith('_bedrockenv'))).toEqual([]);
  });
});
