import { type Aws, readAws, readUserConfig } from '@bedrockenv/core';
import type { Context } from '../context.ts';
import type { Asker, Choice } from '../questions/asker.ts';
import { awsCliHere, awsCliHint } from '../sign-in/aws-here.ts';
import { configureSso } from '../sign-in/configure.ts';
import { gather } from '../state/gather.ts';
import type { Answers, SettingKey } from './answers.ts';
import type { Given } from './given.ts';
import type { Machine } from './machine.ts';
import { modelChoices, modelRegions, profileChoices } from './offers.ts';
import { tilde } from './show.ts';

/**
 * Asks for everything that no flag has said. Nothing is written.
 * @throws {Interrupted} on Ctrl-C
 */
export async function askAll(context: Context, machine: Machine, given: Given, asker: Asker): Promise<Answers> {
  const now = present(context);
  const settings: Present = { ...given.settings };
  const shells = given.shells ?? (await askShells(machine, context.home, asker));

  settings.profile ??= await askProfile(context, now.profile, asker);
  const profile = settings.profile ?? now.profile;
  const own = profile === undefined ? undefined : readNow(context).profileRegion(profile);
  settings.region ??= await askRegion(own, now.region, profile !== undefined, asker);
  const region = settings.region ?? now.region ?? own;
  if (region !== undefined) settings.model ??= await askModel(region, now.model, asker);
  settings.scope ??= await asker.one(
    'Where should the AWS identity go?',
    marked(scopeChoices, now.scope, 'shell'),
    now.scope ?? 'shell',
  );
  settings.login ??= await asker.one(
    'When a session has expired:',
    marked(loginChoices, now.login, 'auto'),
    now.login ?? 'auto',
  );
  const says = Object.entries(settings).some(([key, value]) => value !== undefined && !isBuiltIn(key, value));
  const asksClaude = machine.claude && (says || Object.keys(now).length > 0);
  const claude = given.claude ?? (asksClaude && (await asker.yes(claudeQuestion, settings.scope === 'claude')));
  return { shells, writesRc: given.writesRc, settings: wanted(settings, now), claude };
}

const claudeQuestion =
  "Write it into Claude Code's own settings too, for editors and launchers that start it without a shell?";

const scopeChoices: Choice<string>[] = [
  { value: 'shell', label: 'shell', hint: 'the shell and all that it runs: aws, terraform, claude' },
  { value: 'claude', label: 'claude', hint: 'Claude Code alone; the shell keeps its own identity' },
];

const loginChoices: Choice<string>[] = [
  { value: 'auto', label: 'auto', hint: 'sign in by itself, at the prompt' },
  { value: 'ask', label: 'ask', hint: 'ask first' },
  { value: 'notify', label: 'notify', hint: 'only say so, in one line' },
  { value: 'off', label: 'off', hint: 'nothing' },
];

type Present = { [Key in SettingKey]?: string | undefined };

/** What `default:` says now. @throws {BedrockenvError} a user config that is broken */
function present({ state, base, home }: Context): Present {
  const { userConfig } = gather({ state, env: base, home }, null);
  const layer = userConfig.bytes ? readUserConfig(userConfig.bytes, userConfig.path).default : null;
  return layer ? textsOf(layer) : {};
}

function textsOf(layer: object): Present {
  const values = Object.entries(layer).map(([key, entry]) => [key, (entry as { value?: unknown })?.value]);
  return Object.fromEntries(values.filter(([, value]) => typeof value === 'string'));
}

function readNow(context: Context): { aws: Aws; profileRegion(name: string): string | undefined } {
  const { aws: files, unreadable } = gather({ state: context.state, env: context.base, home: context.home }, null);
  if (unreadable) throw unreadable;
  const aws = readAws(files);
  return { aws, profileRegion: (name) => aws.profile(name)?.region as string | undefined };
}

