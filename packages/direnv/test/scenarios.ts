import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sampleSessions } from '@bedrockenv/testkit/sandbox';
import { expect } from 'vitest';
import type { Stage } from './stage.ts';

const keys = 'profile: keys\nregion: eu-central-1\nmodel: claude-sonnet-5\n';
const prod = 'profile: corp-prod\nmodel: opus\n';
const byKeys = { AWS_PROFILE: 'keys', AWS_REGION: 'eu-central-1', ANTHROPIC_MODEL: 'eu.anthropic.claude-sonnet-5' };

/** What of the table of the shells has a meaning where direnv sets the variables: bash, zsh and fish with direnv's hook. */
export const scenarios: { name: string; run(t: Stage): Promise<void> }[] = [
  {
    name: 'entering sets the variables, leaving takes them away; we say nothing',
    async run(t) {
      const dir = t.place.project('app', keys);
      await t.start();
      expect(await t.cd(dir)).toEqual([]);
      await t.expectVars({ ...byKeys, CLAUDE_CODE_USE_BEDROCK: '1', BEDROCKENV_DIR: dir, BEDROCKENV_PROFILE: 'keys' });
      expect(await t.prompt()).toEqual([]);
      expect(await t.cd(t.place.home)).toEqual([]);
      await t.expectOnly({});
    },
  },
  {
    name: 'switching from one project to another',
    async run(t) {
      const [one, two] = [t.place.project('one', `${keys}effort: high\n`), t.place.project('two', prod)];
      await t.start();
      for (const dir of [one, two, one, two]) await t.cd(dir);
      await t.expectVars({ AWS_PROFILE: 'corp-prod', AWS_REGION: 'us-east-1', CLAUDE_CODE_EFFORT_LEVEL: null });
      await t.cd('/');
      await t.expectOnly({});
    },
  },
  {
    name: 'nested with source_up: what the inner .envrc uses replaces the outer whole',
    async run(t) {
      const outer = t.place.project('outer', `${keys}max_output_tokens: 4096\n`);
      const inner = t.place.project('outer/inner', `root: true\n${prod}`);
      t.place.envrc('outer/inner', 'source_up\nuse bedrock\n');
      const plain = t.place.envrc('outer/plain', 'source_up\n');
      await t.start();
      await t.cd(inner);
      await t.expectVars({ AWS_PROFILE: 'corp-prod', CLAUDE_CODE_MAX_OUTPUT_TOKENS: null, BEDROCKENV_DIR: inner });
      await t.cd(plain);
      await t.expectVars({ ...byKeys, CLAUDE_CODE_MAX_OUTPUT_TOKENS: '4096', BEDROCKENV_DIR: outer });
      await t.cd('/');
      await t.expectOnly({});
    },
  },
  {
    name: 'a deep subdirectory belongs to the project; moving within loads nothing',
    async run(t) {
      const dir = t.place.project('app', keys);
      t.place.write('app/a/b/c/file', '');
      await t.start();
      await t.cd(`${dir}/a/b/c`);
      await t.expectVars(byKeys);
      t.place.ran();
      for (const to of ['..', dir, `${dir}/a`]) expect(await t.cd(to)).toEqual([]);
      await t.expectVars(byKeys);
      expect(t.place.ran()).toEqual([]);
    },
  },
  {
    name: 'a shell that starts inside, and one that is started from there',
    async run(t) {
      const dir = t.place.project('app', keys);
      await t.start(dir);
      await t.expectVars(byKeys);
      await t.shell.run(t.driver.nested());
      await t.expectVars(byKeys);
      await t.cd('/');
      await t.expectOnly({});
    },
  },
  {
    name: 'words instead of a file',
    async run(t) {
      const dir = t.place.envrc('app', 'use bedrock profile=keys region=eu-central-1 model=claude-sonnet-5\n');
      await t.start();
      expect(await t.cd(dir)).toEqual([]);
      await t.expectVars({ ...byKeys, BEDROCKENV_DIR: dir });
      t.place.envrc('app', 'use bedrock profile=keys regoin=eu-central-1\n');
      expect(await t.prompt()).toEqual([expect.stringMatching(/'regoin=eu-central-1'.*did you mean region=…\?$/)]);
      await t.expectOnly({});
    },
  },
  {
    name: 'the directory file is edited: not approved at the next prompt, applied after `bedrockenv allow`',
    async run(t) {
      const dir = t.place.project('app', keys);
      await t.start();
      await t.cd(dir);
      t.place.write('app/.bedrockrc', prod);
      const said = `direnv: bedrockenv: ${dir}/.bedrockrc is not approved; to use it: bedrockenv allow`;
      expect(await t.prompt()).toEqual([said]);
      await t.expectOnly({});
      expect(await t.prompt()).toEqual([]);
      t.place.bedrockenv('allow', dir);
      expect(await t.prompt()).toEqual([]);
      await t.expectVars({ AWS_PROFILE: 'corp-prod' });
    },
  },
  {
    name: '~/.aws/config is edited: the new region at the next prompt',
    async run(t) {
      const dir = t.place.project('app', 'profile: keys\nmodel: claude-sonnet-5\n');
      await t.start();
      await t.cd(dir);
      await t.expectVars({ AWS_REGION: 'eu-west-1' });
      t.place.write('.aws/config', '[profile keys]\nregion = us-east-1\n');
      expect(await t.prompt()).toEqual([]);
      await t.expectVars({ AWS_REGION: 'us-east-1', ANTHROPIC_MODEL: 'us.anthropic.claude-sonnet-5' });
    },
  },
  {
    name: 'the user config appears, changes and goes',
    async run(t) {
      const dir = t.place.project('app', keys);
      await t.start();
      await t.cd(dir);
      const config = t.place.write('.config/bedrockenv/config.yaml', 'default:\n  max_output_tokens: 4096\n');
      await t.prompt();
      await t.expectVars({ ...byKeys, CLAUDE_CODE_MAX_OUTPUT_TOKENS: '4096' });
      t.place.write(config, 'default:\n  max_output_tokens: 8192\n');
      await t.prompt();
      await t.expectVars({ ...byKeys, CLAUDE_CODE_MAX_OUTPUT_TOKENS: '8192' });
      rmSync(config);
      await t.prompt();
      await t.expectVars({ ...byKeys, CLAUDE_CODE_MAX_OUTPUT_TOKENS: null });
    },
  },
  {
    name: 'a file that is broken, and one that was denied',
    async run(t) {
      const dir = t.place.project('app', keys);
      const inner = t.place.project('app/inner', prod, { allow: false });
      t.place.bedrockenv('deny', inner);
      await t.start();
      expect(await t.cd(inner)).toEqual([]);
      await t.expectVars({ ...byKeys, BEDROCKENV_DIR: dir });
      t.place.write('app/.bedrockrc', 'model: \0\n');
      const why = `${dir}/.bedrockrc is broken (contains a NUL byte); see: bedrockenv status`;
      expect(await t.cd(dir)).toEqual([`direnv: bedrockenv: ${why}`]);
      await t.expectOnly({});
    },
  },
  {
    name: 'exported and empty values come back exactly as they were, with every kind of character',
    async run(t) {
      const dir = t.place.project('app', keys);
      const other = t.place.project('other', prod);
      const value = 'it\'s "$(touch never)" `x` \\ % %1F \x1f \n\x1b[31m 開発 $HOME * ~ ';
      await t.start();
      await t.shell.run(t.driver.exportVar('ANTHROPIC_MODEL', value));
      await t.shell.run(t.driver.exportVar('AWS_REGION', ''));
      for (const to of [dir, other, '/', dir]) await t.cd(to);
      await t.expectVars(byKeys);
      await t.cd('/');
      await t.expectOnly({ ANTHROPIC_MODEL: value, AWS_REGION: '' });
    },
  },
  {
    name: 'a stale session: said in one line, nobody signs in, not at the next prompts either',
    async run(t) {
      t.place.sandbox.removeToken(sampleSessions.corp);
      const dir = t.place.project('app', 'profile: corp-dev\nmodel: sonnet\n');
      await t.start();
      t.place.ran();
      const said = 'direnv: bedrockenv: session corp is expired; sign in with: bedrockenv login';
      expect(await t.cd(dir)).toEqual([said]);
      await t.expectVars({ AWS_PROFILE: 'corp-dev' });
      expect(await t.prompt()).toEqual([]);
      expect([...t.place.ran(), ...t.place.ran('aws')]).toEqual([]);
    },
  },
  ...['with spaces  two', "it's", 'a;b&c|d', '開発', '-n', '~'].map((name) => ({
    name: `a directory named ${JSON.stringify(name)}`,
    async run(t: Stage) {
      const dir = t.place.project(join('odd', name), keys);
      await t.start();
      expect(await t.cd(dir)).toEqual([]);
      await t.expectVars({ ...byKeys, BEDROCKENV_DIR: dir });
      await t.cd('/');
      await t.expectOnly({});
    },
  })),
  {
    name: 'BEDROCKENV_DISABLE=1 sets nothing',
    async run(t) {
      const dir = t.place.project('app', keys);
      await t.start();
      await t.shell.run(t.driver.exportVar('BEDROCKENV_DISABLE', '1'));
      expect(await t.cd(dir)).toEqual([]);
      await t.expectOnly({});
    },
  },
  {
    name: '`direnv exec` and `direnv export json` from the prompt',
    async run(t) {
      const dir = t.place.project('app', keys);
      await t.start();
      const { output } = await t.shell.run(`direnv exec ${t.driver.quote(dir)} sh -c 'echo "[$AWS_PROFILE]"'`);
      expect(output).toContain('[keys]');
      await t.expectOnly({});
      const json = await t.shell.run(`sh -c 'cd "$0" && direnv export json' ${t.driver.quote(dir)}`);
      expect(json.output).toMatch(/"AWS_PROFILE": *"keys"/);
      await t.expectOnly({});
    },
  },
];
