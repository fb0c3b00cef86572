import { dirname, join } from 'node:path';
import {
  type Identity,
  type Inputs,
  type PlanInput,
  type Resolution,
  readWords,
  resolve,
  resolveIdentity,
} from '@bedrockenv/core';
import { listReader } from './account/stored.ts';
import type { Context } from './context.ts';
import { placesAbove } from './state/directory.ts';
import { type DirenvWords, envrcName } from './state/direnv.ts';
import { type Gathered, gather, type LeftOut } from './state/gather.ts';
import type { Located } from './state/located.ts';
import { typed } from './typed.ts';

/** What a command line says, above every file. */
export type Overrides = NonNullable<Inputs['overrides']>;

/** What a directory needs, with the files that it was resolved from. */
export interface Resolved extends Resolution {
  inputs: readonly PlanInput[];
  leftOut: readonly LeftOut[];
}

/** Resolves what applies where {@link located} looked. @throws {BedrockenvError} whatever keeps it from being used */
export function resolveLocated(context: Context, { applies }: Located, overrides: Overrides = {}): Resolved {
  const { state, base, home } = context;
  return resolveGathered(context, gather({ state, env: base, home }, applies), applies?.root ?? null, overrides);
}

/**
 * @param root the real directory; null outside of projects
 * @throws {BedrockenvError} whatever keeps it from being used
 */
export function resolveGathered(
  { base, home }: Pick<Context, 'base' | 'home'>,
  gathered: Gathered,
  root: string | null,
  overrides: Overrides = {},
): Resolved {
  const resolution = typed(() => resolve(inputsOf({ base, home }, gathered, root, overrides)));
  const { rootFile } = resolution;
  const above = new Set(rootFile === null ? [] : placesAbove(dirname(rootFile)).map(({ path }) => path));
  return {
    ...resolution,
    inputs: [...gathered.inputs.filter(({ path }) => !above.has(path)), ...gathered.lists],
    leftOut: gathered.leftOut.filter(({ path }) => !above.has(path)),
  };
}

/**
 * Resolves what `use bedrock` with words sets in an `.envrc`: the words stand in the place of directory files.
 * @throws {BedrockenvError} exit code 2 for a wrong word, else whatever keeps them from being used
 */
export function resolveWords(
  { base, home }: Pick<Context, 'base' | 'home'>,
  gathered: Gathered,
  { root, words }: DirenvWords,
): Resolved {
  const said = { path: join(root, envrcName), layer: readWords(words) };
  const resolution = resolve({ ...inputsOf({ base, home }, { ...gathered, directoryFiles: [] }, root), words: said });
  const isScoped = resolution.settings.scope.value === 'claude';
  return {
    ...resolution,
    warnings: [...resolution.warnings, ...(isScoped ? [scopedWords] : [])],
    inputs: [...gathered.inputs, ...gathered.lists],
    leftOut: gathered.leftOut,
  };
}

/** Settings are written for a directory file that is approved, never for the words of an `.envrc`. */
const scopedWords = {
  code: 'scope-needs-file',
  message: 'with scope: claude the words of `use bedrock` set nothing',
  fix: 'put them into a .bedrockrc, with `use bedrock` alone in the .envrc',
};

/**
 * Whose credentials and which region hold where {@link located} looked, whatever is said there of models.
 * @throws {BedrockenvError} what keeps it from being told
 */
export function identityLocated(context: Context, { applies }: Located, overrides: Overrides = {}): Identity {
  const { state, base, home } = context;
  const gathered = gather({ state, env: base, home }, applies);
  return typed(() => resolveIdentity(inputsOf(context, gathered, applies?.root ?? null, overrides)));
}

function inputsOf(
  { base, home }: Pick<Context, 'base' | 'home'>,
  gathered: Gathered,
  root: string | null,
  overrides: Overrides = {},
): Inputs {
  if (gathered.unreadable) throw gathered.unreadable;
  const directoryFiles = gathered.directoryFiles.map(({ path, bytes }) => ({ path, bytes: bytes ?? new Uint8Array() }));
  const { userConfig, policy, aws } = gathered;
  const accountList = listReader({ base, home }, gathered.lists);
  return { root, directoryFiles, userConfig, policy, aws, env: base, home, overrides, accountList };
}
