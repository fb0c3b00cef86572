import { syncScope } from '../claude/scope.ts';
import { type Command, word } from '../command.ts';
import { compileAt, compileWords } from '../compile.ts';
import { areOld } from '../setup/version.ts';
import { realDirectory } from '../state/directory.ts';
import { usage } from '../usage.ts';

export const compile: Command = {
  name: 'compile',
  summary: 'Write the plan that the hooks read. The hooks run it by themselves.',
  args: [{ name: 'word', summary: 'after --: a KEY=VALUE of use bedrock', optional: true, variadic: true }],
  flags: [
    { name: 'dir', value: 'DIR', summary: 'for the .bedrockrc of this directory' },
    { name: 'default', summary: 'for outside of all projects' },
    { name: 'words', value: 'DIR', summary: 'for `use bedrock KEY=VALUE…` in the .envrc of this directory' },
  ],
  examples: [
    ['bedrockenv compile --dir ~/src/project', 'as a hook does after a change'],
    ['bedrockenv compile --words ~/src/project -- model=sonnet', 'as direnv’s library does'],
  ],
  async run(input, context) {
    const [dir, envrc] = [word(input, 'dir'), word(input, 'words')];
    const given = [dir, envrc, input.flags.default].filter((flag) => flag !== undefined);
    if (given.length !== 1) throw usage('compile', 'give one of --dir DIR, --default and --words DIR');
    if (envrc !== undefined) await compileWords(context, { root: realDirectory(envrc), words: input.args });
    else if (input.args.length > 0) throw usage('compile', 'words are only for --words DIR');
    else {
      const root = dir === undefined ? '' : realDirectory(dir);
      await compileAt(context, root);
      if (root !== '') await syncScope(context, root);
    }
    // The first compile after an update: shells that start later get the hook that belongs to this version.
    if (areOld(context.state)) await (await import('../setup/renew.ts')).renewHooks(context);
    return 0;
  },
};
