import { isDeepStrictEqual } from 'node:util';
import { applyEdit, type Edit, insertProperty, objectOf, removeOne, replaceValue } from './edit.ts';
import { digestOf, type OwnedKey, type Ownership } from './ownership.ts';
import { propertyAt, readSettingsText, type SettingsText, valueAt } from './text.ts';

/**
 * A settings file as it was before us. If nobody touched it since, that is so to the byte; else each key that still has
 * our value gets its old one back or goes, and what was edited by hand stays.
 * @param text null: there is no file
 * @returns null: there was no file, and nothing of anybody else's is in it
 * @throws {BedrockenvError} `settings-ignored`, `settings-unclear`
 */
export function undoSettings(text: string | null, ownership: Ownership | null, path: string): string | null {
  if (text === null || ownership === null) return text;
  if (digestOf(text) === ownership.after) {
    if (ownership.created) return null;
    const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
    return mark + ownership.inverse.reduce(applyEdit, text.slice(mark.length));
  }
  let current = text;
  for (const key of ownership.keys.toReversed()) {
    for (;;) {
      const settings = readSettingsText(current, path);
      const edit = undoKey(settings, key);
      if (edit === null) break;
      current = settings.mark + applyEdit(settings.body, edit);
      if (key.before !== undefined) break;
    }
  }
  const isEmpty = (readSettingsText(current, path).root.children ?? []).length === 0;
  return ownership.created && isEmpty ? null : current;
}

/** The next edit that takes back what we did to a key; null when there is nothing (more) to take back. */
function undoKey(settings: SettingsText, { path, wrote, before, isContainer }: OwnedKey): Edit | null {
  const { root } = settings;
  const property = propertyAt(root, path);
  const value = property?.children?.[1];
  if (isContainer) return value?.type === 'object' && !value.children?.length ? removeOne(settings, path) : null;
  if (!isDeepStrictEqual(valueAt(settings, path), wrote)) return null;
  if (wrote !== undefined) {
    if (property && before !== undefined) return replaceValue(property, before);
    return property ? removeOne(settings, path) : null;
  }
  const object = objectOf(root, path);
  return object && before !== undefined ? insertProperty(settings, object, path.at(-1) as string, before) : null;
}
