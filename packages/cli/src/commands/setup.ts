import { isatty } from 'node:tty';
import { printable } from '@bedrockenv/core';
import type { Command, Input } from '../command.ts';
import { compileAt } from '../compile.ts';
import type { Context } from '../context.ts';
import { colours } from '../output/colours.ts';
import { problemLine, say } from '../output/messages.ts';
import { stderr, stdout } from '../output/streams.ts';
import { loginPolicies, scopes } from '../setup/answers.ts';
import { apply } from '../setup/apply.ts';
import { type Decided, decide, isNothing } from '../setup/decide.ts';
import { type Given, givenBy, withoutAsking } from '../setup/given.ts';
import { lookAround, type Machine, type ShellHere } from '../setup/machine.ts';
import { shown, tilde } from '../setup/show.ts';
import { shellNames } from '../shells.ts';
import { Interrupted, Interruption } from '../sign-in/interruption.ts';
import { writeState } from '../state/write.ts';
import { usage } from '../usage.ts';

export const setup: Command = {
  name: 'setup',
  summary:
    'Set bedrockenv up: the hook in your shells, your defaults, Claude Code. Asks, and shows what it will write.',
  args: [],
  flags: [
    { name: 'yes', summary: 'ask nothing: every shell of this machine, and what the other flags say' },
    { name: 'shell', value: 'SHELL', summary: 'only these', choices: shellNames, many: true },
    { name: 'profile', value: 'PROFILE', summary: 'the AWS profile where no directory says otherwise' },
    { name: 'region', value: 'REGION', summary: 'the AWS region there' },
    { name: 'model', value: 'MODEL', summary: 'the model there' },
    { name: 'scope', value: 'SCOPE', summary: 'who gets the AWS identity', choices: scopes },
    { name: 'login', value: 'POLICY', summary: 'what happens when a session has expired', choices: loginPolicies },
    { name: 'claude-settings', summary: "write Claude Code's user settings too; --scope claude does" },
    { name: 'no-rc', summary: 'write no rc file: print the lines' },
    { name: 'dry-run', summary: 'only show what would be written' },
  ],
  examples: [
    ['bedrockenv setup', 'asks'],
    ['bedrockenv setup --yes', 'the hook in every shell, nothing else'],
    ['bedrockenv setup --yes --shell zsh --profile corp-dev --model sonnet', 'for a script that sets machines up'],
    ['bedrockenv setup --dry-run --yes', 'what that would write'],
  ],
  run,
};

async function run(input: Input, context: Context): Promise<number> {
  const isDry = input.flags['dry-run'] === true;
  const hasTerminal = isatty(0) && isatty(2);
  const asks = input.flags.yes !== true && hasTerminal;
  if (!asks && input.flags.yes !== true && !isDry) {
    throw usage('setup', 'it asks on a terminal, and this is none', 'to ask nothing: bedrockenv setup --yes');
  }
  const machine = await lookAround(context);
  const given = givenBy(input, context, machine);
  if (machine.isTemporary) say('this is run by npx, whose copy will be gone one day: npm install -g bedrockenv first');
  const decided = asks
    ? await decideByAsking(context, machine, given, isDry)
    : await decide(context, machine, withoutAsking(given, machine));
  if (decided === null) {
    say('nothing is written');
    return 0;
  }
  if (isDry) {
    stdout(shown(decided, context.home, colours(1, context.env)));
    leftToDo(decided, context);
    if (isNothing(decided)) say('there is nothing to write');
    return 0;
  }
  await write(decided, context);
  if (isNothing(decided)) say('everything is set up already');
  else if (!asks) stderr(shown(decided, context.home, colours(2, context.env)));
  leftToDo(decided, context);
  const isGood = await check(decided, context);
  if (isGood) next(decided);
  return isGood ? 0 : 1;
}

