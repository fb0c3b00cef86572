import { join } from 'node:path';
import type { Env, HookFile, ShellSetup } from '@bedrockenv/core';
import { quote } from './index.ts';

const folder = ({ env, home }: { env: Env; home: string }) =>
  join(env.XDG_CONFIG_HOME || join(home, '.config'), 'fish');

/** How the hook gets into a user's fish. */
export const setup: ShellSetup = {
  name: 'fish',
  programs: ['fish'],
  hookName: 'bedrockenv.fish',
  // A file of our own beside the user's: nobody's config.fish is touched.
  rcFiles: (place) => [join(folder(place), 'conf.d/bedrockenv.fish')],
  otherFiles: (place) => [join(folder(place), 'config.fish')],
  load(file) {
    const name = word(file);
    return `test -r ${name}; and source ${name}`;
  },
  // fisher puts the hook itself there.
  byHand: /bedrockenv(\.js)?['"]?\s+hook\s+fish|function _bedrockenv_\w+/,
  completions: { path: (place) => join(folder(place), 'completions/bedrockenv.fish') },
  check: ['-i', '-c', 'functions -q _bedrockenv_read_plan; and echo; and echo bedrockenv-check:yes'],
  checkEnv: (scratch) => ({ XDG_DATA_HOME: scratch, XDG_CACHE_HOME: scratch }),
  // What a fish makes that has run before is its user's: 4.3 writes there what it takes out of the universal variables.
  makes: (place) => (place.exists(join(folder(place), 'fish_variables')) ? undefined : folder(place)),
};

/** A path as one word; `~` stays outside of the quotes. */
function word({ path, belowHome }: HookFile): string {
  const quoted = (text: string) => (/^[\w@%+:,./-]+$/.test(text) ? text : quote(text));
  return belowHome === null ? quoted(path) : `~/${quoted(belowHome)}`;
}
