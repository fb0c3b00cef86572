import { BedrockenvError } from '@bedrockenv/core';
import type { Context } from './context.ts';
import { resolveLocated } from './resolution.ts';
import { locate } from './state/located.ts';

/** The profile that a command means without `--profile`: the directory's, else the shell's, else `default`. */
export function profileHere(context: Context): string {
  const { AWS_PROFILE, AWS_DEFAULT_PROFILE } = context.base;
  return directoryProfile(context) ?? (AWS_PROFILE || AWS_DEFAULT_PROFILE || 'default');
}

/** As far as the directory resolves: a broken file must not stand in the way. */
function directoryProfile(context: Context): string | null {
  try {
    return resolveLocated(context, locate(context.state, context.cwd())).profile;
  } catch (error) {
    if (!(error instanceof BedrockenvError)) throw error;
    return null;
  }
}
