import { stdout } from './streams.ts';

/** An answer for programs. */
export function printJson(value: unknown): void {
  stdout(`${JSON.stringify(value, null, 2)}\n`);
}
