/** A plan's fields, in order (the file has a NUL after each). */
export type Fields = string[];

/** Changes the first field that is exactly `from`. */
const swap =
  (from: string, to: string) =>
  (fields: Fields): Fields => {
    const at = fields.indexOf(from);
    if (at < 0) throw new Error(`the plan has no field ${from}`);
    return fields.with(at, to);
  };

/** Where a variable that the plan sets has its name: the last time that it is a field (ambient names come before). */
function nameAt(fields: Fields, name: string): number {
  const at = fields.lastIndexOf(name);
  if (at < 0) throw new Error(`the plan does not set ${name}`);
  return at;
}
const rename = (name: string, to: string) => (fields: Fields) => fields.with(nameAt(fields, name), to);

/** Gives a variable that the plan sets another value. */
export const setTo = (name: string, value: string) => (fields: Fields) => fields.with(nameAt(fields, name) + 1, value);

/** The counts begin at field 13. */
const count = (index: number, value: string) => (fields: Fields) => fields.with(12 + index, value);

/** Plans that must not be used, by what is wrong with them. */
export const brokenPlans: [name: string, edit: (fields: Fields, canary: string) => Fields | string][] = [
  ['PATH among its variables', (f) => rename('AWS_REGION', 'PATH')(f)],
  ['LD_PRELOAD among its variables', (f) => rename('BEDROCKENV_MODEL', 'LD_PRELOAD')(f)],
  ['EVIL among its variables', (f) => rename('ANTHROPIC_MODEL', 'EVIL')(f)],
  ['a subscript with a command as a name', (f, c) => rename('AWS_REGION', `a[$(touch ${c})]`)(f)],
  ['a subscript on a listed name', (f, c) => rename('AWS_REGION', `AWS_REGION[$(touch ${c})]`)(f)],
  ['a listed name with a value in it', (f) => rename('AWS_REGION', 'AWS_REGION=evil')(f)],
  ['an unknown operation', (f) => f.with(nameAt(f, 'AWS_REGION') - 1, 'exec')],
  ['a flag for a name', (f) => rename('AWS_REGION', '-p EVIL')(f)],
  ['a variable twice', (f) => rename('BEDROCKENV_MODEL', 'AWS_REGION')(f)],
  ['a command in an ambient name', (f, c) => swap('AWS_CONFIG_FILE', `a[$(touch ${c})]`)(f)],
  ['a foreign ambient name', (f) => swap('AWS_CONFIG_FILE', 'EVIL')(f)],
  ['another version', (f) => f.with(0, 'bedrockenv-plan/2')],
  // It goes into the record as it is.
  ['a generation with a separator in it', (f) => f.with(1, `${f[1]}\x1f`)],
  ['another root', (f) => f.with(2, '/elsewhere')],
  ['another text', (f) => f.with(3, 'profile: other\n')],
  ...(['-1', '', 'x', '1e3', '0x10', '99999999999999999999', '999999999', '010', ' 7', '7+1'] as const).flatMap(
    (value): [string, (fields: Fields) => Fields][] =>
      [0, 3].map((index) => [`the count ${index + 13} = ${JSON.stringify(value)}`, count(index, value)]),
  ),
  ['a command as a count', (f, c) => count(0, `a[$(touch ${c})]`)(f)],
  ['no end', (f) => f.slice(0, -2).concat('')],
  ['something after the end', (f) => [...f.slice(0, -1), 'more', '']],
  ['its first half', (f) => f.slice(0, 20)],
  ['one byte', () => 'b'],
  ['nothing', () => ''],
  ['garbage', () => '\x01\xff$(x)\0\0\0`x`\0'.repeat(50)],
  ['1 MB of NUL', () => '\0'.repeat(1_000_000)],
  ['1 MB without NUL', () => 'x'.repeat(1_000_000)],
  ['1 MB in a value', (f) => setTo('AWS_REGION', 'x'.repeat(1_000_000))(f)],
];

type Breaks = [name: string, edit: (text: string, canary: string) => string][];

/** Where both shells have the same fields, and files that are not whole. */
const brokenInBoth: Breaks = [
  ['another version', (text) => text.replace('/1\0', '/2\0')],
  ['another root', (text) => withField(text, 3, '/elsewhere')],
  ['another text', (text) => withField(text, 4, 'profile: other\n')],
  ['no end', (text) => text.slice(0, -4)],
  ['something after the end', (text) => `${text}more\0`],
  ['its first half', (text) => text.slice(0, 500)],
  ['nothing', () => ''],
  ['1 MB of NUL', () => '\0'.repeat(1_000_000)],
  ['1 MB without NUL', () => 'x'.repeat(1_000_000)],
];

/** What is ready-made of a plan for each shell that reads it, in ways in which it must not be used. */
export const brokenUsuals: Record<string, Breaks> = {
  zsh: [
    ...brokenInBoth,
    ['another stamp folder', (text) => withField(text, 9, '/tmp')],
    ['a value more', (text) => withField(text, 11, `=1\x1f${fieldOf(text, 11)}`)],
    ['a value less', (text) => withField(text, 11, fieldOf(text, 11).slice(0, -1))],
    ['names of its own', (text) => withField(text, 11, 'EVIL=1\x1f')],
    ['an absent input that is there', (text) => withField(text, 12, `/\x1f${fieldOf(text, 12)}`)],
    ['an input that is not there', (text) => withField(text, 13, `/nowhere\x1f${fieldOf(text, 13)}`)],
    ['another time of an input', (text) => withField(text, 14, fieldOf(text, 14).replace(/\d/, 'x'))],
    ['a time more', (text) => withField(text, 14, `${fieldOf(text, 14)}0 0 0 `)],
  ],
  bash: [
    ...brokenInBoth,
    ['PATH among its variables', (text) => text.replace('\x1fAWS_REGION=', '\x1fPATH=')],
    ['a subscript with a command as a name', (text, c) => text.replace('\x1fAWS_REGION=', `\x1fa[$(touch ${c})]=`)],
    ['a subscript on a listed name', (text, c) => text.replace('\x1fAWS_REGION=', `\x1fAWS_REGION[$(touch ${c})]=`)],
    ['a flag for a name', (text) => text.replace('\x1fAWS_REGION=', '\x1f-p EVIL=')],
    ['no name', (text) => text.replace('\x1fAWS_REGION=', '\x1f=')],
    ['another stamp folder', (text) => withField(text, 12, '/tmp')],
    ['a variable more than its names', (text) => withField(text, 14, `EVIL=1\x1f${fieldOf(text, 14)}`)],
    ['a variable in between', (text) => text.replace('\x1fAWS_REGION=', '\x1fEVIL=1\x1fAWS_REGION=')],
    ['a foreign name among the names', (text) => withField(text, 15, 'CLAUDE_CODE_USE_BEDROCK\x1fEVIL\x1f')],
    ['a subscript among the names', (text, c) => withField(text, 15, `a[$(touch ${c})]\x1f`)],
    ['no variables', (text) => withField(withField(text, 14, ''), 15, '')],
  ],
};

/** Fields are counted from 1. */
const fieldOf = (text: string, n: number) => text.split('\0')[n - 1] ?? '';

function withField(text: string, n: number, value: string): string {
  return text
    .split('\0')
    .with(n - 1, value)
    .join('\0');
}
