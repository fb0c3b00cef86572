import { nearest, readAws } from '@bedrockenv/core';
import { type Input, word, words } from '../command.ts';
import type { Context } from '../context.ts';
import { classify } from '../edit/classify.ts';
import { regionFlag } from '../region-flag.ts';
import { isShellName, type ShellName } from '../shells.ts';
import { gather } from '../state/gather.ts';
import { usage } from '../usage.ts';
import type { Answers, SettingKey } from './answers.ts';
import type { Machine } from './machine.ts';

/** What flags said; all else is asked for, or left as it is. */
export interface Given {
  shells?: readonly ShellName[];
  writesRc: boolean;
  settings: Answers['settings'];
  claude?: boolean;
}

/** @throws {BedrockenvError} `usage`, exit code 2, with the nearest right one */
export function givenBy(input: Input, context: Context, machine: Machine): Given {
  const shells = shellsOf(words(input, 'shell'), machine);
  const settings: Partial<Record<SettingKey, string>> = {};
  const put = (key: SettingKey, value: string | undefined) => {
    if (value !== undefined) settings[key] = value;
  };
  put('profile', profileOf(input, context));
  put('region', regionFlag('setup', input));
  put('model', modelOf(input));
  put('scope', word(input, 'scope'));
  put('login', word(input, 'login'));
  return {
    ...(shells.length > 0 ? { shells } : {}),
    writesRc: input.flags['no-rc'] !== true,
    settings,
    ...(input.flags['claude-settings'] === true ? { claude: true } : {}),
  };
}

/** The answers of a script: what it did not say stays as it is. */
export function withoutAsking({ shells, writesRc, settings, claude }: Given, machine: Machine): Answers {
  return {
    shells: shells ?? machine.shells.map(({ name }) => name),
    ...{ writesRc, settings },
    // Without the settings Claude Code would have no identity outside of projects.
    claude: claude ?? (machine.claude && settings.scope === 'claude'),
  };
}

function shellsOf(asked: readonly string[], { shells }: Machine): ShellName[] {
  return asked.map((name) => {
    if (!isShellName(name)) throw usage('setup', `there is no hook for ${name}`);
    if (shells.some((shell) => shell.name === name)) return name;
    throw usage('setup', `there is no ${name} on PATH`, 'leave it out, or install it first');
  });
}

function profileOf(input: Input, { state, base, home }: Context): string | undefined {
  const name = word(input, 'profile');
  if (name === undefined) return undefined;
  const { aws, unreadable } = gather({ state, env: base, home }, null);
  if (unreadable) throw unreadable;
  const names = readAws(aws).profileNames();
  if (names.includes(name)) return name;
  const near = nearest(name, names);
  throw usage(
    'setup',
    `there is no AWS profile ${name}`,
    near ? `did you mean ${near}?` : 'to see them: bedrockenv profiles',
  );
}

function modelOf(input: Input): string | undefined {
  const name = word(input, 'model');
  if (name === undefined) return undefined;
  classify(name, { profiles: [], environments: [], aliases: [] });
  return name;
}
