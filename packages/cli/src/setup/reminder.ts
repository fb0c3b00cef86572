import { join } from 'node:path';
import type { Context } from '../context.ts';
import { say } from '../output/messages.ts';
import { exists } from '../state/directory.ts';
import { handLines } from './hand-lines.ts';

/** Whether this user has neither set anything up nor approved anything yet. */
export function isNewcomer({ state }: Pick<Context, 'state'>): boolean {
  return !['setup.json', 'approvals'].some((name) => exists(join(state, name)));
}

/** Says what is still missing before a shell sets anything, unless an rc file loads the hook by a line of the user's own. */
export async function remindOfSetup(context: Context): Promise<void> {
  if ((await handLines(context)).length === 0) say('a shell uses it as soon as it has the hook: bedrockenv setup');
}
