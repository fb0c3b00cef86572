import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { Place, program } from './place.ts';

let place: Place;
beforeEach(() => {
  place = new Place();
});

const from = (dir: string) => place.state(`plans${dir}/.bedrockrc`);

describe.skipIf(!program)('a plan', () => {
  it.each<[what: string, edit: (fields: string[]) => string[]]>([
    ['of another version', ([, ...rest]) => ['bedrockenv-plan/2', ...rest]],
    ['cut short', (fields) => fields.slice(0, -3)],
    ['with a field too many', (fields) => [...fields, '']],
    ['with a generation that is none', (fields) => fields.with(1, 'x\x1f')],
    ['for another directory', (fields) => fields.with(2, '/elsewhere')],
    ['for another text', (fields) => fields.with(3, 'model: opus\n')],
    ['with a count that is code', (fields) => fields.with(15, 'a[$(touch hacked)]')],
    ['with a count that is too large', (fields) => fields.with(13, '99')],
    ['that sets PATH', (fields) => fields.map((field) => (field === 'AWS_PROFILE' ? 'PATH' : field))],
    [
      'with a name that is code',
      (fields) => fields.map((field) => (field === 'AWS_PROFILE' ? 'x[$(touch hacked)]' : field)),
    ],
    [
      'with a variable twice',
      (fields) => fields.with(fields.lastIndexOf('BEDROCKENV_MODEL'), 'AWS_PROFILE').with(-2, 'evil'),
    ],
    [
      'that depends on other variables',
      (fields) => fields.map((f) => (f === 'AWS_CONFIG_FILE' ? 'a[$(touch hacked)]' : f)),
    ],
  ])('%s is not used: a new one is compiled', (_, edit) => {
    const dir = place.project('p');
    const fields = readFileSync(from(dir), 'utf8').split('\0').slice(0, -1);
    writeFileSync(
      from(dir),
      edit(fields)
        .map((field) => `${field}\0`)
        .join(''),
    );
    place.ran();
    expect(place.cd(dir).lines).toEqual([]);
    expect(place.ran()).toEqual([`compile --dir ${dir}`]);
    expect(place.ours.AWS_PROFILE).toBe('corp-dev');
    expect(existsSync(`${dir}/hacked`)).toBe(false);
  });

  it('keeps values that look like code as they are', () => {
    const dir = place.project('p');
    const text = readFileSync(from(dir), 'utf8').replace(
      '\0AWS_PROFILE\0corp-dev',
      '\0AWS_PROFILE\0$(touch hacked)`id`\n"\'\\',
    );
    writeFileSync(from(dir), text);
    place.cd(dir);
    expect(place.env.AWS_PROFILE).toBe('$(touch hacked)`id`\n"\'\\');
    expect(existsSync(`${dir}/hacked`)).toBe(false);
  });
});

describe.skipIf(!program)('a state folder', () => {
  it.each([0o777, 0o770])('with mode %o is not believed', (mode) => {
    const dir = place.project('p');
    chmodSync(place.state(), mode);
    expect(place.cd(dir).lines).toEqual([
      `direnv: bedrockenv: ${place.state()} is writable by others; nothing is applied; run: chmod 700 ${place.state()}`,
    ]);
    expect(place.ours).toEqual({ BEDROCKENV_DIRENV: `${dir}/` });
  });
});
