import { createInterface } from 'node:readline/promises';
import { stderr } from '../output/streams.ts';
import { Interrupted } from '../sign-in/interruption.ts';
import type { Asker, Choice } from './asker.ts';

/** Questions as numbered lines of ASCII, answered with a number (or a name) and Enter. Nothing is drawn over. */
export function plainLines(signal: AbortSignal): Asker {
  const line = (prompt: string) => readLine(prompt, signal);
  return {
    async one(question, choices, initial) {
      const at = choices.findIndex(({ value }) => value === initial);
      show(question, choices);
      for (;;) {
        const text = await line(`Number${at < 0 ? '' : ` [${at + 1}]`}: `);
        const chosen = text === '' ? choices[at] : pick(text, choices);
        if (chosen) return chosen.value;
        complain(choices);
      }
    },
    async several(question, choices, initial) {
      const before = choices.flatMap(({ value }, n) => (initial.includes(value) ? [n + 1] : []));
      show(question, choices);
      for (;;) {
        const text = await line(`Numbers, with spaces between them, or 0 for none [${before.join(' ') || '0'}]: `);
        const words = text === '' ? before.map(String) : text.split(/[\s,]+/);
        const chosen = words.filter((word) => word !== '0').map((word) => pick(word, choices));
        if (chosen.every((each) => each !== undefined)) return [...new Set(chosen.map(({ value }) => value))];
        complain(choices);
      }
    },
    async yes(question, initial) {
      for (;;) {
        const text = await line(`\n${ascii(question)} [${initial ? 'Y/n' : 'y/N'}] `);
        if (text === '') return initial;
        if (/^(y|yes|n|no)$/i.test(text)) return /^y/i.test(text);
        stderr('Answer y or n.\n');
      }
    },
    tell: (text) => stderr(`\n${ascii(text)}\n`),
  };
}

function show<Value>(question: string, choices: readonly Choice<Value>[]): void {
  const lines = choices.map(({ label, hint }, n) => `  ${n + 1}  ${label}${hint ? ` (${hint})` : ''}\n`);
  stderr(ascii(`\n${question}\n${lines.join('')}`));
}

/** By its number, its whole label, or the only label that begins so. */
function pick<Value>(text: string, choices: readonly Choice<Value>[]): Choice<Value> | undefined {
  if (/^\d+$/.test(text)) return choices[Number(text) - 1];
  const near = choices.filter(({ label }) => label.startsWith(text));
  return choices.find(({ label }) => label === text) ?? (near.length === 1 ? near[0] : undefined);
}

function complain(choices: readonly unknown[]): void {
  stderr(`Type a number from 1 to ${choices.length}.\n`);
}

/** One line that the user types, without white space around it. @throws {Interrupted} on Ctrl-C and at the end of input */
async function readLine(prompt: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new AbortController();
  terminal.on('SIGINT', () => ended.abort()).on('close', () => ended.abort());
  try {
    return (await terminal.question(prompt, { signal: AbortSignal.any([ended.signal, signal]) })).trim();
  } catch {
    stderr('\n');
    throw new Interrupted();
  } finally {
    terminal.close();
  }
}

/** The few signs that our own texts have, for terminals without them; what is a name stays as it is. */
function ascii(text: string): string {
  return text.replaceAll(' · ', ', ').replaceAll('…', '...').replaceAll('—', '-').replaceAll('’', "'");
}
