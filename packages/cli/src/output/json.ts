import { isatty } from 'node:tty';
import { printableJson } from '@bedrockenv/core';
import { stdout } from './streams.ts';

/** An answer for programs. */
export function printJson(value: unknown): void {
  stdout(`${printableJson(value, 2)}\n`);
}

/** How much of a long list is written at a time, in characters. */
const portion = 1 << 16;

/**
 * An answer with a list that may have thousands of entries, then what else belongs to it. A terminal gets it like any
 * other; a program gets an entry on each line, written as they are made: with its indents such an answer takes four
 * times as long, and whole it takes a lot of memory.
 */
export function printJsonList(name: string, entries: Iterable<unknown>, rest: Readonly<Record<string, unknown>>): void {
  if (isatty(1)) {
    printJson({ [name]: [...entries], ...rest });
    return;
  }
  let text = `{${JSON.stringify(name)}:[`;
  let separator = '\n';
  for (const entry of entries) {
    text += separator + printableJson(entry);
    separator = ',\n';
    if (text.length < portion) continue;
    stdout(text);
    text = '';
  }
  const others = Object.entries(rest).map(([key, value]) => `,\n${JSON.stringify(key)}:${printableJson(value)}`);
  stdout(`${text}\n]${others.join('')}}\n`);
}
