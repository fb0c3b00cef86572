import type { Position } from './problems.ts';

/** A YAML document as plain data with positions: all that a configuration file may be. */
export type Tree = Scalar | List | Mapping | Reported;

export interface Scalar {
  kind: 'scalar';
  value: string | number | boolean | null;
  /** As written, for a number: leading zeros included. */
  text?: string;
  at: Position;
}

/** What is no plain data: a problem says so already, and no other is to be made of it. */
export interface Reported {
  kind: 'reported';
  at: Position;
}

export interface List {
  kind: 'list';
  items: Tree[];
  at: Position;
}

export interface Mapping {
  kind: 'mapping';
  /** No key occurs twice. */
  entries: Entry[];
  at: Position;
}

export interface Entry {
  key: string;
  at: Position;
  value: Tree;
}

/** Whether any part of the tree has been reported as a problem. */
export function isReported(tree: Tree): boolean {
  if (tree.kind === 'list') return tree.items.some(isReported);
  if (tree.kind === 'mapping') return tree.entries.some(({ value }) => isReported(value));
  return tree.kind === 'reported';
}

/** The part of the tree that a path of keys and indexes leads to. */
export function partOf(tree: Tree, path: readonly (string | number)[]): Tree | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return tree;
  if (tree.kind !== 'list' && tree.kind !== 'mapping') return undefined;
  const next = tree.kind === 'list' ? tree.items[Number(step)] : tree.entries.find(({ key }) => key === step)?.value;
  return next && partOf(next, rest);
}

/** The tree's values alone. */
export function plain(tree: Tree): unknown {
  if (tree.kind === 'scalar') return tree.value;
  if (tree.kind === 'reported') return undefined;
  if (tree.kind === 'list') return tree.items.map(plain);
  return Object.fromEntries(tree.entries.map(({ key, value }) => [key, plain(value)]));
}

/** Where a path leads to: the key itself, for an entry of a mapping; the nearest outer part, for what is not there. */
export function positionOf(tree: Tree, path: readonly (string | number)[]): Position {
  const outer = partOf(tree, path.slice(0, -1));
  if (outer?.kind === 'mapping') return outer.entries.find(({ key }) => key === path.at(-1))?.at ?? outer.at;
  return (partOf(tree, path) ?? outer ?? tree).at;
}