/** Asks for all that no flag said, and whether to write it. null: no. @throws {Interrupted} on Ctrl-C */
async function decideByAsking(
  context: Context,
  machine: Machine,
  given: Given,
  isDry: boolean,
): Promise<Decided | null> {
  const [{ askAll }, { askerFor }] = await Promise.all([import('../setup/wizard.ts'), import('../questions/asker.ts')]);
  using interruption = new Interruption();
  const asker = await askerFor(context.env, interruption.signal);
  asker.tell('bedrockenv setup: nothing is written before you have seen it; Ctrl-C leaves');
  const decided = await decide(context, machine, await askAll(context, machine, given, asker));
  if (isDry || isNothing(decided)) return decided;
  // Straight, not through the library: a long line must stay one line, to be read and copied.
  stderr(`\n${shown(decided, context.home, colours(2, context.env))}\n`);
  return (await asker.yes('Write this?', true)) ? decided : null;
}

/** Ctrl-C waits until all of it is written. */
async function write({ hooks, changes, claude }: Decided, context: Context): Promise<void> {
  using interruption = new Interruption();
  if (hooks.length > 0 || changes.length > 0) apply(context.state, changes);
  for (const { path, text } of hooks) writeState(path, text);
  if (claude && claude.changes.length > 0) claude.write();
  if (changes.some(({ own }) => own.kind === 'file' && own.old)) await compileAt(context, '');
  if (interruption.happened) throw new Interrupted();
}

/** What setup leaves to its user, with the line to put there. */
function leftToDo({ leftAlone, resolved }: Decided, { home }: Context): void {
  for (const { path, reason, line, isCommand } of leftAlone) {
    const what = isCommand ? '; to write it all the same:' : '; this is for you to put there:';
    say(`${tilde(path, home)} ${reason}${line === null ? '' : what}`);
    if (line !== null) stderr(`  ${printable(line)}\n`);
  }
  for (const { message, fix } of [...resolved.warnings, ...resolved.conflicts]) {
    say(problemLine({ message, fix, where: undefined }));
  }
}

/** Starts a new shell of each kind that was set up. @returns whether the hook is in all of them */
async function check({ shells, leftAlone }: Decided, context: Context): Promise<boolean> {
  const { isLoaded } = await import('../setup/check.ts');
  using interruption = new Interruption();
  let isGood = true;
  if (shells.length > 0) say('looking whether new shells have the hook');
  for (const shell of shells) {
    if (leftAlone.some(({ path, line }) => line !== null && shell.rcFiles.includes(path))) continue;
    const loaded = await isLoaded(context, shell, interruption.signal);
    if (interruption.happened) throw new Interrupted();
    if (loaded) {
      say(`a new ${shell.name} has the hook`);
      await checkLogin(shell, context, interruption.signal);
      if (interruption.happened) throw new Interrupted();
    } else {
      const [rc = ''] = shell.rcFiles;
      const path = tilde(rc, context.home);
      say(
        `a new ${shell.name} does not have the hook: if ${path} ends early (return, exit, exec), move its line above that`,
      );
    }
    isGood &&= loaded;
  }
  return isGood;
}

/** A login shell may read other files than the one that has the line. Those are for their user to change. */
async function checkLogin(shell: ShellHere, context: Context, signal: AbortSignal): Promise<void> {
  const { login } = shell.setup;
  if (!login) return;
  const { isLoaded } = await import('../setup/check.ts');
  if ((await isLoaded(context, shell, signal, login.check)) || signal.aborted) return;
  const file = tilde(login.file(shell.place), context.home);
  say(`a login ${shell.name} (ssh, consoles, tmux) does not; to have it there too, put this into ${file}:`);
  stderr(`  ${login.line}\n`);
}

function next({ shells, leftAlone }: Decided): void {
  if (shells.length === 0) return;
  const isLeft = leftAlone.some(({ line, isCommand }) => line !== null && !isCommand);
  const first = isLeft ? 'put the lines above into their files, then ' : '';
  say(`${first}open a new shell, go to a project, and say what it uses: bedrockenv use <model or profile>`);
}
