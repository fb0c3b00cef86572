import { printable } from '../display.ts';
import { decodeText, withLineFeeds } from './decode.ts';
import { profileMap } from './profile-map.ts';
import { type ScannedFile, type ScannedSection, scan } from './scan.ts';
import { readSdkFiles, sdkSection } from './sdk.ts';
import { type AwsFile, emptySection, type Section } from './section.ts';
import { readSection } from './values.ts';

/** What stands in the two AWS files. Sections are read when they are asked for; an unknown name gives undefined. */
export interface Aws {
  /** In the order of `aws configure list-profiles`. */
  profileNames(): string[];
  /** Both files merged key by key; the credentials file wins. */
  profile(name: string): Section | undefined;
  /** What the credentials file alone has for a profile. */
  credentials(name: string): Section | undefined;
  ssoSessionNames(): string[];
  ssoSession(name: string): Section | undefined;
  servicesNames(): string[];
  services(name: string): Section | undefined;
  /** The profiles that the AWS SDK for JavaScript sees, which is what Claude Code reads the files with. */
  sdkProfileNames(): string[];
  /** Whether it is one of them: much faster than reading it. */
  sdkSees(name: string): boolean;
  sdkProfile(name: string): Section | undefined;
  sdkSsoSession(name: string): Section | undefined;
  /** Whether the text occurs in a value of a profile, in either file: much faster than reading the profile. */
  mentions(profile: string, text: string): boolean;
  /** Sections of the config file that the AWS CLI takes for nothing: the header's text, and FILE:LINE. */
  ignored(): { header: string; where: string }[];
  /** The files that exist and are not read, as the AWS CLI does not. */
  unread(): AwsFile[];
  /** FILE:LINE of a profile's header, or of one of its keys; undefined where there is none. */
  where(profile: string, key?: string): string | undefined;
  /** The same of an sso-session. */
  whereSession(name: string, key?: string): string | undefined;
}

/**
 * Reads the AWS CLI's two files as botocore does (session.py, full_config).
 *
 * @throws BedrockenvError `aws-config` with FILE:LINE, for a file that the AWS CLI would refuse as a whole
 */
export function readAws(files: { config: AwsFile; credentials: AwsFile }): Aws {
  const configText = textOf(files.config);
  const config = scan(withLineFeeds(configText), files.config.path);
  const credentialsText = textOf(files.credentials);
  const credentials = scan(withLineFeeds(credentialsText), files.credentials.path);
  const { profiles, ssoSessions, services, ignored } = profileMap(config.sections.values());
  const sdk = once(() => readSdkFiles({ config: configText, credentials: credentialsText }));
  const merged = new Map<string, Section>();

  // One is kept: a session is asked for as often as there are profiles with it, and of thousands of profiles each once.
  const fromConfig = (map: Map<string, ScannedSection>) => {
    let last: ScannedSection | undefined;
    let settings: Section = {};
    return (name: string) => {
      const section = map.get(name);
      if (section && section !== last) settings = readSection(config, section);
      last = section ?? last;
      return section && settings;
    };
  };
  const profileOfConfig = fromConfig(profiles);
  const fromCredentials = (name: string) => {
    const section = credentials.sections.get(name);
    return section && readSection(credentials, section);
  };
  const profile = (name: string) => {
    const known = merged.get(name);
    if (known) return known;
    const above = fromCredentials(name);
    const below = profileOfConfig(name);
    if (!above || !below) return above ?? below;
    const section = Object.assign(emptySection<Section[string]>(), below, above);
    merged.set(name, section);
    return section;
  };

  return {
    profileNames: () => [...profiles.keys(), ...[...credentials.sections.keys()].filter((name) => !profiles.has(name))],
    profile,
    credentials: fromCredentials,
    ssoSessionNames: () => [...ssoSessions.keys()],
    ssoSession: fromConfig(ssoSessions),
    servicesNames: () => [...services.keys()],
    services: fromConfig(services),
    sdkProfileNames: () => [...sdk().profiles.keys()],
    sdkSees: (name) => sdk().profiles.has(name),
    sdkProfile: (name) => {
      const parts = sdk().profiles.get(name);
      return parts && sdkSection(parts);
    },
    sdkSsoSession: (name) => {
      const parts = sdk().ssoSessions.get(name);
      return parts && sdkSection(parts);
    },
    mentions: (name, text) =>
      hasText(config, profiles.get(name), text) || hasText(credentials, credentials.sections.get(name), text),
    ignored: () =>
      ignored.map((section) => ({ header: section.name, where: `${printable(config.path)}:${section.line}` })),
    unread: () => [files.config, files.credentials].filter(({ unread }) => unread !== undefined),
    where: (name, key) => {
      const inConfig = place(config, profiles.get(name), key);
      const inCredentials = place(credentials, credentials.sections.get(name), key);
      // A key of the credentials file hides the same key of the config file.
      return key === undefined ? (inConfig ?? inCredentials) : (inCredentials ?? inConfig);
    },
    whereSession: (name, key) => place(config, ssoSessions.get(name), key),
  };
}

function textOf({ path, bytes }: AwsFile): string {
  return bytes === null ? '' : decodeText(bytes, path);
}

function hasText(file: ScannedFile, section: ScannedSection | undefined, text: string): boolean {
  if (!section) return false;
  return [section, file.defaults].some(({ keys, spans, at }) => {
    return keys.length > 0 && file.text.slice(spans[at], spans[at + 3 * keys.length - 2]).includes(text);
  });
}

function place(file: ScannedFile, section: ScannedSection | undefined, key?: string): string | undefined {
  if (!section) return undefined;
  const line = key === undefined ? section.line : (lineOf(section, key) ?? lineOf(file.defaults, key));
  return line === undefined ? undefined : `${printable(file.path)}:${line}`;
}

function lineOf({ keys, spans, at }: ScannedSection, key: string): number | undefined {
  const index = keys.indexOf(key);
  return index === -1 ? undefined : spans[at + 3 * index + 2];
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
