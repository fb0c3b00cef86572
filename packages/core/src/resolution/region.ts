import { type Aws, settingOf } from '../aws/index.ts';
import type { Env } from '../env.ts';
import type { Warning } from '../errors.ts';
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
  const found =
    settings.region ?? ofProfile(aws, chosen) ?? fromShell(env) ?? (chosen === null ? ofProfile(aws, ambient) : null);
  if (found) return { value: found.value, source: found.source, warnings: [] };
  const warning = {
    code: 'no-region',
    message: `no region is set, so Amazon Bedrock in ${fallback} is used`,
    fix: 'set region: in .bedrockrc',
  };
  return { value: fallback, source: 'default', warnings: [warning] };
}

function ofProfile(aws: Aws, name: string | null): { value: string; source: string } | null {
  const section = name === null ? undefined : aws.profile(name);
  const value = section && settingOf(section, 'region');
  return value ? { value, source: aws.where(name as string, 'region') ?? 'default' } : null;
}

function fromShell(env: Env): { value: string; source: string } | null {
  const value = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  return value ? { value, source: 'shell' } : null;
}
