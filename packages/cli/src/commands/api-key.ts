import { BedrockenvError } from '@bedrockenv/core';
import { type Command, word } from '../command.ts';
import { environmentAt, environmentOfWords } from '../environment.ts';
import { stdout } from '../output/streams.ts';
import { realDirectory } from '../state/directory.ts';
import { usage } from '../usage.ts';

export const apiKey: Command = {
  name: 'api-key',
  summary:
    'Print the API key of a directory whose key a command prints or a keyring holds. The hooks run it once on entering.',
  args: [{ name: 'word', summary: 'after --: a KEY=VALUE of use bedrock', optional: true, variadic: true }],
  flags: [
    { name: 'dir', value: 'DIR', summary: 'the directory' },
    { name: 'words', value: 'DIR', summary: 'the directory whose .envrc says `use bedrock KEY=VALUE…`' },
  ],
  examples: [
    ['bedrockenv api-key --dir ~/src/project', 'as a hook does'],
    ['bedrockenv api-key --words ~/src/project -- model=sonnet', 'as direnv’s library does'],
  ],
  async run(input, context) {
    const [dir, envrc] = [word(input, 'dir'), word(input, 'words')];
    if (dir !== undefined && envrc !== undefined) throw usage('api-key', 'give one of --dir DIR and --words DIR');
    if (envrc === undefined && input.args.length > 0) throw usage('api-key', 'words are only for --words DIR');
    const { AWS_BEARER_TOKEN_BEDROCK: key } =
      envrc === undefined
        ? await environmentAt(context, { dir })
        : await environmentOfWords(context, { root: realDirectory(envrc), words: input.args });
    if (!key) throw new BedrockenvError('api-key', 'no api_key is set there');
    stdout(`${key}\n`);
    return 0;
  },
};
