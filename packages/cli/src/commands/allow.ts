import { isatty } from 'node:tty';
import { printable, readDirectoryFile } from '@bedrockenv/core';
import { prepareScope } from '../claude/scope.ts';
import type { Command } from '../command.ts';
import { compileAll } from '../compile.ts';
import { say } from '../output/messages.ts';
import { shownKeys, shownText, shownVariables } from '../output/preview.ts';
import { stderr } from '../output/streams.ts';
import { resolveGathered } from '../resolution.ts';
import { isNewcomer, remindOfSetup } from '../setup/reminder.ts';
import { approve } from '../state/approve.ts';
import { chosen } from '../state/directory.ts';
import { checkState } from '../state/folder.ts';
import { gather, readOwn } from '../state/gather.ts';

export const allow: Command = {
  name: 'allow',
  summary: 'Approve a .bedrockrc: these bytes at this place. It shows the file and what it will set.',
  args: [{ name: 'dir', summary: 'its directory; without it the nearest one upwards', optional: true }],
  flags: [],
  examples: [
    ['bedrockenv allow', 'the one that applies here'],
    ['bedrockenv allow ~/src/project', 'the one in that directory'],
  ],
  async run({ args }, context) {
    const { state, base, home } = context;
    const { root, path } = chosen(context.cwd(), args[0]);
    // The one buffer that is checked, shown and stored.
    const own = readOwn(root);
    readDirectoryFile(own.bytes, path);
    checkState(state);
    const resolved = resolveGathered(context, gather({ state, env: base, home }, own), root);
    const { variables, warnings, conflicts, remarks, leftOut } = resolved;
    const { apply: applyScope, keys, warnings: beaten } = await prepareScope(context, root, resolved);
    stderr(`${printable(path)}:\n${shownText(own.bytes)}sets:\n${shownVariables(variables)}`);
    if (keys.length > 0) stderr(`sets for Claude Code alone:\n${shownKeys(keys)}`);
    for (const { path: above, reason } of leftOut) stderr(`warning: ${printable(`${above} ${reason}`)}\n`);
    for (const { message, fix } of [...warnings, ...conflicts, ...beaten]) {
      stderr(`warning: ${printable(fix ? `${message}; ${fix}` : message)}\n`);
    }
    for (const { message, fix } of remarks) stderr(`note: ${printable(fix ? `${message}; ${fix}` : message)}\n`);
    const isFirst = isNewcomer(context);
    approve(state, root, own.bytes);
    await compileAll(context, root);
    applyScope();
    say(`${path} is approved`);
    // A build that approves its checkout has no shell to be set up.
    if (isFirst && isatty(2) && !base.CI) await remindOfSetup(context);
    return 0;
  },
};
