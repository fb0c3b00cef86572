import { printable } from '../display.ts';
import type { Tree } from './tree.ts';

/** What stands at a place, short enough for an error message. With `secret` texts are not quoted. */
export function foundText(tree: Tree, secret: boolean): string {
  if (tree.kind === 'list') return tree.items.length === 0 ? 'an empty list' : 'a list';
  if (tree.kind === 'mapping') return tree.entries.length === 0 ? 'an empty mapping' : 'a mapping';
  if (tree.kind === 'reported') return 'something else';
  if (tree.value === null) return 'nothing';
  if (typeof tree.value !== 'string') return tree.text ?? String(tree.value);
  if (secret) return 'text';
  return printable(JSON.stringify(tree.value.length > 60 ? `${tree.value.slice(0, 60)}…` : tree.value));
}
