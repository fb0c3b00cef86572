import type { Env } from '@bedrockenv/core';

/** One answer that can be chosen. */
export interface Choice<Value> {
  value: Value;
  label: string;
  /** What choosing it means; shown while it is looked at. */
  hint?: string;
}

/** Asks on the terminal. Each question throws `Interrupted` on Ctrl-C. Foreign text must be printable already. */
export interface Asker {
  one<Value>(question: string, choices: readonly Choice<Value>[], initial?: Value): Promise<Value>;
  several<Value>(question: string, choices: readonly Choice<Value>[], initial: readonly Value[]): Promise<Value[]>;
  yes(question: string, initial: boolean): Promise<boolean>;
  /** Says something between questions. */
  tell(text: string): void;
}

/**
 * The fitting way to ask: with a list that moves and can be searched by typing, or as plain lines for screen readers
 * (`ACCESSIBLE`), terminals that cannot move the cursor and those without UTF-8.
 * @param signal of a Ctrl-C that comes while no question listens to keys
 */
export async function askerFor(env: Env, signal: AbortSignal): Promise<Asker> {
  if (wantsPlain(env)) return (await import('./plain-lines.ts')).plainLines(signal);
  return (await import('./lists.ts')).lists(signal);
}

function wantsPlain(env: Env, platform: string = process.platform): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  const hasUtf8 = platform === 'win32' || platform === 'darwin' || /utf-?8/i.test(locale);
  return Boolean(env.ACCESSIBLE) || env.TERM === 'dumb' || !hasUtf8;
}
