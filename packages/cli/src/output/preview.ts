import { type Json, maskText, printable, type SettingsChange, type WantedKey } from '@bedrockenv/core';

/** A variable as it is shown: what it is set to, or where its secret value is found. */
export interface Shown {
  op: 'set' | 'unset' | 'env' | 'file' | 'command';
  name: string;
  value: string;
}

/** A file's text, one indented line for each of its lines, with everything in it made visible. */
export function shownText(bytes: Uint8Array): string {
  const lines = new TextDecoder()
    .decode(bytes)
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  return lines
    .map((line) => `  ${printable(line)}`.trimEnd())
    .join('\n')
    .concat('\n');
}

/** What will be set, one indented line for each variable; secrets only by where they come from. */
export function shownVariables(variables: readonly Shown[]): string {
  if (variables.length === 0) return '  nothing\n';
  return variables.map((variable) => `  ${shownVariable(variable)}\n`).join('');
}

export function shownVariable({ op, name, value }: Shown): string {
  if (op === 'set') return `${name}=${printable(value)}`;
  if (op === 'unset') return `${name} is unset`;
  if (op === 'command') return `${name} from a command or the keyring`;
  return `${name} from ${op === 'env' ? 'the variable' : 'the file'} ${printable(value)}`;
}

/** What Claude Code's settings will say, one indented line for each key: variables as above, others by their names. */
export function shownKeys(keys: readonly WantedKey[]): string {
  const line = ({ path: [first, name = first], value }: WantedKey) =>
    value === undefined ? `${name} is unset` : `${name}${first === 'env' ? '=' : ': '}${printable(String(value))}`;
  return keys.map((key) => `  ${line(key)}\n`).join('');
}

/** A change of a settings file as lines of a diff: `-` what stands there, `+` what is to. */
export function shownChange({ path, found, value }: SettingsChange): (readonly [sign: '-' | '+', line: string])[] {
  const line = (sign: '-' | '+', each: Json | undefined) =>
    each === undefined ? [] : [[sign, `${path.join('.')}: ${printable(JSON.stringify(shownValue(each)))}`] as const];
  return [...line('-', found), ...line('+', value)];
}

/** A value of a settings file: a secret in a command or a URL, which somebody else may have written there, is `***`. */
export function shownValue(value: Json): Json {
  return typeof value === 'string' ? maskText(value) : value;
}
