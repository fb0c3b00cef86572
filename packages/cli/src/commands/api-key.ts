import { BedrockenvError } from '@bedrockenv/core';
import { type Command, word } from '../command.ts';
import { environmentAt } from '../environment.ts';
import { stdout } from '../output/streams.ts';

export const apiKey: Command = {
  name: 'api-key',
  summary: 'Print the API key of a directory whose key a command prints. The hooks run it once on entering.',
  args: [],
  flags: [{ name: 'dir', value: 'DIR', summary: 'the directory' }],
  examples: [['bedrockenv api-key --dir ~/src/project', 'as a hook does']],
  async run(input, context) {
    const { AWS_BEARER_TOKEN_BEDROCK: key } = await environmentAt(context, { dir: word(input, 'dir') });
    if (!key) throw new BedrockenvError('api-key', 'no api_key is set there');
    stdout(`${key}\n`);
    return 0;
  },
};
