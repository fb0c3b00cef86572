import type { ScannedSection } from './scan.ts';
import { shellWords } from './shell-words.ts';

/** The sections of the config file by what they describe and by name; where two give one name, the later one counts. */
export interface ProfileMap {
  profiles: Map<string, ScannedSection>;
  ssoSessions: Map<string, ScannedSection>;
  services: Map<string, ScannedSection>;
  /** Those that describe none of these, for the AWS CLI. */
  ignored: ScannedSection[];
}

/**
 * Sorts the sections of the config file as botocore does: a name that starts with `profile`, `sso-session` or
 * `services` and has exactly two shell words (so `[profiles x]` is profile x), and `default`. Others are ignored.
 *
 * @see botocore's configloader.py (build_profile_map)
 */
export function profileMap(sections: Iterable<ScannedSection>): ProfileMap {
  const map: ProfileMap = { profiles: new Map(), ssoSessions: new Map(), services: new Map(), ignored: [] };
  for (const section of sections) {
    const { name } = section;
    if (name.startsWith('profile')) add(map, map.profiles, section);
    else if (name.startsWith('sso-session')) add(map, map.ssoSessions, section);
    else if (name.startsWith('services')) add(map, map.services, section);
    else if (name === 'default') map.profiles.set(name, section);
    else if (!own.includes(name)) map.ignored.push(section);
  }
  return map;
}

/** Sections that are about the AWS CLI itself. */
const own = ['plugins', 'preview'];

function add({ ignored }: ProfileMap, to: Map<string, ScannedSection>, section: ScannedSection): void {
  const second = secondWord(section.name);
  if (second === null) ignored.push(section);
  else to.set(second, section);
}

/** One space, and nothing that a shell would treat specially: the name as nearly everyone writes it. */
const plain = /^[^\s"'\\]+ [^\s"'\\]+$/;

function secondWord(name: string): string | null {
  if (plain.test(name)) return name.slice(name.indexOf(' ') + 1);
  const words = shellWords(name);
  return words?.length === 2 ? (words[1] as string) : null;
}
