import { type AwsFile, emptySection, type Section } from './section.ts';

/** Keys and values in turn, as they come; of keys alike the last one counts. */
type Settings = string[];

/** What the SDK finds, by name. */
export interface SdkFiles {
  profiles: Map<string, Settings>;
  ssoSessions: Map<string, Settings>;
}

/**
 * The profiles as the AWS SDK for JavaScript reads them from the same two files. It is tolerant where the AWS CLI is
 * strict, cuts values at ` #` and ` ;`, keeps the case of keys, leaves out empty values, and does not see profiles
 * whose names have spaces or letters beyond ASCII.
 *
 * @returns the settings of each profile and sso-session, for sdkSection
 * @see @smithy/core 3.33, submodules/config/shared-ini-file-loader: parseIni, getConfigData, mergeConfigFiles,
 *   getSsoSessionData
 */
export function readSdkFiles(files: { config: AwsFile; credentials: AwsFile }): SdkFiles {
  const profiles = new Map<string, Settings>();
  const ssoSessions = new Map<string, Settings>();
  const config = parse(files.config);
  for (const [name, settings] of configProfiles(config)) if (isListed(name)) profiles.set(name, settings);
  for (const [name, settings] of parse(files.credentials)) {
    if (isListed(name)) profiles.set(name, [...(profiles.get(name) ?? []), ...settings]);
  }
  for (const [name, settings] of config) {
    if (name.startsWith(sessionPrefix)) ssoSessions.set(name.slice(sessionPrefix.length), settings);
  }
  return { profiles, ssoSessions };
}

/** The section of settings; the SDK cannot hold a key `__proto__`. */
export function sdkSection(settings: Settings): Section {
  const section = emptySection<string>();
  for (let at = 0; at < settings.length; at += 2) {
    const key = settings[at] as string;
    if (key !== '__proto__') section[key] = settings[at + 1] as string;
  }
  return section;
}

const sessionPrefix = 'sso-session.';
const prefixes = ['profile', 'sso-session', 'services'];

/** Neither another kind of section, nor a name that the SDK loses because its maps are ordinary objects. */
const isListed = (name: string) => !(name in {}) && !name.startsWith(sessionPrefix) && !name.startsWith('services.');

/** `default`, then the sections with a known prefix; `profile default` replaces `default`. */
function configProfiles(sections: Map<string, Settings>): Map<string, Settings> {
  const profiles = new Map<string, Settings>();
  const fallback = sections.get('default');
  if (fallback) profiles.set('default', fallback);
  for (const [key, settings] of sections) {
    const at = key.indexOf('.');
    if (at !== -1 && prefixes.includes(key.slice(0, at))) {
      profiles.set(key.startsWith('profile.') ? key.slice(at + 1) : key, settings);
    }
  }
  return profiles;
}

/** Prefix and name of a section; others keep their whole text as their name. */
const prefixed = /^([\w-]+)\s(["'])?([\w\-@+.%:/]+)\2$/;
const comment = /(?:^|\s)[;#]/;

/** A section appears with its first setting. One that the SDK refuses by name makes it drop the whole file. */
function parse({ bytes }: AwsFile): Map<string, Settings> {
  const sections = new Map<string, Settings>();
  if (bytes === null) return sections;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let section: string | null = null;
  let block: string | null = null;

  for (let begin = 0, end = 0; end < text.length; begin = end + 1) {
    end = text.indexOf('\n', begin);
    if (end === -1) end = text.length;
    const line = text.slice(begin, end);
    const trimmed = beforeComment(line).trim();
    if (trimmed === '') continue;

    if (trimmed.startsWith('[') && trimmed.endsWith(']')) {
      const name = trimmed.slice(1, -1);
      if (name === '__proto__' || name === 'profile __proto__') return new Map();
      section = sectionKey(name);
      block = null;
      continue;
    }
    const equals = trimmed.indexOf('=');
    if (!section || equals < 1) continue;
    const key = trimmed.slice(0, equals).trim();
    const value = trimmed.slice(equals + 1).trim();
    if (value === '') {
      block = key;
      continue;
    }
    if (block !== null && line.trimStart() === line) block = null;
    const settings = sections.get(section);
    const full = block ? `${block}.${key}` : key;
    if (settings) settings.push(full, value);
    else sections.set(section, [full, value]);
  }
  return sections;
}

function sectionKey(name: string): string | null {
  const found = prefixed.exec(name);
  if (!found) return name;
  const [, prefix = '', , rest] = found;
  return prefixes.includes(prefix) ? `${prefix}.${rest}` : null;
}

function beforeComment(line: string): string {
  if (!line.includes('#') && !line.includes(';')) return line;
  const found = comment.exec(line);
  return found ? line.slice(0, found.index) : line;
}
