import { byteText } from '../byte-text.ts';
import type { Context } from '../context.ts';
import { readRc } from './change.ts';
import { lookAround } from './machine.ts';
import { findHook } from './rc-line.ts';

/** Lines of the rc files that load the hook and that setup did not write. */
export async function handLines(context: Context): Promise<{ path: string; number: number; line: string }[]> {
  const { shells } = await lookAround(context);
  return shells.flatMap(({ setup, rcFiles, place }) =>
    [...new Set([...rcFiles, ...(setup.otherFiles?.(place) ?? [])])].flatMap((path) => {
      const found = findHook(byteText(readRc(path).bytes), setup);
      return found.kind === 'by-hand' ? [{ path, number: found.number, line: found.line }] : [];
    }),
  );
}
