import { printable } from '../display.ts';

/** Longer than any model, region or path that is one. */
const most = 120;

/** Foreign text in a message: safe for a terminal, and not longer than one line and a half. */
export function shown(text: string): string {
  return printable(text.length > most ? `${text.slice(0, most)}…` : text);
}
