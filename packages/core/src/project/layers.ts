import { printable } from '../display.ts';
import type { BedrockenvError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { DirectoryFile } from './directory-file.ts';
import { fileError, placeOf } from './problems.ts';
import type { UserConfig } from './user-config.ts';
import type { Layer, SettingKey, SettingValues } from './values.ts';

/** A value that won, and where it came from. */
export interface Setting<T> {
  value: T;
  /** `path:line`, or `default`. */
  source: string;
  /** For a mapping that is merged (`models`): where each of its keys came from. */
  sources?: Readonly<Record<string, string>>;
}

const builtIn = {
  routing: 'geo',
  login: 'auto',
  login_flow: 'auto',
  scope: 'shell',
  prompt_caching: true,
  notices: 'on',
} as const satisfies Partial<SettingValues>;

type Always = keyof typeof builtIn;

/** What holds in a directory. The keys that have a default are always there; `root` never is. */
export type Settings = { readonly [K in Always]: Setting<SettingValues[K]> } & {
  readonly [K in Exclude<SettingKey, Always | 'root'>]?: Setting<SettingValues[K]>;
};

export interface Layers {
  /** The directory files that apply, nearest first. */
  directoryFiles: readonly { path: string; file: DirectoryFile }[];
  userConfig: { path: string; config: UserConfig } | null;
}

interface Sourced {
  path: string;
  layer: Layer;
}

/**
 * Lays the layers over each other, outermost first: built-in defaults, `default:`, then the directory files from the
 * farthest to the nearest, each just above the environment that its `use:` names. `root: true` cuts off the directory
 * files above it, not `default:`. `models` is merged key by key, every other value is replaced whole.
 * @throws {BedrockenvError} `no-environment`, at the `use:` that names one that does not exist
 */
export function mergeLayers({ directoryFiles, userConfig }: Layers): Settings {
  const cut = directoryFiles.findIndex(({ file }) => file.layer.root?.value === true);
  const files = directoryFiles.slice(0, cut === -1 ? undefined : cut + 1).toReversed();
  const own: Sourced[] = [
    ...(userConfig ? [{ path: userConfig.path, layer: userConfig.config.default }] : []),
    ...files.map(({ path, file }) => ({ path, layer: file.layer })),
  ];
  const layers = [
    ...(userConfig ? [{ path: userConfig.path, layer: userConfig.config.top }] : []),
    ...own.flatMap((each) => [...environmentOf(each, userConfig), each]),
  ];
  const settings: Record<string, Setting<unknown>> = {};
  for (const [key, value] of Object.entries(builtIn)) settings[key] = { value, source: 'default' };
  for (const layer of layers) apply(layer, settings);
  return settings as Settings;
}

function apply({ path, layer }: Sourced, settings: Record<string, Setting<unknown>>): void {
  for (const [key, { value, line, lines }] of Object.entries(layer)) {
    if (key === 'root') continue;
    const source = placeOf(path, line);
    if (key !== 'models') {
      settings[key] = { value, source };
      continue;
    }
    const below = settings[key] as Setting<object> | undefined;
    const sources = Object.fromEntries(Object.entries(lines ?? {}).map(([tier, at]) => [tier, `${path}:${at}`]));
    settings[key] = {
      value: { ...below?.value, ...(value as object) },
      source,
      sources: { ...below?.sources, ...sources },
    };
  }
}

function environmentOf({ path, layer }: Sourced, userConfig: Layers['userConfig']): Sourced[] {
  if (layer.use === undefined) return [];
  const found = userConfig?.config.environments.get(layer.use.value);
  if (userConfig === null || found === undefined) throw noEnvironment(layer.use, path, userConfig);
  return [{ path: userConfig.path, layer: found }];
}

function noEnvironment(
  use: NonNullable<Layer['use']>,
  path: string,
  userConfig: Layers['userConfig'],
): BedrockenvError {
  const name = printable(JSON.stringify(use.value));
  const names = [...(userConfig?.config.environments.keys() ?? [])];
  const guess = nearest(use.value, names);
  const there =
    userConfig === null
      ? 'there is no user config'
      : `${userConfig.path} has ${names.length === 0 ? 'no environments' : names.map(printable).join(', ')}`;
  return fileError(
    {
      code: 'no-environment',
      message: `use: there is no environment ${name}; ${there}`,
      fix: guess ? `did you mean ${printable(guess)}?` : 'name it under environments: in the user config',
      at: use,
    },
    path,
  );
}
