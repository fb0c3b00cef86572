import { isatty } from 'node:tty';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { installation } from '../installation.ts';
import { say } from '../output/messages.ts';
import { stdout } from '../output/streams.ts';
import { askerFor } from '../questions/asker.ts';
import { handLines } from '../setup/hand-lines.ts';
import { readRecord } from '../setup/record.ts';
import { removal } from '../setup/removal.ts';
import { tilde } from '../setup/show.ts';
import {
  removeState,
  removeTornDirectoryFiles,
  settingsFiles,
  type TakenBack,
  takeBack,
  takeBackSettings,
} from '../setup/take-back.ts';
import { Interrupted, Interruption } from '../sign-in/interruption.ts';
import { exists } from '../state/directory.ts';
import { cacheFolder, userConfigPath } from '../state/places.ts';
import { filesBelow } from '../state/store-plan.ts';
import { remove } from '../state/write.ts';
import { usage } from '../usage.ts';

export const uninstall: Command = {
  name: 'uninstall',
  summary: 'Take back everything that bedrockenv made in your HOME. Your .bedrockrc files and edits by hand stay.',
  args: [],
  flags: [
    { name: 'yes', summary: 'do not ask first' },
    { name: 'keep-config', summary: 'leave the user config as it is' },
    { name: 'dry-run', summary: 'only name the files' },
  ],
  examples: [
    ['bedrockenv uninstall', 'all as it was before'],
    ['bedrockenv uninstall --yes --keep-config', 'before a new start with the same defaults'],
  ],
  async run({ flags }, context) {
    const { state, base, home } = context;
    const config = userConfigPath({ env: base, home });
    const made = readRecord(state).filter(({ path }) => !(flags['keep-config'] && path === config));
    const cache = cacheFolder({ env: base, home });
    const places = [...made.map(({ path }) => path), ...settingsFiles(state), ...[cache, state].filter(exists)];
    if (flags['dry-run']) {
      stdout(places.map((path) => `${tilde(path, home)}\n`).join(''));
      return 0;
    }
    if (places.length > 0 && !flags.yes) {
      const agreed = await isAgreed(places, context);
      if (!agreed) return agreed === null ? 130 : 0;
    }

    using interruption = new Interruption();
    const taken = [...made.map(takeBack), ...takeBackSettings(state)];
    const projects = filesBelow(`${state}/approvals`).length;
    removeTornDirectoryFiles(state);
    remove(cache);
    removeState(state);
    tell(taken, home);
    if (exists(config)) say(`${tilde(config, home)} stays${flags['keep-config'] ? '' : ': it is yours'}`);
    if (projects > 0) say(`.bedrockrc files stay where they are (${projects})`);
    for (const { path, number, line } of await handLines(context, ['by-hand', 'ours'])) {
      say(`${tilde(path, home)}:${number} was put there by hand, so it is yours to remove: ${line.trim()}`);
    }
    say(
      places.length > 0
        ? 'all else is as it was before; open shells keep the hook until they end'
        : 'there is nothing to take back',
    );
    const { cli, node } = installation();
    say(`to remove the program: ${removal(cli, node)}`);
    return interruption.happened ? 130 : 0;
  },
};

/** null: Ctrl-C. */
async function isAgreed(places: readonly string[], { env, home }: Context): Promise<boolean | null> {
  if (!isatty(0) || !isatty(2)) {
    throw usage('uninstall', 'it asks on a terminal, and this is none', 'to ask nothing: bedrockenv uninstall --yes');
  }
  using interruption = new Interruption();
  const asker = await askerFor(env, interruption.signal);
  asker.tell(places.map((path) => tilde(path, home)).join('\n'));
  try {
    return await asker.yes('Take all of this back?', true);
  } catch (error) {
    if (error instanceof Interrupted) return null;
    throw error;
  }
}

const words = {
  restored: 'is as it was before',
  removed: 'is removed',
  kept: 'was edited by hand since: only what is ours is taken out',
  stays: 'was edited by hand since, and stays',
} as const;

function tell(taken: readonly TakenBack[], home: string): void {
  for (const { path, outcome } of taken) if (outcome !== 'gone') say(`${tilde(path, home)} ${words[outcome]}`);
}
