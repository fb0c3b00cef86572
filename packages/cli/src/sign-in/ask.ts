import { createInterface } from 'node:readline/promises';
import { printable, type TokenSource } from '@bedrockenv/core';
import { startCoolDown } from './cool-down.ts';

/** Asks on the terminal. Anything but yes pauses the asking, in every shell. */
export async function askToSignIn(
  state: string,
  { name, tokenFile }: TokenSource,
): Promise<'yes' | 'no' | 'interrupted'> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const interruption = new AbortController();
  terminal.on('SIGINT', () => interruption.abort());
  terminal.on('close', () => interruption.abort());
  let answer: 'yes' | 'no' | 'interrupted';
  try {
    const question = `bedrockenv: session ${printable(name)} has expired; sign in now? [Y/n] `;
    const text = await terminal.question(question, { signal: interruption.signal });
    answer = /^\s*(y|yes)?\s*$/i.test(text) ? 'yes' : 'no';
  } catch {
    process.stderr.write('\n');
    answer = 'interrupted';
  } finally {
    terminal.close();
  }
  if (answer !== 'yes') startCoolDown(state, tokenFile, Date.now());
  return answer;
}