async function askShells({ shells }: Machine, home: string, asker: Asker): Promise<Answers['shells']> {
  const used = shells.filter(({ isUsed }) => isUsed);
  const choices = shells.map(({ name, rcFiles }) => ({
    value: name,
    label: name,
    hint: rcFiles.map((path) => tilde(path, home)).join(' · '),
  }));
  const initial = (used.length > 0 ? used : shells).map(({ name }) => name);
  return asker.several('Which shells?', choices, initial);
}

async function askProfile(context: Context, now: string | undefined, asker: Asker): Promise<string | undefined> {
  for (;;) {
    const { aws } = readNow(context);
    const profiles = profileChoices(aws, context);
    const adds = awsCliHere(context) !== null;
    if (profiles.length === 0 && !adds) {
      asker.tell(`There is no AWS profile yet, and no aws on PATH to make one with. ${awsCliHint()}`);
      return undefined;
    }
    const choice = await asker.one<string | null | false>(
      profiles.length === 0 ? 'There is no AWS profile yet.' : 'AWS profile where no directory says otherwise?',
      [
        { value: null, label: now === undefined ? 'none' : `as it is: ${now}`, hint: 'each directory says its own' },
        ...profiles,
        ...(adds ? [{ value: false as const, label: 'a new one', hint: 'with aws configure sso' }] : []),
      ],
      now ?? (profiles.length === 0 ? false : null),
    );
    if (choice !== false) return choice ?? undefined;
    const names = new Set(profiles.map(({ value }) => value));
    const failure = await configureSso(context);
    if (failure !== null) asker.tell(`aws configure sso made no profile: ${failure}`);
    const added = readNow(context)
      .aws.profileNames()
      .filter((name) => !names.has(name));
    if (added.length === 1) return added[0];
  }
}

async function askRegion(
  own: string | undefined,
  now: string | undefined,
  hasProfile: boolean,
  asker: Asker,
): Promise<string | undefined> {
  const regions = modelRegions();
  const unset = hasProfile ? `the profile's own${own === undefined ? '' : `, ${own}`}` : 'each directory says its own';
  const isGood = own === undefined ? !hasProfile : regions.includes(own);
  const keep =
    now === undefined
      ? { label: hasProfile ? "the profile's own" : 'none', hint: unset }
      : { label: `as it is: ${now}` };
  const choices: Choice<string | null>[] = [
    ...(isGood || now !== undefined ? [{ value: null, ...keep }] : []),
    ...regions.map((region) => ({ value: region, label: region })),
  ];
  const first = regions.find((region) => region.slice(0, 3) === own?.slice(0, 3));
  return (
    (await asker.one('Region? These have the models.', choices, isGood || now ? null : (first ?? null))) ?? undefined
  );
}

async function askModel(region: string, now: string | undefined, asker: Asker): Promise<string | undefined> {
  const choices = modelChoices(region);
  const keep = now === undefined ? "Claude Code's own choice" : `as it is: ${now}`;
  const chosen = await asker.one<string | null>(
    'Model to start with?',
    [{ value: null, label: keep }, ...choices],
    null,
  );
  return chosen ?? undefined;
}

function marked(choices: readonly Choice<string>[], now: string | undefined, builtIn: string): Choice<string>[] {
  const mark = now === undefined ? 'the default' : 'as it is';
  return choices.map((choice) =>
    choice.value === (now ?? builtIn) ? { ...choice, label: `${choice.label} (${mark})` } : choice,
  );
}

const isBuiltIn = (key: string, value: string) =>
  `${key} ${value}` === 'scope shell' || `${key} ${value}` === 'login auto';

/** Without what is so already: what is said now, or by default. */
function wanted(settings: Present, now: Present): Answers['settings'] {
  const differs = ([key, value]: [string, string | undefined]) =>
    value !== undefined && value !== (now[key as SettingKey] ?? (isBuiltIn(key, value) ? value : undefined));
  return Object.fromEntries(Object.entries(settings).filter(differs));
}
