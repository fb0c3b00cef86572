import { printable } from '../display.ts';
import { BedrockenvError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { checkValue } from './check.ts';
import { keyAt, keyNames } from './keys.ts';
import { nowhere, type Problem } from './problems.ts';
import { refusal, variableKey } from './refused.ts';
import { isClean } from './text.ts';
import type { Layer, Positioned, SettingKey } from './values.ts';

/** The keys of a directory file that have one plain value: all but a mapping, and `root`, for words have nothing above. */
export const wordKeys: readonly SettingKey[] = keyNames('directory').filter(
  (name) => name !== 'models' && name !== 'root',
);

/**
 * Reads the words of `use bedrock KEY=VALUE…` in an `.envrc`: keys of a directory file, checked in the same way. They
 * stand in no file that is read here, so their positions are {@link nowhere}.
 * @throws {BedrockenvError} for the first wrong word, which it names; exit code 2
 */
export function readWords(words: readonly string[]): Layer {
  const layer: Record<string, Positioned<unknown>> = {};
  if (words.length === 0)
    throw new BedrockenvError('usage', 'use bedrock: which words?', { exitCode: 2, fix: example });
  for (const word of words) {
    const [key, value] = split(word);
    const entry = wordKeys.some((name) => name === key) ? keyAt(key, 'directory') : undefined;
    if (entry === undefined) throw wrong(word, unknownKey(key));
    if (Object.hasOwn(layer, key)) throw wrong(word, { code: 'duplicate-key', message: `${key} is given twice` });
    const checked = checkValue(entry, { kind: 'scalar', value, at: nowhere });
    if ('problems' in checked) throw wrong(word, checked.problems[0] as Problem);
    layer[key] = { value: checked.value, ...nowhere };
  }
  return layer as Layer;
}

const example = 'write for example: use bedrock profile=corp-dev region=eu-central-1';

function split(word: string): [key: string, value: string] {
  if (!isClean(word)) throw wrong(word, { code: 'control-character', message: 'it has a control character' });
  // What stands for bytes that are no UTF-8: the plan would be for another text than the one that was asked for.
  if (word.includes('\ufffd')) throw wrong(word, { code: 'not-utf8', message: 'it is not valid UTF-8' });
  const at = word.indexOf('=');
  if (at > 0) return [word.slice(0, at), word.slice(at + 1)];
  const guess = nearest(word.replace(/^[-=]+/, ''), wordKeys);
  throw wrong(word, {
    code: 'usage',
    message: 'it is not KEY=VALUE',
    fix: guess ? `did you mean ${guess}=…?` : example,
  });
}

function unknownKey(key: string): Omit<Problem, 'at'> {
  if (keyNames('directory').some((name) => name === key)) {
    return { code: 'misplaced-key', message: `${key} may not stand here`, fix: 'write it in a .bedrockrc' };
  }
  const setter = variableKey(key);
  const fix = setter && wordKeys.some((name) => name === setter) ? `write ${setter}=… instead` : 'take it out';
  const refused = refusal(key);
  if (refused) return { ...refused, fix };
  const guess = nearest(key.replace(/^-+/, ''), wordKeys);
  return {
    code: 'unknown-key',
    message: `there is no such key; there are ${wordKeys.join(', ')}`,
    ...(guess && { fix: `did you mean ${guess}=…?` }),
  };
}

function wrong(word: string, { code, message, fix }: Omit<Problem, 'at'>): BedrockenvError {
  const shown = printable(word.length > 60 ? `${word.slice(0, 60)}…` : word);
  const details = { exitCode: 2, ...(fix !== undefined && { fix: printable(fix) }) };
  return new BedrockenvError(code, `use bedrock: '${shown}': ${printable(message)}`, details);
}
