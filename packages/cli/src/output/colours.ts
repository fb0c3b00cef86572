import { isatty } from 'node:tty';
import type { Env } from '@bedrockenv/core';

/** Paints text for a terminal; leaves it alone when the output is none or `NO_COLOR` is set (no-color.org). */
export interface Colours {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

export function colours(fd: 1 | 2, env: Env): Colours {
  const painted = isatty(fd) && !env.NO_COLOR && env.TERM !== 'dumb';
  const paint = (on: number, off: number) => (text: string) =>
    painted && text !== '' ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
  };
}
