/** Numbers below `limit`, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

type Random = (limit: number) => number;

// biome-ignore format: one word a line would hide how few they are
const names = [
  'a', 'b', 'dev', 'my.corp', "'q'", '"q"', 'my\\ dev', 'de"v x"', '"my dev"', 'my dev', '開発', 'été', '🚀', 'a#b', '#', '1',
  'default', 'DEFAULT', '__proto__', 'constructor', 'a]b', '"open', 'end\\', '""', "''", 'a\\"b', '"a\\"b\\c"', '"a\\\\b"',
  'x=y', 'a b\\', '',
];
// biome-ignore format: one word a line would hide how few they are
const prefixes = [
  'profile ', 'profile ', 'profile ', 'profile ', 'profile\t', 'profile  ', 'profiles ', 'profile', 'Profile ', '',
  'sso-session ', 'sso-session ', 'sso-session', 'services ', 'services ', 'profile\u00a0', '"profile" ', 'profile-x ', 'servicesx ',
];
// biome-ignore format: one word a line would hide how few they are
const keys = [
  'region', 'output', 'sso_start_url', 'sso_session', 'role_arn', 's3', 'Region', 'REGION', 'a b', 'foo[]', 'été', 'İ', 'k.l',
  '__proto__', 'constructor', 'toString', '"k"', "'k'", 'k#', 'k;x', 'true', '1', '[x', 'x]', '%(k)s', 'ΑΣ', 'k\x1c',
];
// biome-ignore format: one word a line would hide how few they are
const values = [
  'us-east-1', 'eu-west-1', 'json', '', '', ' ', 'true', 'false', 'null', '1', '01', '"q"', "'q'", '"open', '\\', '\\n', '\tx',
  'v # c', 'v ; c', '# c', '; c', 'a=b=c', 'a: b', 'https://x/start#/', '$HOME', '%(x)s', '[x]', '\u2028', 'a\u2028b',
  'a\x85b', '\ufeff', 'a\u00a0', '\u3000', 'a\0b', 'x\x1cy', 'été', '🚀', '{"a": [1]}', 'a\vb', 'a\fb=c', '__proto__',
];
const delimiters = [' = ', ' = ', ' = ', '=', '=', ':', ' : ', '\t=\t', '==', ' ', '', '\u00a0=\u00a0'];
const indents = ['', '', '', '', '', '', '  ', '  ', '    ', '\t', '\u00a0', '\x1f', ' \t '];
const lineEnds = ['\n', '\n', '\n', '\r\n', '\r', '\n\n', '\n \n', '\x85\n', '\v\n'];
const comments = ['# c', '; c', '  # c', '\t; c = d', '#', 'rem c', '\u00a0# c', ' \ufeff# c'];
const words = ['\n', '\n', '\n', 'profile ', '[profile ', ']\n', '  ', 'DEFAULT'];
const soup = [...'[]=:#;"\'\\ \t\n\r ab.\u00a0\x1c\x85\u2028é', ...words];

const pick = (random: Random, from: readonly string[]) => from[random(from.length)] as string;

/** The bytes of a configuration file: mostly of likely lines, sometimes of any characters, seldom not text at all. */
export function randomConfig(random: Random): Uint8Array {
  const text = random(12) === 0 ? randomSoup(random) : randomLines(random);
  const bytes = new TextEncoder().encode(random(60) === 0 ? `\ufeff${text}` : text);
  if (random(60) === 0 && bytes.length > 0) bytes[random(bytes.length)] = 128 + random(128);
  return bytes;
}

function randomSoup(random: Random): string {
  let text = random(2) === 0 ? '[a]\n' : '';
  for (let left = random(30); left > 0; left--) text += pick(random, soup);
  return text;
}

/** Files with few oddities are the more probable ones, as one oddity is often enough for the file to be refused. */
function randomLines(random: Random): string {
  const odd = random(4) === 0 ? 2 : 8 + random(40);
  const usual = (from: readonly string[]) => (random(odd) === 0 ? pick(random, from) : (from[0] as string));
  let text = random(odd * 3) === 0 ? '' : header(random, usual);
  for (let left = random(14); left > 0; left--) {
    const kind = random(10);
    if (kind < 2) text += header(random, usual);
    else if (kind === 2) text += random(odd) === 0 ? pick(random, comments) : '# c';
    else if (kind === 3) text += '';
    else text += `${line(random, usual)}`;
    text += usual(lineEnds);
  }
  return text;
}

function header(random: Random, usual: (from: readonly string[]) => string): string {
  const name =
    random(8) === 0 ? pick(random, ['default', 'DEFAULT', 'other']) : pick(random, prefixes) + pick(random, names);
  return `${usual(indents)}[${name}]${usual(['', ' # c', ' x', ']', '\t'])}\n`;
}

function line(random: Random, usual: (from: readonly string[]) => string): string {
  const value = random(5) === 0 ? '' : pick(random, values);
  return pick(random, indents) + pick(random, keys) + usual(delimiters) + value;
}
