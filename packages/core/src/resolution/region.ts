import { type Aws, settingOf } from '../aws/index.ts';
import { knownRegions } from '../bedrock/index.ts';
import { printable } from '../display.ts';
import type { Env } from '../env.ts';
import type { Warning } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Settings } from '../project/index.ts';

/** What Claude Code falls back to (2.1.330). */
const fallback = 'us-east-1';

/** A region, and where it was decided: `path:line`, `shell`, or `default`. */
export interface Region {
  value: string;
  source: string;
  warnings: readonly Warning[];
}

/**
 * The region of a directory: its own setting, the chosen profile's, AWS_REGION, AWS_DEFAULT_REGION, the ambient
 * profile's, us-east-1. A chosen profile comes before the shell's variables, because it was named for this directory.
 * @param chosen the profile that the settings name
 * @param ambient the profile of the ambient credentials
 */
export function regionOf(
  aws: Aws,
  settings: Settings,
  chosen: string | null,
  ambient: string | null,
  env: Env,
): Region {
  const decided = settings.region ?? ofProfile(aws, chosen);
  if (decided) return { value: decided.value, source: decided.source, warnings: [] };
  const shell = fromShell(env);
  if (shell.value !== null) return { ...shell, value: shell.value };
  const own = chosen === null ? ofProfile(aws, ambient) : null;
  if (own) return { ...own, warnings: shell.warnings };
  const warning = {
    code: 'no-region',
    message: `no region is set, so Amazon Bedrock in ${fallback} is used`,
    fix: 'set region: in .bedrockrc',
  };
  return { value: fallback, source: 'default', warnings: [...shell.warnings, warning] };
}

function ofProfile(aws: Aws, name: string | null): { value: string; source: string } | null {
  const section = name === null ? undefined : aws.profile(name);
  const value = section && settingOf(section, 'region');
  return value ? { value, source: aws.where(name as string, 'region') ?? 'default' } : null;
}

/** Whether a text has the form of a region, of one that is yet to come too. */
export function isRegionName(text: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(text);
}

/**
 * What Claude Code makes of a region that it is given: without white space around it, and whether or not there is such a
 * region. Null for what can be no part of a host's name, which it passes over (2.1.330, measured).
 */
export function clientRegion(text: string): string | null {
  const region = text.trim();
  return /^[a-z\d][a-z\d-]*[a-z\d]$/i.test(region) ? region : null;
}

/** A variable that is no region is passed over: what is set instead is one. */
function fromShell(env: Env): { value: string | null; source: string; warnings: Warning[] } {
  const warnings: Warning[] = [];
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION'] as const) {
    const value = env[name];
    if (!value) continue;
    if (isRegionName(value)) return { value, source: 'shell', warnings };
    const message = `${name} is ${JSON.stringify(printable(value))}, which is no region and is passed over`;
    const near = nearest(value, knownRegions);
    warnings.push({ code: 'region-malformed', message, fix: near ? `did you mean ${near}?` : 'set region:' });
  }
  return { value: null, source: 'shell', warnings };
}
