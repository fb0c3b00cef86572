import { BedrockenvError, printableJson } from '@bedrockenv/core';
import { type ShellName, shellNames, shells } from '../shells.ts';

/** What to do to an environment: a value to set, or null to unset. */
export type Assignments = Readonly<Record<string, string | null>>;

/** Text that sets the variables, for a program that reads text of that kind. */
type Format = (variables: Assignments) => Promise<string> | string;

/** Every `export --format`: the shells by their packages, and those that are no shell with a hook. */
export const formats: Readonly<Record<string, Format>> = {
  ...Object.fromEntries(shellNames.map((name) => [name, (variables: Assignments) => shellText(name, variables)])),
  json: (variables) => `${printableJson(variables, 2)}\n`,
  dotenv: (variables) =>
    lines(variables, (name, value) => (value === null ? '' : `${name}=${dotenvQuote(name, value)}`)),
  github: (variables) => lines(variables, githubAssign),
};

async function shellText(name: ShellName, variables: Assignments): Promise<string> {
  const shell = await shells[name]();
  return lines(variables, (variable, value) => shell.assign(variable, value));
}

function lines(variables: Assignments, line: (name: string, value: string | null) => string): string {
  return Object.entries(variables)
    .map(([name, value]) => line(name, value))
    .filter((text) => text !== '')
    .map((text) => `${text}\n`)
    .join('');
}

/**
 * Readers of dotenv files agree on single quotes, within which nothing is interpreted, and on nothing that could
 * stand for a quote within them. A value with one goes into double quotes when nothing in it would be interpreted.
 */
function dotenvQuote(name: string, value: string): string {
  if (/^[\w./:@%+,=-]*$/.test(value)) return value;
  if (!/['\r\n]/.test(value)) return `'${value}'`;
  if (isDotenvValue(value)) return `"${value}"`;
  throw new BedrockenvError('not-expressible', `the value of ${name} cannot be written in a dotenv file`, {
    fix: 'use --format json',
  });
}

/** Whether a value can be written in a dotenv file. */
export function isDotenvValue(value: string): boolean {
  return !/['\r\n]/.test(value) || !/["\\$`\r\n]/.test(value);
}

/** The form of `$GITHUB_ENV`. It cannot unset: an empty value is what programs there take for none. */
function githubAssign(name: string, value: string | null): string {
  const text = value ?? '';
  if (!/[\r\n]/.test(text)) return `${name}=${text}`;
  let end = 'EOF';
  while (text.split(/\r\n|\r|\n/).includes(end)) end += '_';
  return `${name}<<${end}\n${text}\n${end}`;
}
