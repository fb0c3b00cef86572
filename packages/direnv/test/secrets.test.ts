import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Place, program } from './place.ts';

let place: Place;
beforeEach(() => {
  place = new Place();
});

function project(key: string): string {
  place.write('.config/bedrockenv/config.yaml', `default:\n  api_key: ${key}\n`);
  return place.project('p', 'model: sonnet\nregion: eu-central-1\n');
}

describe.skipIf(!program)('an API key', () => {
  it('is copied from a variable', () => {
    const dir = project('{env: CORP_KEY}');
    place.env.CORP_KEY = 'secret-1';
    place.cd(dir);
    expect(place.env.AWS_BEARER_TOKEN_BEDROCK).toBe('secret-1');
  });

  it('is asked of the CLI when a command prints it, at each load', () => {
    const dir = project('{command: [echo, secret-2]}');
    place.ran();
    place.cd(dir);
    expect(place.env.AWS_BEARER_TOKEN_BEDROCK).toBe('secret-2');
    expect(place.ran()).toEqual([`api-key --dir ${dir}`]);
  });

  it('is asked of the CLI with the words that were used', () => {
    place.write('.config/bedrockenv/config.yaml', 'environments:\n  work:\n    api_key: {command: [echo, secret-4]}\n');
    const dir = place.envrc('p', 'use bedrock use=work region=eu-central-1\n');
    place.cd(dir);
    expect(place.env.AWS_BEARER_TOKEN_BEDROCK).toBe('secret-4');
    const words = `--words ${dir} -- use=work region=eu-central-1`;
    expect(place.ran()).toEqual([`compile ${words}`, `api-key ${words}`]);
  });

  it('that is not there leaves the variable as it is', () => {
    const dir = project('{env: CORP_KEY}');
    place.env.AWS_BEARER_TOKEN_BEDROCK = 'mine';
    place.cd(dir);
    expect(place.env.AWS_BEARER_TOKEN_BEDROCK).toBe('mine');
  });

  it('lies in no file of the state folder', () => {
    const dir = project('{command: [echo, secret-3]}');
    place.cd(dir);
    const files = readdirSync(place.state(), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(2);
    for (const { parentPath, name } of files) {
      expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain('secret-3');
    }
  });
});
