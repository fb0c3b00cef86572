import { printable } from '../../display.ts';
import { BedrockenvError } from '../../errors.ts';
import { type Json, lineAndColumn, propertyAt, type SettingsText } from './text.ts';

/** The first value in a file that is not what its key takes. */
interface Misfit {
  path: readonly string[];
  /** What it must be. */
  expected: string;
}

type Shape = (value: Json, path: readonly string[]) => Misfit | null;

const is =
  (expected: string, fits: (value: Json) => boolean): Shape =>
  (value, path) =>
    fits(value) ? null : { path, expected };

const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: Json) => typeof value === 'string';

const text = is('a text', isText);
const flag = is('true or false', (value) => typeof value === 'boolean');
const flagOrNull = is('true or false', (value) => typeof value === 'boolean' || value === null);
const number = is('a number', (value) => typeof value === 'number');
const days = is('a whole number of days from 1', (value) => Number.isInteger(value) && Number(value) > 0);
const anyList = is('a list', Array.isArray);
const texts = is('a list of texts', (value) => Array.isArray(value) && value.every(isText));
const textOrTexts = is('a text or a list of texts', (value) => isText(value) || texts(value, []) === null);
const command = is('"command"', (value) => value === 'command');

/** An object whose known keys have these shapes, `needed` ones among them; it may have others. */
const object =
  (shapes: Readonly<Record<string, Shape>> = {}, needed: readonly string[] = []): Shape =>
  (value, path) => {
    if (!isObject(value)) return { path, expected: 'an object: { … }' };
    const missing = needed.find((name) => !Object.hasOwn(value, name));
    if (missing !== undefined) return { path, expected: `an object with ${missing}` };
    return firstOf(Object.keys(shapes), (name) =>
      Object.hasOwn(value, name) ? (shapes[name] as Shape)(value[name] as Json, [...path, name]) : null,
    );
  };

/** An object in which every value has this shape. */
const record =
  (shape: Shape): Shape =>
  (value, path) =>
    isObject(value)
      ? firstOf(Object.keys(value), (name) => shape(value[name] as Json, [...path, name]))
      : { path, expected: 'an object: { … }' };

const listOf =
  (shape: Shape): Shape =>
  (value, path) =>
    Array.isArray(value)
      ? firstOf([...value.keys()], (at) => shape(value[at], [...path, String(at)]))
      : { path, expected: 'a list' };

function firstOf<T>(all: readonly T[], find: (one: T) => Misfit | null): Misfit | null {
  for (const one of all) {
    const misfit = find(one);
    if (misfit) return misfit;
  }
  return null;
}

/** A hook of another type has other keys. */
const hook: Shape = (value, path) =>
  isObject(value) && value.type === 'command'
    ? object({ command: text, timeout: number }, ['command'])(value, path)
    : object({ type: text }, ['type'])(value, path);

const each = (shape: Shape, names: readonly string[]) => Object.fromEntries(names.map((name) => [name, shape]));

/**
 * What the keys of a settings file take: each was tried with a number, a text, true, an object, a list and null in Claude
 * Code 2.1.330. Keys that are not here take anything, or lose a wrong value alone; older versions are stricter.
 */
const file = object({
  ...each(text, [
    ...['$schema', 'advisorModel', 'agent', 'apiKeyHelper', 'autoMemoryDirectory', 'awsAuthRefresh'],
    ...['awsCredentialExport', 'gcpAuthRefresh', 'language', 'minimumVersion', 'model', 'otelHeadersHelper'],
    ...['outputStyle', 'plansDirectory', 'pluginTrustMessage', 'prUrlTemplate'],
  ]),
  ...each(flag, [
    ...['alwaysThinkingEnabled', 'autoMemoryEnabled', 'awaySummaryEnabled', 'fastMode', 'forceRemoteSettingsRefresh'],
    ...['includeCoAuthoredBy', 'includeGitInstructions', 'prefersReducedMotion', 'promptSuggestionEnabled'],
    ...['respectGitignore', 'showClearContextOnPlanAccept', 'showThinkingSummaries', 'spinnerTipsEnabled'],
    ...['syntaxHighlightingDisabled', 'terminalProgressBarEnabled', 'verbose', 'voiceEnabled'],
  ]),
  ...each(flagOrNull, [
    ...['allowManagedHooksOnly', 'allowManagedMcpServersOnly', 'allowManagedPermissionRulesOnly', 'channelsEnabled'],
    ...['disableAllHooks', 'disableSkillShellExecution', 'enableAllProjectMcpServers', 'enforceAvailableModels'],
    ...['fastModePerSessionOptIn', 'skipAutoPermissionPrompt', 'skipDangerousModePermissionPrompt'],
    ...['skipWebFetchPreflight', 'useAutoModeDuringPlan'],
  ]),
  ...each(texts, [
    ...['allowedHttpHookUrls', 'availableModels', 'claudeMdExcludes', 'companyAnnouncements', 'fallbackModel'],
    'httpHookAllowedEnvVars',
  ]),
  ...each(textOrTexts, ['disabledMcpjsonServers', 'enabledMcpjsonServers', 'forceLoginOrgUUID']),
  ...each(object(), ['autoMode', 'remote', 'voice', 'worktree', 'env']),
  ...each(record(object()), ['pluginConfigs']),
  attribution: object({ commit: text, pr: text }),
  cleanupPeriodDays: days,
  enabledPlugins: record(is('true, false or a list', (value) => typeof value === 'boolean' || Array.isArray(value))),
  fileSuggestion: object({ type: command, command: text }, ['type', 'command']),
  hooks: (value, path) => {
    const before = isObject(value) ? value.PreToolUse : undefined;
    const matchers = listOf(object({ matcher: text, hooks: listOf(hook) }, ['hooks']));
    return before === undefined || before === null ? null : matchers(before, [...path, 'PreToolUse']);
  },
  modelOverrides: record(text),
  permissions: object({ allow: anyList, deny: anyList, ask: anyList, additionalDirectories: texts, defaultMode: text }),
  sandbox: object({ enabled: flag }),
  statusLine: object({ type: command, command: text, padding: number }, ['type', 'command']),
});

/**
 * Whether Claude Code uses what a file says. One wrong value in a file of the user's or of a project makes it ignore all of
 * it; in a file of the machine it leaves out that value alone.
 * @throws {BedrockenvError} `settings-ignored` with FILE:LINE:COLUMN and what the value must be
 */
export function checkSettings(settings: SettingsText, path: string): void {
  const { body, root } = settings;
  const misfit = file(JSON.parse(body) as Json, []);
  if (misfit === null) return;
  // A place in a list is that of the list.
  const at = misfit.path.findIndex((name) => /^\d+$/.test(name));
  const property = propertyAt(root, at < 0 ? misfit.path : misfit.path.slice(0, at));
  const name = printable(misfit.path.join('.'));
  throw new BedrockenvError(
    'settings-ignored',
    `Claude Code ignores this whole file: ${name} must be ${misfit.expected}`,
    {
      where: `${path}:${lineAndColumn(body, property?.offset ?? 0)}`,
      fix: 'correct it, or remove it',
    },
  );
}
