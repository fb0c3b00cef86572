import { existsSync } from 'node:fs';
import { type Aws, type ClientFile, type Facts, type Finding, type Resolution, valueAt } from '@bedrockenv/core';
import { recordedKeys } from '../claude/findings.ts';
import { isTracked } from '../claude/git-ignore.ts';
import { rememberedPath, scopes, settingsPath } from '../claude/places.ts';
import { localDirectories, readClientSettings } from '../claude/read-all.ts';
import type { Context } from '../context.ts';
import type { AwsFiles } from '../state/gather.ts';
import type { Located } from '../state/located.ts';
import { hookFacts } from './hook.ts';
import { claudeProgram, hasProgram, nodeProgram } from './programs.ts';

/** The Node that the package's `engines` ask for. */
const leastNode = 22;

/** Reads and asks, on this machine alone, what the checks need. */
export async function gatherFacts(
  context: Context,
  {
    aws,
    awsFiles,
    used,
    resolution,
    located,
    isTerminal,
  }: {
    aws: Aws;
    awsFiles: AwsFiles;
    used: string | null;
    resolution: Resolution | null;
    located: Located | null;
    isTerminal: boolean;
  },
): Promise<{ facts: Facts; ignored: Finding[] }> {
  const { base, home } = context;
  const { files, ignored } = clientFiles(context);
  const [claude, node, hook] = await Promise.all([
    claudeProgram(base),
    nodeProgram(base),
    // Who has everything in Claude Code's settings needs no hook.
    files.some(({ ours }) => ours.length > 0) ? null : hookFacts(context, located?.applies?.root ?? null, isTerminal),
  ]);
  const facts: Facts = {
    ...{ env: base, home, aws, awsFiles, used, resolution, clientFiles: files, claude, node, hook, leastNode },
    hasProgram: (name) => hasProgram(name, base),
    hasFile: existsSync,
  };
  return { facts, ignored };
}

function clientFiles(context: Context): { files: ClientFile[]; ignored: Finding[] } {
  const { base, home } = context;
  const place = { env: base, home, dir: context.cwd() };
  const locals = localDirectories(place).map((dir) => settingsPath('local', { ...place, dir }));
  const remembered = rememberedPath(place);
  const { files, ignored } = readClientSettings(place);
  return {
    files: files.map(({ path, settings }) => ({
      path,
      settings,
      scope: locals.includes(path)
        ? 'local'
        : path === remembered
          ? 'user'
          : (scopes.find((scope) => settingsPath(scope, place) === path) ?? 'managed'),
      isTracked: isTracked(path, base),
      ours: recordedKeys(context.state, path).filter((name) => isIn(settings, name)),
    })),
    ignored: ignored.map(({ code, message, where = null, fix = '' }) => ({
      ...{ code, severity: 'error', message, where, fix },
    })),
  };
}

function isIn(settings: ClientFile['settings'], name: string): boolean {
  return valueAt(settings, ['env', name]) !== undefined || valueAt(settings, [name]) !== undefined;
}
