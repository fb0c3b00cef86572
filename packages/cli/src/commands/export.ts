import type { Env } from '@bedrockenv/core';
import { type Command, word } from '../command.ts';
import { environmentAt } from '../environment.ts';
import { type Assignments, formats, isDotenvValue } from '../output/formats.ts';
import { say } from '../output/messages.ts';
import { stdout } from '../output/streams.ts';

export const exportCommand: Command = {
  name: 'export',
  summary: "Print a directory's variables, as text for a shell or for another program.",
  args: [],
  flags: [
    { name: 'dir', value: 'DIR', summary: 'as if in that directory' },
    { name: 'format', value: 'FORMAT', summary: 'one of', choices: Object.keys(formats) },
  ],
  examples: [
    ['eval "$(bedrockenv export --format bash)"', 'in a script'],
    ['bedrockenv export --format github >> "$GITHUB_ENV"', 'in GitHub Actions'],
    ['bedrockenv export', 'as JSON: a value, or null for a variable to unset'],
  ],
  async run(input, context) {
    const format = word(input, 'format') ?? 'json';
    let changes = await environmentAt(context, { dir: word(input, 'dir') });
    // GitHub's form can only empty a variable, so one that is not there is left alone.
    if (format === 'github') changes = withoutNeedless(changes, context.base);
    if (format === 'dotenv') changes = withoutUnwritable(changes);
    stdout((await formats[format]?.(changes)) ?? '');
    return 0;
  },
};

function withoutNeedless(changes: Assignments, env: Env): Assignments {
  return Object.fromEntries(
    Object.entries(changes).filter(([name, value]) => value !== null || env[name] !== undefined),
  );
}

/** A directory's name may be anything, but its variable is for prompts: whoever reads a dotenv file can do without. */
function withoutUnwritable(changes: Assignments): Assignments {
  const { BEDROCKENV_DIR: dir = null, ...others } = changes;
  if (dir === null || isDotenvValue(dir)) return changes;
  say('BEDROCKENV_DIR cannot be written in a dotenv file and is left out; it is for prompts alone');
  return others;
}
