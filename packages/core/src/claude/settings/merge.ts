import { isDeepStrictEqual } from 'node:util';
import { BedrockenvError } from '../../errors.ts';
import { applyEdit, type Edit, insertProperty, inverseOf, objectOf, rawText, removeOne, replaceValue } from './edit.ts';
import { digestOf, type OwnedKey, type Ownership } from './ownership.ts';
import { type Json, lineAndColumn, propertyAt, rawAt, readSettingsText, valueAt } from './text.ts';
import { undoSettings } from './undo.ts';

/** A key that is to have a value, or with undefined, not to be there: `['env', 'AWS_REGION']`. */
export interface WantedKey {
  path: readonly string[];
  value: Json | undefined;
  /** What is as good, and stays if it is there. */
  alternatives?: readonly Json[];
}

/** A key that is not as it should be. */
export interface SettingsChange extends WantedKey {
  /** What the file says now. */
  found: Json | undefined;
  /** Whether we wrote something else there, which somebody changed. */
  isDrift: boolean;
}

export interface Merged {
  /** The file as it should be; null: there should be none. */
  text: string | null;
  ownership: Ownership | null;
  /** What that changes. */
  changes: readonly SettingsChange[];
}

/** A new file, before the first key. */
const blank = '{}\n';

/**
 * Lays the wanted keys into a settings file, key by key, and leaves every other byte as it is: formatting, order,
 * neighbours, byte order mark, line ends.
 *
 * What we did before is taken back first, so that a second write never mistakes our own values for the user's; when
 * all keys are right already, nothing changes.
 * @param text null: there is no file
 * @param ownership what we did to it before
 * @param path for errors
 * @throws {BedrockenvError} `settings-ignored`, `settings-unclear`, `settings-shape`: the file must not be touched
 */
export function mergeSettings(
  text: string | null,
  ownership: Ownership | null,
  wanted: readonly WantedKey[],
  path: string,
): Merged {
  const changes = changesOf(text, ownership, wanted, path);
  if (changes.length === 0) return { text, ownership, changes };
  const base = undoSettings(text, ownership, path);
  const step = new Steps(base ?? blank, path);
  for (const key of wanted) step.set(key);
  if (base === null && step.keys.length === 0) return { text: null, ownership: null, changes };
  const next = step.text;
  check(next, base ?? blank, wanted, path);
  const { inverse, keys } = step;
  if (keys.length === 0) return { text: next, ownership: null, changes };
  return { text: next, ownership: { after: digestOf(next), inverse, created: base === null, keys }, changes };
}

/** What a write would change: wanted keys that differ, and keys of ours that are not wanted any more. */
function changesOf(
  text: string | null,
  ownership: Ownership | null,
  wanted: readonly WantedKey[],
  path: string,
): SettingsChange[] {
  const now = readSettingsText(text ?? blank, path);
  const owned = new Map((ownership?.keys ?? []).map((key) => [key.path.join('\0'), key]));
  const differing = wanted.flatMap((key): SettingsChange[] => {
    const found = valueAt(now, key.path);
    if ([key.value, ...(key.alternatives ?? [])].some((good) => isDeepStrictEqual(found, good))) return [];
    const ours = owned.get(key.path.join('\0'));
    const { path: name, value } = key;
    return [{ path: name, value, found, isDrift: ours !== undefined && !isDeepStrictEqual(found, ours.wrote) }];
  });
  const names = new Set(wanted.map((key) => key.path.join('\0')));
  const left = [...owned.values()].flatMap((key): SettingsChange[] => {
    const found = valueAt(now, key.path);
    if (key.isContainer || names.has(key.path.join('\0')) || !isDeepStrictEqual(found, key.wrote)) return [];
    const before = key.before === undefined ? undefined : (JSON.parse(key.before) as Json);
    return [{ path: key.path, value: before, found, isDrift: false }];
  });
  return [...differing, ...left];
}

/** Edits one after the other, with what takes them back. */
class Steps {
  text: string;
  readonly inverse: Edit[] = [];
  readonly keys: OwnedKey[] = [];
  readonly #path: string;

  constructor(text: string, path: string) {
    this.text = text;
    this.#path = path;
  }

  set({ path, value }: WantedKey): void {
    if (isDeepStrictEqual(valueAt(this.#read(), path), value)) return;
    const before = rawAt(this.#read(), path);
    const key: OwnedKey = {
      path,
      ...(value === undefined ? {} : { wrote: value }),
      ...(before === undefined ? {} : { before }),
    };
    if (value === undefined) {
      for (let edit = removeOne(this.#read(), path); edit; edit = removeOne(this.#read(), path)) this.#apply(edit);
    } else {
      this.#makeContainer(path.slice(0, -1));
      this.#put(path, rawText(value));
    }
    this.keys.push(key);
  }

  #makeContainer(path: readonly string[]): void {
    if (path.length === 0) return;
    const { body, root } = this.#read();
    const found = propertyAt(root, path)?.children?.[1];
    if (found?.type === 'object') return;
    if (found) {
      throw new BedrockenvError('settings-shape', `${path.join('.')} must be an object: { … }`, {
        where: `${this.#path}:${lineAndColumn(body, found.offset)}`,
        fix: 'correct it',
      });
    }
    this.#put(path, '{}');
    this.keys.push({ path, isContainer: true });
  }

  #put(path: readonly string[], raw: string): void {
    const settings = this.#read();
    const property = propertyAt(settings.root, path);
    const object = objectOf(settings.root, path);
    if (property) this.#apply(replaceValue(property, raw));
    else if (object) this.#apply(insertProperty(settings, object, path.at(-1) as string, raw));
  }

  #read() {
    return readSettingsText(this.text, this.#path);
  }

  #apply(edit: Edit): void {
    const { mark, body } = this.#read();
    this.inverse.unshift(inverseOf(body, edit));
    this.text = mark + applyEdit(body, edit);
  }
}

/** Whether the edits came to what they should: a file of the user's is not the place to find a mistake of ours. */
function check(next: string, base: string, wanted: readonly WantedKey[], path: string): void {
  const [after, before] = [next, base].map(
    (text) => JSON.parse(text.replace(/^\uFEFF/, '')) as Record<string, unknown>,
  );
  for (const { path: keys, value } of wanted) {
    for (const root of [after, before] as Record<string, unknown>[]) {
      const outer = keys.length === 1 ? root : (root[keys[0] as string] as Record<string, unknown> | undefined);
      const name = keys.at(-1) as string;
      if (root === after && !isDeepStrictEqual(outer?.[name], value)) throw failed(path);
      if (outer) delete outer[name];
      if (keys.length > 1 && outer && Object.keys(outer).length === 0) delete root[keys[0] as string];
    }
  }
  if (!isDeepStrictEqual(after, before)) throw failed(path);
}

function failed(path: string): BedrockenvError {
  return new BedrockenvError('settings-unclear', 'cannot be edited safely', { where: path, fix: 'edit it by hand' });
}
