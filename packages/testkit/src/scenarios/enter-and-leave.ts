import type { Scenario } from '../scenario.ts';
import { gone, keys, notApproved, nothing, prod } from './projects.ts';

export const enterAndLeave: Scenario[] = [
  {
    name: 'entering sets the variables and says so once, leaving takes them away in silence',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      t.expectLines(await t.cd(dir), [keys.line]);
      await t.expectVars({ ...keys.vars, BEDROCKENV_DIR: dir, BEDROCKENV_PROFILE: 'keys' });
      t.expectLines(await t.prompt(), []);
      t.expectLines(await t.run('echo x'), ['x']);
      t.expectLines(await t.cd(t.sandbox.home), []);
      await t.expectOnly(nothing);
      t.expectLines(await t.cd(dir), [keys.line]);
    },
  },
  {
    name: 'the three pins are exact inference profiles of the geography',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await t.cd(dir);
      const vars = await t.vars();
      for (const tier of ['OPUS', 'SONNET', 'HAIKU']) {
        const pin = vars[`ANTHROPIC_DEFAULT_${tier}_MODEL`];
        if (pin?.state !== 'x' || !pin.value.startsWith('eu.anthropic.claude-')) {
          throw new Error(`${tier} is pinned to ${JSON.stringify(pin)}`);
        }
      }
    },
  },
  {
    name: 'switching from one project to another',
    async run(t) {
      const one = await t.project('one', keys.text);
      const two = await t.project('two', prod.text);
      await t.start();
      await t.cd(one);
      t.expectLines(await t.cd(two), [prod.line]);
      await t.expectVars(prod.vars);
      t.expectLines(await t.cd('../one'), [keys.line]);
      await t.expectVars(keys.vars);
      await t.cd('/');
      await t.expectOnly(nothing);
    },
  },
  {
    name: 'nested: the nearest value wins, the rest is inherited, `root: true` cuts off',
    async run(t) {
      const outer = await t.project('outer', `${keys.text}max_output_tokens: 4096\n`);
      const inner = await t.project('outer/inner', 'model: claude-opus-5\n');
      const root = await t.project('outer/root', `root: true\n${prod.text}`);
      await t.start();
      await t.cd(outer);
      t.expectLines(await t.cd(inner), [/^bedrockenv: keys · eu-central-1 · Opus 5$/]);
      await t.expectVars({
        ...keys.vars,
        ANTHROPIC_MODEL: 'eu.anthropic.claude-opus-5',
        CLAUDE_CODE_MAX_OUTPUT_TOKENS: '4096',
        BEDROCKENV_DIR: inner,
      });
      t.expectLines(await t.cd(root), [prod.line]);
      await t.expectVars({ ...prod.vars, CLAUDE_CODE_MAX_OUTPUT_TOKENS: null });
      t.expectLines(await t.cd(outer), [keys.line]);
      await t.expectVars({ ...keys.vars, CLAUDE_CODE_MAX_OUTPUT_TOKENS: '4096' });
    },
  },
  {
    name: 'a deep subdirectory belongs to the project; moving within says nothing',
    async run(t) {
      const dir = await t.project('app', keys.text);
      t.sandbox.write('app/a/b/c/d/file', '');
      await t.start();
      t.expectLines(await t.cd(`${dir}/a/b/c/d`), [keys.line]);
      await t.expectVars({ ...keys.vars, BEDROCKENV_DIR: dir });
      t.expectLines(await t.cd('..'), []);
      t.expectLines(await t.cd(dir), []);
      await t.expectVars(keys.vars);
    },
  },
  {
    name: 'a shell that starts inside: set and said before its first prompt',
    async run(t) {
      const dir = await t.project('app', keys.text);
      const shell = await t.start({ cwd: `${dir}` });
      if (!/bedrockenv: keys · eu-central-1 · Sonnet 5/.test(await shell.screen())) {
        throw new Error(`no status line:\n${await shell.screen()}`);
      }
      await t.expectVars(keys.vars);
      await t.cd('/');
      await t.expectOnly(nothing);
    },
  },
  {
    name: 'an unapproved directory inside an approved one: the parent applies',
    async run(t) {
      const outer = await t.project('outer', keys.text);
      const inner = await t.project('outer/inner', prod.text, { allow: false });
      await t.start();
      t.expectLines(await t.cd(inner), [keys.line, notApproved(inner)]);
      await t.expectVars({ ...keys.vars, BEDROCKENV_DIR: outer });
      await t.cd('/');
      await t.expectVars(gone);
    },
  },
];
