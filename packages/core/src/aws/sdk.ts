import { emptySection, type Section } from './section.ts';

/** The lines of a section, or of one of its parts where its header stands several times. */
interface Part {
  text: string;
  begin: number;
  end: number;
}

/** All parts, as they come; of keys alike the last one counts. */
type Parts = readonly Part[];

/** What the SDK finds, by name. */
export interface SdkFiles {
  profiles: Map<string, Parts>;
  ssoSessions: Map<string, Parts>;
}

/**
 * The profiles as the AWS SDK for JavaScript reads them from the same two files. It is tolerant where the AWS CLI is
 * strict, cuts values at ` #` and ` ;`, keeps the case of keys, leaves out empty values, and does not see profiles
 * whose names have spaces or letters beyond ASCII.
 *
 * @param files their texts, of any line ends; '' for a file that does not exist
 * @returns where each profile and sso-session stands, for sdkSection
 * @see @smithy/core 3.33, submodules/config/shared-ini-file-loader: parseIni, getConfigData, mergeConfigFiles,
 *   getSsoSessionData
 */
export function readSdkFiles(files: { config: string; credentials: string }): SdkFiles {
  const profiles = new Map<string, Parts>();
  const ssoSessions = new Map<string, Parts>();
  const config = findSections(files.config);
  const fallback = config.get('default');
  if (fallback) profiles.set('default', fallback);
  for (const [key, parts] of config) {
    if (key.startsWith(sessionPrefix)) ssoSessions.set(key.slice(sessionPrefix.length), parts);
    if (!key.startsWith(profilePrefix)) continue;
    // `profile default` replaces `default`.
    const name = key.slice(profilePrefix.length);
    if (isListed(name)) profiles.set(name, parts);
  }
  for (const [name, parts] of findSections(files.credentials)) {
    if (isListed(name)) profiles.set(name, [...(profiles.get(name) ?? []), ...parts]);
  }
  return { profiles, ssoSessions };
}

/** The settings in all parts of a section; the SDK cannot hold a key `__proto__`. */
export function sdkSection(parts: Parts): Section {
  const section = emptySection<string>();
  for (const part of parts) readPart(part, section);
  return section;
}

const profilePrefix = 'profile.';
const sessionPrefix = 'sso-session.';
const prefixes = ['profile', 'sso-session', 'services'];

/** Neither another kind of section, nor a name that the SDK loses because its maps are ordinary objects. */
const isListed = (name: string) => !(name in {}) && !name.startsWith(sessionPrefix) && !name.startsWith('services.');

/** Prefix and name of a section; others keep their whole text as their name. */
const prefixed = /^([\w-]+)\s(["'])?([\w\-@+.%:/]+)\2$/;
const comment = /(?:^|\s)[;#]/;

/**
 * Where the sections stand. One appears with its first setting. One that the SDK refuses by name makes it drop the
 * whole file.
 */
function findSections(text: string): Map<string, Parts> {
  const sections = new Map<string, Part[]>();
  let section: string | null = null;
  let part: Part | null = null;
  let start = 0;

  for (let begin = 0, end = 0; begin < text.length; begin = end + 1) {
    end = text.indexOf('\n', begin);
    if (end === -1) end = text.length;
    // Of a section that has appeared, only the next header counts.
    if (part !== null && isNoHeader(text.charCodeAt(begin))) continue;
    const line = withoutComment(text.slice(begin, end));
    if (line.startsWith('[') && line.endsWith(']')) {
      const name = line.slice(1, -1);
      if (name === '__proto__' || name === 'profile __proto__') return new Map();
      if (part !== null) part.end = begin;
      section = sectionKey(name);
      part = null;
      start = end + 1;
      continue;
    }
    const equals = line.indexOf('=');
    if (!section || part !== null || equals < 1 || equals === line.length - 1) continue;
    part = { text, begin: start, end: text.length };
    const parts = sections.get(section);
    if (parts) parts.push(part);
    else sections.set(section, [part]);
  }
  return sections;
}

/** Whether a line that begins with this is none, however it goes on. */
const isNoHeader = (code: number) => code > 0x20 && code < 0x7f && code !== 0x5b;

function readPart({ text, begin, end }: Part, section: Record<string, string>): void {
  let block: string | null = null;
  for (const line of text.slice(begin, end).split('\n')) {
    const trimmed = withoutComment(line);
    const equals = trimmed.indexOf('=');
    if (equals < 1) continue;
    const key = trimmed.slice(0, equals).trim();
    const value = trimmed.slice(equals + 1).trim();
    if (value === '') {
      block = key;
      continue;
    }
    if (block !== null && line.trimStart() === line) block = null;
    const full = block ? `${block}.${key}` : key;
    if (full !== '__proto__') section[full] = value;
  }
}

function sectionKey(name: string): string | null {
  const found = prefixed.exec(name);
  if (!found) return name;
  const [, prefix = '', , rest] = found;
  return prefixes.includes(prefix) ? `${prefix}.${rest}` : null;
}

function withoutComment(line: string): string {
  if (!line.includes('#') && !line.includes(';')) return line.trim();
  const found = comment.exec(line);
  return (found ? line.slice(0, found.index) : line).trim();
}
