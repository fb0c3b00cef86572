import { schemaJson, schemaNames } from '@bedrockenv/core';
import type { Command } from '../command.ts';
import { printJson } from '../output/json.ts';

export const schema: Command = {
  name: 'schema',
  summary: 'Print the JSON Schema of a file, for editors and for checks of your own.',
  args: [{ name: 'file', summary: 'of which file', choices: schemaNames }],
  flags: [],
  examples: [
    ['bedrockenv schema bedrockrc', 'of a .bedrockrc'],
    [
      'bedrockenv schema config > ~/.config/bedrockenv/schema.json',
      'of the user config, for an editor without network',
    ],
  ],
  isLight: true,
  async run({ args }) {
    printJson(schemaJson(args[0] as (typeof schemaNames)[number]));
    return 0;
  },
};
