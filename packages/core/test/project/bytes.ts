import { FileErrors } from '../../src/errors.ts';

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** `code line:column message`, with ` → fix`, of every problem that reading throws; [] when it throws none. */
export function problemsOf(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (!(error instanceof FileErrors)) throw error;
    return error.problems.map(({ code, where, message, fix }) => {
      const at = where?.replace(/^\/p\/[^:]*:?/, '') ?? '';
      return `${code} ${at} ${message}${fix ? ` → ${fix}` : ''}`;
    });
  }
  return [];
}
