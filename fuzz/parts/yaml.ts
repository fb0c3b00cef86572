import { BedrockenvError, mergeLayers, readDirectoryFile, readUserConfig } from '@bedrockenv/core';
import type { Finding, Part, Terms } from '@bedrockenv/testkit/campaign';
import { pick, type Random, randomNumbers } from '../random.ts';

/** Stands for a secret in every document; it may be in no message. */
const secret = 'S3CR3T-S3CR3T';
/** The longest that a file of this kind may take to be read, ms. The slowest known takes a fiftieth of it on an idle machine. */
const limit = 10_000;

const documents = [
  `# a comment
use: work
profile: {account: "123456789012", role: Dev, session: corp}
region: eu-central-1
routing: geo
models: {opus: opus, sonnet: claude-sonnet-5}
prompt_caching: 1h
max_output_tokens: 4096
root: true
`,
  `default:
  profile: corp-dev
  login: auto
environments:
  work:
    region: eu-central-1
    api_key: {env: ${secret.replaceAll('-', '_')}}
  play:
    api_key: ${secret}
    base_url: https://user:${secret}@example.com
aliases: {fast: haiku}
notices: quiet
`,
  `AWS_SECRET_ACCESS_KEY: ${secret}\nheaders: {Authorization: Bearer ${secret}}\nsecret_key: ${secret}\ntoken: [${secret}]\n`,
];

// biome-ignore format: one a line would hide how few they are
const pieces = [
  '\n', ' ', '  ', '\t', ':', ': ', '- ', '{', '}', '[', ']', ',', '&a ', '*a', '!!str ', '!!binary ', '!<x> ', '<<: ', '? ', '|', '>', '|2-\n',
  '"', "'", '#', '---\n', '...\n', '%YAML 1.1\n', '%TAG ! x\n', '\\x1b', '\u202e', '\x1b[0m', '\0', '\ufeff', '\r', '\u2028', '\u0085',
  '__proto__: 1\n', 'constructor: 1\n', 'region: ', 'root: true\n', '~', 'null', 'yes', '0x', '0o7', '1e999', '.inf', '-0', '2024-01-01',
  'profile:\n', 'models:\n  opus: ', 'environments:\n  a:\n    ', 'a'.repeat(300),
];

const linesWithSecret = new Set(documents.flatMap((text) => text.split('\n').filter((line) => line.includes(secret))));

/** Whether what stands for a secret is still where one belongs: a name of a profile may be shown. */
const isSecret = (text: string) =>
  text.split('\n').every((line) => !line.includes(secret) || linesWithSecret.has(line));

/** Bytes that may be YAML. */
function document(random: Random): Uint8Array {
  if (random(10) === 0) return Uint8Array.from({ length: random(400) }, () => random(256));
  let text = random(4) === 0 ? '' : pick(random, documents);
  for (let left = random(8); left > 0; left--) {
    const [from, cut] = [random(text.length + 1), random(12)];
    const add = random(5) === 0 ? text.slice(random(text.length + 1)).slice(0, 60) : pick(random, pieces);
    text = text.slice(0, from) + add.repeat(random(30) === 0 ? 1 + random(500) : 1) + text.slice(from + cut);
  }
  return new TextEncoder().encode(text);
}

/** Random documents for both kinds of YAML that bedrockenv reads. */
export const yamlPart: Part = {
  name: 'yaml',
  about: 'random and changed documents: a result or an error for a person, in time, without secrets or controls',
  full: 200_000,
  unit: 'documents',
  run: fuzzYaml,
};

async function fuzzYaml({ seed, count, tell }: Terms) {
  const random = randomNumbers(seed);
  const findings: Finding[] = [];
  let accepted = 0;
  let slowest = 0;
  for (let tried = 0; tried < count && findings.length < 20; tried++) {
    const bytes = document(random);
    const start = performance.now();
    const wrong = [problemOf(readDirectory, bytes), problemOf(readUser, bytes)].filter((one) => one !== 'accepted');
    const took = performance.now() - start;
    slowest = Math.max(slowest, took);
    if (wrong.length < 2) accepted++;
    const input = Buffer.from(bytes).toString('latin1');
    for (const what of wrong) if (what !== null) findings.push({ what, input });
    if (took > limit) findings.push({ what: `it took ${Math.round(took)} ms`, input });
    if (tried % 1000 === 0) tell(`${tried} of ${count}`);
  }
  if (accepted === 0) findings.push({ what: 'no document was accepted', input: null });
  return { tried: count, findings, notes: [`${accepted} accepted; the slowest took ${Math.ceil(slowest)} ms`] };
}

function readDirectory(bytes: Uint8Array): void {
  const file = readDirectoryFile(bytes, '/f');
  mergeLayers({ directoryFiles: [{ path: '/f', file }], userConfig: null });
}

function readUser(bytes: Uint8Array): void {
  mergeLayers({ directoryFiles: [], userConfig: { path: '/c', config: readUserConfig(bytes, '/c') } });
}

/** null where it is refused as it should be; `accepted`; or what is wrong with the way it is refused. */
function problemOf(read: (bytes: Uint8Array) => void, bytes: Uint8Array): string | null {
  try {
    read(bytes);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof BedrockenvError)) return `not an error for a person: ${String(error)}`;
    const said = `${error.message} ${error.where ?? ''} ${error.fix ?? ''}`;
    if (said.includes(secret) && isSecret(new TextDecoder().decode(bytes)))
      return `the message has the secret: ${said}`;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    return /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/.test(said) ? `the message has controls: ${said}` : null;
  }
}
