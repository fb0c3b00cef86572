import * as fc from 'fast-check';

/** A random settings file: any strict JSON object, with any white space, line ends, escapes and repeated keys. */
export const settingsFile: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('\n', '\r\n'),
    fc.constantFrom('', '  ', '\t', '    ', ' '),
    fc.boolean(),
    fc.integer({ min: 1, max: 1 << 30 }),
  )
  .chain(([eol, indent, mark, seed]) =>
    fc
      .array(fc.tuple(key, fc.oneof({ weight: 3, arbitrary: leaf }, env, nested)), { maxLength: 8 })
      .map((entries) => (mark ? '\uFEFF' : '') + layOut(entries, { eol, indent, random: randomFrom(seed) })),
  );

type Entries = readonly (readonly [string, unknown])[];

/** Names that we write too, and others. */
const key = fc.oneof(
  fc.constantFrom('env', 'model', 'awsAuthRefresh', 'permissions', 'hooks', 'statusLine', '__proto__', ''),
  fc.string({ maxLength: 8 }),
);
const variable = fc.oneof(
  fc.constantFrom('AWS_REGION', 'CLAUDE_CODE_USE_BEDROCK', 'DISABLE_PROMPT_CACHING', 'MAX_THINKING_TOKENS', 'PATH'),
  fc.string({ maxLength: 6 }),
);
const leaf = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.integer(), fc.boolean(), fc.constant(null));
const env = fc
  .array(fc.tuple(variable, fc.string({ maxLength: 10 })), { maxLength: 6 })
  .map((entries) => new Map(entries.map((entry, at) => [at, entry])));
const nested = fc.jsonValue({ maxDepth: 3 });

/** Maps stand for objects whose keys may repeat. */
function layOut(entries: Entries, style: { eol: string; indent: string; random: () => number }): string {
  const { eol, indent, random } = style;
  const isTidy = random() < 0.5;
  const loose = () => {
    const pick = random();
    return pick < 0.6 ? '' : pick < 0.8 ? ' ' : pick < 0.9 ? eol : `${eol}\t `;
  };
  const space = (depth: number) => (isTidy ? (indent === '' ? '' : eol + indent.repeat(depth)) : loose());
  const text = (value: unknown): string => {
    const plain = JSON.stringify(value);
    return random() < 0.1 ? plain.replace(/[a-z/]/g, (c) => (typeof value === 'string' ? escaped(c) : c)) : plain;
  };
  const object = (all: Entries, depth: number): string => {
    if (all.length === 0) return `{${isTidy ? '' : loose()}}`;
    const lines = all.map(([name, value]) => {
      const colon = isTidy ? (indent === '' ? ':' : ': ') : `${loose()}:${loose()}`;
      const shown = value instanceof Map ? object([...value.values()], depth + 1) : text(name === 'env' ? {} : value);
      return space(depth + 1) + text(name) + colon + shown;
    });
    return `{${lines.join(isTidy ? ',' : `${loose()},`)}${space(depth)}}`;
  };
  return (isTidy ? '' : loose()) + object(entries, 0) + (random() < 0.8 ? eol : '');
}

/** In a settings file `\\u0061` is as good as `a`. */
const escaped = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A small generator of random numbers, so that a failure can be run again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
