import { printable } from '../display.ts';
import { nearest } from '../nearest.ts';
import { checkValue } from './check.ts';
import { keyAt, keyNames, keys, type Place } from './keys.ts';
import type { Problem } from './problems.ts';
import { looksLikeVariable, refusal, variableKey } from './refused.ts';
import { type Entry, isReported, type Mapping } from './tree.ts';
import type { Layer, Positioned } from './values.ts';

/** Reads the keys of one mapping at a place; what is wrong is added to the problems and left out of the layer. */
export function readBlock(mapping: Mapping, place: Place, problems: Problem[]): Layer {
  const layer: Record<string, Positioned<unknown>> = {};
  for (const entry of mapping.entries) {
    const key = keyAt(entry.key, place);
    if (key === undefined) {
      problems.push(unknownKey(entry, place));
      continue;
    }
    if (isReported(entry.value)) continue;
    const checked = checkValue(key, entry.value);
    if ('problems' in checked) problems.push(...checked.problems);
    else layer[key.name] = { value: checked.value, ...entry.at, ...linesOf(entry) };
  }
  return layer as Layer;
}

function linesOf({ value }: Entry): { lines?: Record<string, number> } {
  if (value.kind !== 'mapping') return {};
  return { lines: Object.fromEntries(value.entries.map(({ key, at }) => [key, at.line])) };
}

const placeText: Readonly<Record<Place, string>> = {
  directory: 'in a directory file',
  default: 'under default:',
  environment: 'in an environment',
  top: 'at the top level of the user config',
  require: 'under require: of the policy',
};

/** What is wrong with a key that may not stand here: refused, misplaced, a variable's name, or misspelt. */
export function unknownKey({ key, at }: Entry, place: Place, also: readonly string[] = []): Problem {
  const shown = printable(key.length > 60 ? `${key.slice(0, 60)}…` : key);
  const refusedHere = place === 'directory' ? refusal(shown) : null;
  if (refusedHere) return { ...refusedHere, at };
  const known = keys.find(({ name }) => name === key);
  if (known) {
    const places = known.where
      .filter((where) => where !== 'require')
      .map((where) => placeText[where])
      .join(' or ');
    return {
      code: 'misplaced-key',
      message: `${shown} may not stand ${placeText[place]}; it belongs ${places}`,
      at,
    };
  }
  const setter = looksLikeVariable(key) ? variableKey(key) : undefined;
  if (setter) {
    const message = `${shown} is an environment variable; it is set with the key ${setter}`;
    return { code: 'unknown-key', message, fix: `write ${setter}: instead`, at };
  }
  const names = [...also, ...keyNames(place)];
  const guess = nearest(key, names);
  return {
    code: 'unknown-key',
    message: `unknown key ${JSON.stringify(shown)} ${placeText[place]}; the keys there are ${names.join(', ')}`,
    ...(guess && { fix: `did you mean ${guess}?` }),
    at,
  };
}
