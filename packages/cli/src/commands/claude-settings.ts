import {
  ownershipOf,
  printable,
  type SettingsChange,
  settingsObject,
  undoSettings,
  type WantedKey,
  type Warning,
} from '@bedrockenv/core';
import { unignoreInGit } from '../claude/git-ignore.ts';
import { type Scope, scopes, settingsPath } from '../claude/places.ts';
import { mergeInto, readSettingsFile, type SettingsFile, writeSettingsFile } from '../claude/settings-file.ts';
import { keepOutOfGit } from '../claude/sync.ts';
import { wantedFor } from '../claude/wanted.ts';
import { type Command, type Input, word } from '../command.ts';
import type { Context } from '../context.ts';
import { printJson } from '../output/json.ts';
import { say } from '../output/messages.ts';
import { shownChange, shownValue } from '../output/preview.ts';
import { stdout } from '../output/streams.ts';
import { resolveLocated } from '../resolution.ts';
import type { Found } from '../state/directory.ts';
import { type Located, locate } from '../state/located.ts';
import { usage } from '../usage.ts';

export const claudeSettings: Command = {
  name: 'claude-settings',
  summary: "Put what applies here into one of Claude Code's settings files, key by key; without a flag only print it.",
  args: [],
  flags: [
    {
      name: 'scope',
      value: 'SCOPE',
      summary: 'which file; without it local in a project, user elsewhere',
      choices: scopes,
    },
    { name: 'diff', summary: 'show the keys that differ; exit code 1 if there are any' },
    { name: 'write', summary: 'write them; every other byte of the file stays' },
    { name: 'undo', summary: 'take back what was written; what was edited by hand since stays' },
    { name: 'json', summary: 'for programs' },
  ],
  examples: [
    ['bedrockenv claude-settings', 'what would be written'],
    ['bedrockenv claude-settings --write', 'for editors and launchers that do not run in this shell'],
    ['bedrockenv claude-settings --diff', 'is the file still right? for scripts too'],
    ['bedrockenv claude-settings --undo', 'the file as it was before'],
  ],
  async run(input, context) {
    const actions = ['diff', 'write', 'undo'].filter((name) => input.flags[name] === true);
    if (actions.length > 1) throw usage('claude-settings', `give only one of --${actions.join(', --')}`);
    const located = locate(context.state, context.cwd());
    const scope = (word(input, 'scope') ?? (located.applies || located.blocked ? 'local' : 'user')) as Scope;
    if (input.flags.undo) return undo(input, context, scope, located);

    if (located.blocked) throw located.blocked;
    const file = fileOf(context, scope, located.applies);
    const resolved = resolveLocated(context, located);
    const { keys, warnings } = wantedFor(resolved, scope, context.base);
    const merged = mergeInto(file, keys, scope);
    const report: Report = { scope, path: file.path, keys, changes: merged.changes, warnings };
    if (input.flags.write) {
      // What `scope: claude` would have written by itself is also taken back as that is.
      const automatic = scope === 'local' && resolved.settings.scope.value === 'claude';
      writeSettingsFile(context.state, file, merged, { ...modeOf(scope), automatic });
      if (scope === 'local') keepOutOfGit(context, file);
    }
    return tell(input, report);
  },
};

interface Report {
  scope: Scope;
  path: string;
  keys: readonly WantedKey[];
  changes: readonly SettingsChange[];
  warnings: readonly Warning[];
}

function tell({ flags }: Input, { scope, path, keys, changes, warnings }: Report): number {
  for (const { message, fix } of warnings) say(fix ? `${message}; ${fix}` : message);
  const isWritten = flags.write === true;
  if (flags.json) {
    printJson({
      scope,
      file: path,
      settings: settingsObject(keys),
      changes: changes.map(({ path: key, found, value, isDrift }) => ({
        key: key.join('.'),
        found: found === undefined ? null : shownValue(found),
        wanted: value ?? null,
        drift: isDrift,
      })),
      written: isWritten && changes.length > 0,
    });
  } else if (flags.diff) stdout(differences(path, changes));
  else if (!isWritten) printJson(settingsObject(keys));

  if (isWritten) say(changes.length > 0 ? `${path} is written (${names(changes)})` : `${path} is right already`);
  else if (changes.length === 0) say(`${path} is right`);
  else {
    const drift = changes.filter(({ isDrift }) => isDrift);
    const what = drift.length > 0 ? `was changed by hand (${names(drift)})` : `differs (${names(changes)})`;
    say(`${path} ${what}; to write it: bedrockenv claude-settings --scope ${scope} --write`);
  }
  return flags.diff && changes.length > 0 ? 1 : 0;
}

/** Only our keys: the lines around them may hold secrets. */
function differences(path: string, changes: readonly SettingsChange[]): string {
  if (changes.length === 0) return '';
  const lines = changes.flatMap(shownChange).map(([sign, line]) => sign + line);
  return `${[`--- ${printable(path)}`, `+++ ${printable(path)}`, ...lines].join('\n')}\n`;
}

function names(changes: readonly SettingsChange[]): string {
  return changes.map(({ path }) => path.at(-1)).join(', ');
}

function undo({ flags }: Input, context: Context, scope: Scope, located: Located): number {
  const file = fileOf(context, scope, located.applies ?? located.nearest);
  const { text, record, path } = file;
  const ownership = ownershipOf(record, text);
  const next = undoSettings(text, ownership, path);
  writeSettingsFile(context.state, file, { text: next, ownership: null });
  unignoreInGit(record.ignored);
  if (flags.json) printJson({ scope, file: path, written: next !== text });
  if (ownership === null) say(`${path}: nothing of it was written by bedrockenv`);
  else say(next === null ? `${path} is removed, as it was before` : `${path} is as it was before`);
  return 0;
}

function fileOf({ state, base, home, cwd }: Context, scope: Scope, project: Found | null): SettingsFile {
  const dir = project?.root ?? cwd();
  return readSettingsFile(state, settingsPath(scope, { env: base, home, dir }));
}

/** The user's file may come to hold secrets; the others are for all who may read the folder. */
function modeOf(scope: Scope): { mode?: number } {
  if (scope === 'user') return { mode: 0o600 };
  return scope === 'managed' ? { mode: 0o644 } : {};
}
