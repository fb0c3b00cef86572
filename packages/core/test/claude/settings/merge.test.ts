import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeSettings, type Ownership, undoSettings, type WantedKey } from '../../../src/claude/index.ts';
import { BedrockenvError } from '../../../src/errors.ts';
import { settingsFile } from './random-file.ts';

const path = '/p/.claude/settings.local.json';
const region = (value: string): WantedKey => ({ path: ['env', 'AWS_REGION'], value });
const bedrock: WantedKey = { path: ['env', 'CLAUDE_CODE_USE_BEDROCK'], value: '1' };
const model: WantedKey = { path: ['model'], value: 'eu.anthropic.claude-sonnet-5' };
const noCaching: WantedKey = { path: ['env', 'DISABLE_PROMPT_CACHING'], value: undefined };

/** Writes, and expects that a second write and the check find nothing to do, and that it can be taken back. */
function write(text: string | null, wanted: readonly WantedKey[], owned: Ownership | null = null) {
  const merged = mergeSettings(text, owned, wanted, path);
  expect(mergeSettings(merged.text, merged.ownership, wanted, path)).toEqual({ ...merged, changes: [] });
  return merged;
}

function failure(work: () => unknown): Pick<BedrockenvError, 'code' | 'message' | 'where'> {
  try {
    work();
  } catch (error) {
    if (error instanceof BedrockenvError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('a write', () => {
  test('makes a new file, and taking it back removes it', () => {
    const { text, ownership } = write(null, [bedrock, region('eu-central-1'), model]);
    expect(text).toBe(
      '{\n  "env": {\n    "CLAUDE_CODE_USE_BEDROCK": "1",\n    "AWS_REGION": "eu-central-1"\n  },\n' +
        '  "model": "eu.anthropic.claude-sonnet-5"\n}\n',
    );
    expect(undoSettings(text, ownership, path)).toBe(null);
  });

  test('lays a key out as its neighbour is, and touches nothing else', () => {
    const cases: [before: string, after: string][] = [
      ['{"a":1}', '{"a":1,"env":{"AWS_REGION": "x"}}'],
      ['{ "a" : 1 }\n', '{ "a" : 1, "env" : {"AWS_REGION": "x"} }\n'],
      [
        '{\r\n\t"env": {\r\n\t\t"B": "2"\r\n\t}\r\n}',
        '{\r\n\t"env": {\r\n\t\t"B": "2",\r\n\t\t"AWS_REGION": "x"\r\n\t}\r\n}',
      ],
      ['\uFEFF{\n    "a": [1,\n2]\n}', '\uFEFF{\n    "a": [1,\n2],\n    "env": {\n        "AWS_REGION": "x"\n    }\n}'],
      ['{"env":{"AWS_REGION":"a","AWS_REGION": "b"}}', '{"env":{"AWS_REGION":"a","AWS_REGION": "x"}}'],
      ['{"env":{"AWS_REGION":"a"}, "env": {}}', '{"env":{"AWS_REGION":"a"}, "env": {"AWS_REGION": "x"}}'],
      ['{\n  "env": { },\n  "a": 1\n}', '{\n  "env": {\n    "AWS_REGION": "x"\n  },\n  "a": 1\n}'],
      ['{}', '{\n  "env": {\n    "AWS_REGION": "x"\n  }\n}'],
    ];
    for (const [before, after] of cases) {
      const { text, ownership } = write(before, [region('x')]);
      expect(text).toBe(after);
      expect(undoSettings(text, ownership, path)).toBe(before);
    }
  });

  test('removes what must not be there, all of it, and puts it back', () => {
    const before = '{"env": {"DISABLE_PROMPT_CACHING": "1", "A": "", "DISABLE_PROMPT_CACHING": "0"}}';
    const { text, ownership } = write(before, [noCaching]);
    expect(text).toBe('{"env": {"A": ""}}');
    expect(undoSettings(text, ownership, path)).toBe(before);
  });

  test('does nothing to a file that is right already, and owns nothing of it', () => {
    const before = '{"env": {"AWS_REGION": "x"}}';
    expect(mergeSettings(before, null, [region('x')], path)).toEqual({ text: before, ownership: null, changes: [] });
  });

  test('after another one leaves no key of the first', () => {
    const before = '{\n  "permissions": {}\n}\n';
    const first = write(before, [bedrock, region('a'), model]);
    const second = write(first.text, [region('b')], first.ownership);
    expect(second.text).toBe('{\n  "permissions": {},\n  "env": {\n    "AWS_REGION": "b"\n  }\n}\n');
    expect(second.changes.map(({ path: [, name] }) => name)).toEqual([
      'AWS_REGION',
      'CLAUDE_CODE_USE_BEDROCK',
      undefined,
    ]);
    expect(undoSettings(second.text, second.ownership, path)).toBe(before);
  });
});

describe('edits by hand in between', () => {
  const before = '{\n  "env": {\n    "AWS_REGION": "old"\n  }\n}\n';

  test('stay when ours are taken back', () => {
    const { text, ownership } = write(before, [region('x'), bedrock, model]);
    const edited = (text as string).replace('"env"', '"hooks": {},\n  "env"').replace('"1"', '"0"');
    expect(undoSettings(edited, ownership, path)).toBe(
      '{\n  "hooks": {},\n  "env": {\n    "AWS_REGION": "old",\n    "CLAUDE_CODE_USE_BEDROCK": "0"\n  }\n}\n',
    );
  });

  test('of our keys are drift, and are written over', () => {
    const { text, ownership } = write(before, [region('x'), model]);
    const edited = (text as string).replace('"x"', '"hand"');
    const again = mergeSettings(edited, ownership, [region('x'), model], path);
    expect(again.changes).toEqual([{ ...region('x'), found: 'hand', isDrift: true }]);
    expect(undoSettings(again.text, again.ownership, path)).toContain('"AWS_REGION": "hand"');
  });

  test('of other keys are none: there is nothing to write', () => {
    const { text, ownership } = write(before, [region('x')]);
    const edited = (text as string).replace('"env"', '"a": 1, "env"');
    expect(mergeSettings(edited, ownership, [region('x')], path).changes).toEqual([]);
  });

  test('in a file that we made keep it from being removed', () => {
    const { text, ownership } = write(null, [region('x')]);
    const edited = (text as string).replace('{', '{\n  "mine": true,');
    expect(undoSettings(edited, ownership, path)).toBe('{\n  "mine": true\n}\n');
  });
});

describe('a file that Claude Code ignores is refused', () => {
  const refused: [text: string, where: string, reason: RegExp][] = [
    ['', '', /is empty/],
    [' \r\n', '', /is empty/],
    ['\uFEFF', '', /is empty/],
    ['{\n  // why\n  "a": 1\n}', ':2:3', /comments/],
    ['{"a": 1 /* why */}', ':1:9', /comments/],
    ['{\n  "a": 1,\n}', ':3:1', /comma before the closing bracket/],
    ['{"a": [1, ]}', ':1:11', /comma before the closing bracket/],
    ['{"a": 1', ':1:8', /broken JSON \(close brace expected\)/],
    ['{a: 1}', ':1:2', /broken JSON/],
    ["{'a': 1}", ':1:2', /broken JSON/],
    ['{"a": 1}}', ':1:9', /broken JSON/],
    ['{"a": "\t"}', ':1:7', /broken JSON/],
    ['[]', '', /must be an object/],
    ['"x"', '', /must be an object/],
    ['null', '', /must be an object/],
  ];
  test.each(refused)('%j', (text, where, reason) => {
    const error = failure(() => mergeSettings(text, null, [region('x')], path));
    expect([error.code, error.where]).toEqual(['settings-ignored', path + where]);
    expect(error.message).toMatch(reason);
  });

  test('and one whose env is no object, with its place', () => {
    const error = failure(() => mergeSettings('{\n  "env": []\n}', null, [region('x')], path));
    expect([error.code, error.where]).toEqual(['settings-shape', `${path}:2:10`]);
  });
});

describe('a file that a project made to be awkward', () => {
  test.each([
    ['{"a": ', '[', ']', '}'],
    ['{"a": ', '{"a":', '}', ''],
    ['', '[', '', ''],
  ])('%j: nested without end, it is refused in words', (start, open, close, end) => {
    const text = `${start}${open.repeat(50_000)}${close === '}' ? '1' : ''}${close.repeat(50_000)}${end}`;
    const error = failure(() => mergeSettings(text, null, [region('x')], path));
    expect(error.code).toMatch(/^settings-(unclear|ignored)$/);
  });

  test('a megabyte of white space in it takes no time', () => {
    const before = performance.now();
    const { text } = mergeSettings(`{"env": {"A":${' '.repeat(1_000_000)}1}}`, null, [bedrock], path);
    expect(text).toMatch(/"CLAUDE_CODE_USE_BEDROCK": *"1"/);
    expect(performance.now() - before).toBeLessThan(5000);
  });
});

test('200 random files: write, write, diff, another write, undo', () => {
  const seed = Number(process.env.FC_SEED ?? Date.now() & 0x7fffffff);
  console.log(`settings: seed ${seed}`);
  const first = [bedrock, region('eu-central-1'), noCaching, model];
  const second = [region('us-east-1'), { path: ['awsAuthRefresh'], value: 'bedrockenv login --no-tty' }];
  let written = 0;
  const property = fc.property(settingsFile, (before) => {
    let one: ReturnType<typeof mergeSettings>;
    try {
      one = mergeSettings(before, null, first, path);
    } catch (error) {
      // What the client would drop or could not use, such as `"env": null`.
      expect(error).toBeInstanceOf(BedrockenvError);
      return;
    }
    written++;
    expect(mergeSettings(one.text, one.ownership, first, path)).toEqual({ ...one, changes: [] });
    expect(undoSettings(one.text, one.ownership, path)).toBe(before);
    const [was, is] = [before, one.text as string].map((text) => JSON.parse(text.replace(/^\uFEFF/, '')));
    // What is not ours has the values that it had.
    const foreign = ({ env, model: _, ...rest }: Record<string, object>) => {
      const own = new Set(first.map(({ path: [, name] }) => name));
      return { ...rest, env: Object.fromEntries(Object.entries(env ?? {}).filter(([name]) => !own.has(name))) };
    };
    expect(foreign(is)).toEqual(foreign(was));
    const two = mergeSettings(one.text, one.ownership, second, path);
    expect(undoSettings(two.text, two.ownership, path)).toBe(before);
    // A hand edit anywhere: the rest of the user's keys still come out with the values they had.
    const edited = (one.text as string).replace('{', `{"added by hand": [],`).replace(/,(?=\s*\}$)/, '');
    const undone = undoSettings(edited, one.ownership, path);
    const expected = JSON.parse(before.replace(/^\uFEFF/, ''));
    expect(JSON.parse((undone as string).replace(/^\uFEFF/, ''))).toEqual({ 'added by hand': [], ...expected });
  });
  // Some are refused.
  fc.assert(property, { seed, numRuns: 400 });
  expect(written).toBeGreaterThan(200);
});
