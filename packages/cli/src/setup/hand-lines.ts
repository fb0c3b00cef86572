import { byteText } from '../byte-text.ts';
import type { Context } from '../context.ts';
import { readRc } from './change.ts';
import { lookAround } from './machine.ts';
import { type Found, findHook } from './rc-line.ts';

/**
 * Lines of the rc files that load the hook and that setup did not write.
 * @param kinds also `ours` once all that setup wrote is taken out: what is left of it was put there by hand, as setup asks
 *   for where a file is a link into a repository of dotfiles
 */
export async function handLines(
  context: Context,
  kinds: readonly Found['kind'][] = ['by-hand'],
): Promise<{ path: string; number: number; line: string }[]> {
  const { shells } = await lookAround(context);
  return shells.flatMap(({ setup, rcFiles, place }) =>
    [...new Set([...rcFiles, ...(setup.otherFiles?.(place) ?? [])])].flatMap((path) => {
      const found = findHook(byteText(readRc(path).bytes), setup);
      return found.kind !== 'none' && kinds.includes(found.kind)
        ? [{ path, number: found.number, line: found.line }]
        : [];
    }),
  );
}
