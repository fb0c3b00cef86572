import { leaveScope } from '../claude/scope.ts';
import type { Command } from '../command.ts';
import { say } from '../output/messages.ts';
import { deny as denyFile } from '../state/approve.ts';
import { chosen } from '../state/directory.ts';
import { removePlans, removePlansBelow } from '../state/store-plan.ts';

export const deny: Command = {
  name: 'deny',
  summary: 'Never use this .bedrockrc and never ask about it again, whatever it comes to say.',
  args: [{ name: 'dir', summary: 'its directory; without it the nearest one upwards', optional: true }],
  flags: [],
  examples: [
    ['bedrockenv deny', 'the one that applies here'],
    ['bedrockenv deny ~/src/theirs', 'the one in that directory'],
  ],
  async run({ args }, context) {
    const { root, path } = chosen(context.cwd(), args[0]);
    denyFile(context.state, root);
    removePlans(context.state, root);
    removePlansBelow(context.state, root);
    await leaveScope(context, root);
    say(`${path} is denied; to take it back: bedrockenv revoke, or bedrockenv allow`);
    return 0;
  },
};
