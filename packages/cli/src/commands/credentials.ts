import { readAws, tokenSource } from '@bedrockenv/core';
import { type Command, word } from '../command.ts';
import { exportedCredentials } from '../credentials.ts';
import { printJson } from '../output/json.ts';
import { profileHere } from '../profile-here.ts';
import { loginNeeded } from '../sign-in/sign-in.ts';
import { isGood, readSessionTwice } from '../sign-in/token.ts';
import { readAwsFiles } from '../state/gather.ts';

export const credentials: Command = {
  name: 'credentials',
  summary: "Print a profile's temporary credentials as Claude Code reads them (awsCredentialExport).",
  args: [],
  flags: [{ name: 'profile', value: 'PROFILE', summary: "of this AWS profile; without it the directory's" }],
  examples: [['bedrockenv credentials --profile corp-dev', 'as the generated settings of Claude Code do']],
  async run(input, context) {
    const { base, home } = context;
    const aws = readAws(readAwsFiles({ env: base, home }));
    const profile = word(input, 'profile') ?? profileHere(context);
    const source = tokenSource(aws, profile, { home, env: base });
    if (source && !isGood(await readSessionTwice(source))) {
      throw loginNeeded(source, { kind: source.kind, profile: source.profile, ssoSession: null });
    }
    printJson({ Credentials: await exportedCredentials(profile, base) });
    return 0;
  },
};
