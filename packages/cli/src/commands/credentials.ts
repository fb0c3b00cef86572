import { BedrockenvError, readAws, tokenSource } from '@bedrockenv/core';
import { type Command, word } from '../command.ts';
import type { Context } from '../context.ts';
import { type Credentials, exportedCredentials, refusedCredentials } from '../credentials.ts';
import { printJson } from '../output/json.ts';
import { problemLine, say } from '../output/messages.ts';
import { profileHere } from '../profile-here.ts';
import { loginNeeded } from '../sign-in/sign-in.ts';
import { isGood, readSessionTwice } from '../sign-in/token.ts';
import { readAwsFiles } from '../state/gather.ts';

export const credentials: Command = {
  name: 'credentials',
  summary: "Print a profile's temporary credentials as Claude Code reads them (awsCredentialExport).",
  args: [],
  flags: [
    { name: 'profile', value: 'PROFILE', summary: "of this AWS profile; without it the directory's" },
    {
      name: 'no-fallback',
      summary: 'where there are none, print some that AWS refuses: with none, Claude Code goes on with your own',
    },
  ],
  examples: [
    ['bedrockenv credentials --profile corp-dev', 'needs a good session: exit code 4 without'],
    ['bedrockenv credentials --no-fallback --profile corp-dev', 'as the generated settings of Claude Code run it'],
  ],
  async run(input, context) {
    const profile = word(input, 'profile') ?? profileHere(context);
    try {
      printJson({ Credentials: await credentialsOf(profile, context) });
    } catch (error) {
      if (!(error instanceof BedrockenvError) || !input.flags['no-fallback']) throw error;
      say(problemLine(error));
      printJson({ Credentials: refusedCredentials(Date.now()) });
    }
    return 0;
  },
};

async function credentialsOf(profile: string, { base, home }: Context): Promise<Credentials> {
  const aws = readAws(readAwsFiles({ env: base, home }));
  const source = tokenSource(aws, profile, { home, env: base });
  if (source && !isGood(await readSessionTwice(source))) {
    throw loginNeeded(source, { kind: source.kind, profile: source.profile, ssoSession: null });
  }
  return exportedCredentials(profile, base);
}
