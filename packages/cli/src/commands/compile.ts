import { type Command, word } from '../command.ts';
import { compileAt } from '../compile.ts';
import { realDirectory } from '../state/directory.ts';
import { usage } from '../usage.ts';

export const compile: Command = {
  name: 'compile',
  summary: 'Write the plan that the hooks read. The hooks run it by themselves.',
  args: [],
  flags: [
    { name: 'dir', value: 'DIR', summary: 'for the .bedrockrc of this directory' },
    { name: 'default', summary: 'for outside of all projects' },
  ],
  examples: [['bedrockenv compile --dir ~/src/project', 'as a hook does after a change']],
  async run(input, context) {
    const dir = word(input, 'dir');
    if ((dir === undefined) === (input.flags.default === undefined)) {
      throw usage('compile', 'give either --dir DIR or --default');
    }
    await compileAt(context, dir === undefined ? '' : realDirectory(dir));
    return 0;
  },
};
