import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { baseEnvironment, type Env, type Finding } from '@bedrockenv/core';
import type { Context } from '../../src/context.ts';
import { findings } from '../../src/doctor/findings.ts';
import { Sandbox } from '../cli.ts';

/** How a machine differs from a healthy one. */
export interface Machine {
  env?: Record<string, string | undefined>;
  /** Files below the home folder. */
  files?: Record<string, string | Uint8Array>;
  /** Added to the end of `~/.aws/config`. */
  aws?: string;
  /** Instead of `~/.aws/config`. */
  awsWhole?: string;
  /** The directory file of `~/p`, where doctor then runs. */
  project?: string;
  /** Where it runs, where that is not the project. */
  cwd?: string;
  /** Which directories are approved; `p` with a project. */
  approved?: readonly string[];
  /** Time left of the session, in ms; null: not signed in. One hour, and renewable. */
  session?: number | null;
  /** More fields of the token file. */
  token?: object;
  awsCli?: string | null;
  claude?: string | null;
  /** Run in a terminal. */
  isTerminal?: boolean;
  /** Whatever else. */
  prepare?: (box: Sandbox) => void;
}

/** An entry of the table: the misconfiguration, and a neighbour that is none. */
export interface Pair {
  wrong: Machine;
  healthy: Machine;
}

export type Pairs = Readonly<Record<string, Pair>>;

/** Claude Code on Amazon Bedrock without bedrockenv, every tier pinned. */
export const pinned = {
  AWS_PROFILE: 'corp-dev',
  CLAUDE_CODE_USE_BEDROCK: '1',
  AWS_REGION: 'eu-central-1',
  ANTHROPIC_DEFAULT_OPUS_MODEL: 'eu.anthropic.claude-opus-5-5',
  ANTHROPIC_DEFAULT_SONNET_MODEL: 'eu.anthropic.claude-sonnet-5-5',
  ANTHROPIC_DEFAULT_HAIKU_MODEL: 'eu.anthropic.claude-haiku-5-5',
};

/** The text of a settings file. */
export const settings = (value: object): string => JSON.stringify(value);

/** What a session that renews itself has in its token file. */
export const renewable = {
  ...{ refreshToken: 'r', clientId: 'c', clientSecret: 's' },
  registrationExpiresAt: '2099-01-01T00:00:00Z',
};

/** Makes a machine: a home folder with an AWS configuration, a session, and stand-ins for the programs. */
export function make(machine: Machine): { box: Sandbox; env: Env; cwd: string } {
  const box = new Sandbox();
  const { awsCli = '2.36.12', claude = '2.1.330', session = 3_600_000 } = machine;
  box.write(
    '.aws/config',
    (machine.awsWhole ?? (box.awsConfig.split('[profile old]')[0] as string)) + (machine.aws ?? ''),
  );
  if (session !== null) box.signIn(session, machine.token ?? renewable);
  mkdirSync(box.path('bin'));
  symlinkSync(process.execPath, box.path('bin/node'));
  if (awsCli !== null) box.write('bin/aws', `#!/bin/sh\necho aws-cli/${awsCli}\n`, 0o755);
  if (claude !== null) {
    box.write('lib/claude/cli.js', '', 0o755);
    box.write('lib/claude/package.json', `{"name": "@anthropic-ai/claude-code", "version": "${claude}"}`);
    symlinkSync('../lib/claude/cli.js', box.path('bin/claude'));
  }
  for (const [name, text] of Object.entries(machine.files ?? {})) box.write(name, text);
  if (machine.project !== undefined) box.write('p/.bedrockrc', machine.project);
  const cwd = machine.project === undefined ? box.home : box.path(machine.cwd ?? 'p');
  for (const name of machine.approved ?? (machine.project === undefined ? [] : ['p'])) {
    const text = box.text(join(name, '.bedrockrc'));
    mkdirSync(box.state, { recursive: true, mode: 0o700 });
    box.write(join('.local/state/bedrockenv/approvals', box.home, name, '.bedrockrc'), text);
  }
  machine.prepare?.(box);
  if (machine.cwd !== undefined) mkdirSync(box.path(machine.cwd), { recursive: true });
  const path = `${box.path('bin')}:/usr/bin:/bin`;
  return { box, cwd, env: box.environment({ PATH: path, AWS_PROFILE: 'corp-dev', ...machine.env }) };
}

/** What doctor finds on a machine, in this process. */
export async function found(machine: Machine): Promise<Finding[]> {
  const { box, env, cwd } = make(machine);
  const context: Context = { env, base: baseEnvironment(env), home: box.home, state: box.state, cwd: () => cwd };
  return findings(context, { isLive: false, isInvoking: false, isTerminal: machine.isTerminal ?? false });
}
