import { resolve } from 'node:path';
import { leaveScope } from '../claude/scope.ts';
import type { Command } from '../command.ts';
import { say } from '../output/messages.ts';
import { forget } from '../state/approve.ts';
import { chosen, type Found, fileName } from '../state/directory.ts';
import { removePlans, removePlansBelow } from '../state/store-plan.ts';

export const revoke: Command = {
  name: 'revoke',
  summary: 'Forget both approval and denial of a .bedrockrc.',
  args: [{ name: 'dir', summary: 'its directory; without it the nearest one upwards', optional: true }],
  flags: [],
  examples: [
    ['bedrockenv revoke', 'the one that applies here'],
    ['bedrockenv revoke ~/src/theirs', 'the one in that directory'],
  ],
  async run({ args }, context) {
    const { root, path } = namedOrChosen(context.cwd(), args[0]);
    const known = forget(context.state, root);
    removePlans(context.state, root);
    removePlansBelow(context.state, root);
    await leaveScope(context, root);
    say(known ? `${path} is neither approved nor denied any more` : `${path} was neither approved nor denied`);
    return 0;
  },
};

/** Unlike others, this command also takes a file that is gone: what was said about it can still be forgotten. */
function namedOrChosen(cwd: string, dir: string | undefined): Found {
  try {
    return chosen(cwd, dir);
  } catch (error) {
    if (dir === undefined) throw error;
    const root = resolve(cwd, dir);
    return { root, path: resolve(root, fileName) };
  }
}
