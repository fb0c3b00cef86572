import type { Context } from '../context.ts';
import { awsVersion, isOlder } from './aws.ts';
import { chooseFlow, here } from './environment.ts';
import { findAws } from './find-aws.ts';
import { Interrupted, Interruption } from './interruption.ts';
import { printedVersion, runAws } from './run.ts';

/**
 * Runs `aws configure sso` on this terminal. It asks, signs in and writes the profile itself.
 * @returns why it made none; null: it ended well
 * @throws {Interrupted} on Ctrl-C
 */
export async function configureSso({ base }: Pick<Context, 'base'>): Promise<string | null> {
  const aws = findAws(base, process.platform);
  using interruption = new Interruption();
  const version = awsVersion(await printedVersion(aws, base));
  if (version !== null && isOlder(version, 0)) return `aws ${version.major}.${version.minor} has no aws configure sso`;
  const isDevice = chooseFlow(base.BEDROCKENV_LOGIN_FLOW ?? 'auto', null, here(base)) === 'device';
  const flow = isDevice && version !== null && !isOlder(version, 22) ? ['--use-device-code'] : [];
  const ending = await runAws(aws, ['configure', 'sso', ...flow], base, { interruption, inheritStdout: false });
  if (ending.kind === 'interrupted') throw new Interrupted();
  return ending.kind === 'failed' ? ending.reason : null;
}
