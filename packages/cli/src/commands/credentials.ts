import { BedrockenvError, checkAccount, readAws, settingOf, tokenSource } from '@bedrockenv/core';
import type { Command, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { printJson } from '../output/json.ts';
import { problemLine, say } from '../output/messages.ts';
import { profileFlag } from '../profile-flag.ts';
import { resolveLocated } from '../resolution.ts';
import type { Credentials } from '../sign-in/credentials.ts';
import { loginNeeded } from '../sign-in/sign-in.ts';
import { isGood, readSessionTwice } from '../sign-in/token.ts';
import { isByPolicy, readAwsFiles } from '../state/gather.ts';
import { locate } from '../state/located.ts';
import { readMachinePolicy } from '../state/machine-policy.ts';

export const credentials: Command = {
  name: 'credentials',
  summary: "Print a profile's temporary credentials, for Claude Code's awsCredentialExport.",
  args: [],
  flags: [
    { name: 'profile', value: 'PROFILE', summary: "of this AWS profile; without it the directory's" },
    {
      name: 'no-fallback',
      summary: 'where there are none, print some that AWS refuses: with none, Claude Code goes on with your own',
    },
  ],
  examples: [
    ['bedrockenv credentials | jq -r .Credentials.Expiration', 'how long they last'],
    ['bedrockenv credentials --no-fallback --profile corp-dev', 'as the generated settings of Claude Code run it'],
  ],
  async run(input, context) {
    try {
      printJson({ Credentials: await temporaryCredentials(input, context) });
    } catch (error) {
      if (!(error instanceof BedrockenvError) || !input.flags['no-fallback']) throw error;
      say(problemLine(error));
      printJson({ Credentials: refusedCredentials(Date.now()) });
    }
    return 0;
  },
};

async function temporaryCredentials(input: Input, context: Context): Promise<Credentials> {
  const { base, home } = context;
  const files = readAwsFiles({ env: base, home });
  const aws = readAws(files);
  const directory = directoryOf(context);
  const profile =
    profileFlag(aws, input) ?? directory.profile ?? base.AWS_PROFILE ?? base.AWS_DEFAULT_PROFILE ?? 'default';
  checkAccount(readMachinePolicy(base), aws, { profile: { value: profile, source: 'default' }, apiKey: null });
  const source = tokenSource(aws, profile, { home, env: base });
  if (source !== null && !isGood(await readSessionTwice(source))) {
    const target = { kind: source.kind, profile: source.profile, ssoSession: null };
    throw loginNeeded(source, target, 'this command begins none');
  }
  // As Claude Code reads it: for the AWS CLI a comment behind the region is part of it.
  const own = settingOf(aws.sdkProfile(profile) ?? aws.profile(profile) ?? {}, 'region');
  const region = own ?? directory.region ?? 'us-east-1';
  const { credentialsOf } = await import('../sign-in/credentials.ts');
  return credentialsOf(profile, files, aws, { source, region, env: base });
}

/**
 * Credentials that nobody has. Where a command gives none, Claude Code (2.1.330, measured) goes on with whatever the
 * shell has: the user's own identity instead of the project's. With these the request is refused, and as they have
 * expired already, the command is asked again at each of the client's retries, so that a sign-in meanwhile is found.
 * @param now epoch in ms
 */
function refusedCredentials(now: number): Credentials {
  const Expiration = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
  return { AccessKeyId: 'BEDROCKENVSIGNINNEEDED', SecretAccessKey: 'none', SessionToken: 'none', Expiration };
}

/**
 * The directory's profile and region, as far as it resolves.
 * @throws {BedrockenvError} what the organisation's policy forbids: settings that were written before it must not go on
 */
function directoryOf(context: Context): { profile: string | undefined; region: string | undefined } {
  try {
    const { profile, region } = resolveLocated(context, locate(context.state, context.cwd()));
    return { profile: profile ?? undefined, region: region?.value };
  } catch (error) {
    if (!(error instanceof BedrockenvError) || isByPolicy(error, context.base)) throw error;
    return { profile: undefined, region: undefined };
  }
}
