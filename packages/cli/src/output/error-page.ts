import { isatty } from 'node:tty';
import { BedrockenvError, doctorEntry } from '@bedrockenv/core';
import { problems } from './messages.ts';
import { docsUrl } from './pages.ts';
import { stderr } from './streams.ts';

/** Names the page of an error on a terminal, where a person may open it: one line, and only of errors that have one. */
export function tellErrorPage(error: unknown): void {
  if (!(error instanceof BedrockenvError) || !isatty(2)) return;
  const url = problems(error)
    .map(({ code }) => errorPage(code))
    .find((page) => page !== null);
  if (url) stderr(`  ${docsUrl(url)}\n`);
}

/** The page of docs/ with the anchor of an error's code; null: there is none. */
export function errorPage(code: string): string | null {
  if (code.startsWith('policy-')) return `policy.md#${code}`;
  return doctorEntry(code) ? `doctor.md#${code}` : null;
}
