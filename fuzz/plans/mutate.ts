import { hostileText } from '../hostile.ts';
import { pick, type Random } from '../random.ts';

/** Names that no plan may set, or that a reader could evaluate on its way to them. */
const names: readonly ((canary: string) => string)[] = [
  () => 'PATH',
  () => 'LD_PRELOAD',
  () => 'EVIL',
  () => 'IFS',
  () => 'HOME',
  () => 'PROMPT_COMMAND',
  () => 'BEDROCKENV_STATE',
  () => 'BEDROCKENV_DISABLE',
  () => 'AWS_REGION=EVIL',
  () => 'AWS_REGION\nEVIL',
  () => ' AWS_REGION',
  () => 'aws_region',
  () => '-gx EVIL',
  () => '_bedrockenv_cli',
  (c) => `AWS_REGION[$(touch ${c})]`,
  (c) => `a[$(touch ${c})]`,
  (c) => `x:=$(touch ${c})`,
];

// biome-ignore format: one a line would hide how few they are
const numbers = ['', '-1', '0', '00', '1', '2', '3', '999', '1000', '9999', '0x10', '1e2', ' 1', '1 ', '1+1', '08', '99999999999999999999', '٣'];

const operations = ['set', 'unset', 'env', 'file', 'command', 'exec', '', 'SET', 'set ', 'eval'];

const paths: readonly string[] = [
  '/dev/zero',
  '/dev/tty',
  '/dev/stdin',
  '/',
  '/proc/self/mem',
  '/nowhere',
  '.',
  '~',
  '',
];

type Edit = (fields: string[], random: Random, canary: string) => string[];

const at = (fields: readonly string[], random: Random) => random(Math.max(1, fields.length));

const edits: readonly Edit[] = [
  (f, r) => f.toSpliced(at(f, r), 1),
  (f, r) => f.toSpliced(at(f, r), 0, f[at(f, r)] ?? ''),
  (f, r) => f.toSpliced(at(f, r), 1 + r(8)),
  (f, r) => f.slice(0, at(f, r)),
  (f, r) => f.with(at(f, r), f[at(f, r)] ?? ''),
  (f, r, c) => f.with(at(f, r), hostileText(r, c)),
  (f, r, c) => f.with(at(f, r), hostileText(r, c)),
  (f, r, c) => f.toSpliced(at(f, r), 0, hostileText(r, c)),
  (f, r, c) => f.with(at(f, r), pick(r, names)(c)),
  (f, r) => f.with(at(f, r), pick(r, numbers)),
  (f, r) => f.with(at(f, r), pick(r, operations)),
  (f, r) => f.with(at(f, r), pick(r, paths)),
  (f, r) => f.with(at(f, r), (f[at(f, r)] ?? '').repeat(1 + r(3))),
  // What looks like a number, a name or an operation, for the part of the file where each is looked for.
  (f, r) => swap(f, r, /^\d{1,4}$/, () => pick(r, numbers)),
  (f, r, c) => swap(f, r, /^\d{1,4}$/, () => hostileText(r, c)),
  (f, r, c) => swap(f, r, /^[A-Z][A-Z_]+$/, () => pick(r, names)(c)),
  (f, r, c) => swap(f, r, /^[A-Z][A-Z_]+$/, (name) => name + hostileText(r, c)),
  (f, r) => swap(f, r, /^(set|unset|env|file|command)$/, () => pick(r, operations)),
  (f, r) => swap(f, r, /^\//, () => pick(r, paths)),
];

function swap(fields: string[], random: Random, like: RegExp, to: (text: string) => string): string[] {
  const found = [...fields.keys()].filter((index) => like.test(fields[index] as string));
  if (found.length === 0) return fields;
  const index = pick(random, found);
  return fields.with(index, to(fields[index] as string));
}

/** The same of what is ready-made of a plan, whose fields are lists, in which the changes are as often as not. */
export function mutateUsual(usual: Uint8Array, random: Random, canary: string): Uint8Array {
  if (random(2) === 0) return mutate(usual, random, canary);
  const fields = Buffer.from(usual).toString('latin1').split('\0');
  const lists = [...fields.keys()].filter((index) => fields[index]?.includes('\x1f'));
  const index = pick(random, lists);
  const items = Buffer.from((fields[index] ?? '').replaceAll('\x1f', '\0'), 'latin1');
  const changed = Buffer.from(mutate(items, random, canary))
    .toString('latin1')
    .replaceAll('\0', '\x1f');
  return Buffer.from(fields.with(index, changed).join('\0'), 'latin1');
}

/** A plan's bytes after one to four changes of its fields, and sometimes of its bytes. */
export function mutate(plan: Uint8Array, random: Random, canary: string): Uint8Array {
  let fields = Buffer.from(plan).toString('utf8').split('\0');
  for (let left = random(4); left >= 0; left--) {
    // The largest a hook reads is a matter of some ten thousand bytes; the file must not be all there is to test.
    if (fields.join('\0').length < 100_000) fields = pick(random, edits)(fields, random, canary);
    if (fields.length === 0) break;
  }
  const bytes = Buffer.from(fields.join('\0'), 'utf8');
  if (bytes.length === 0 || random(3) !== 0) return bytes;
  switch (random(5)) {
    case 0:
      return bytes.subarray(0, random(bytes.length));
    case 1:
      bytes[random(bytes.length)] = random(256);
      return bytes;
    case 2:
      bytes[random(bytes.length)] = 0;
      return bytes;
    case 3:
      return Buffer.concat([bytes, Buffer.from(Array.from({ length: random(40) }, () => random(256)))]);
    default: {
      const from = random(bytes.length);
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(random(bytes.length))]);
    }
  }
}
