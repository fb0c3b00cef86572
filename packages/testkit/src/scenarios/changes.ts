import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Scenario } from '../scenario.ts';
import { gone, keys, notApproved, nothing } from './projects.ts';

const opus = { ...keys.vars, ANTHROPIC_MODEL: 'eu.anthropic.claude-opus-5' };
const opusLine = /^bedrockenv: keys · eu-central-1 · Opus 5$/;

export const changes: Scenario[] = [
  {
    name: 'the directory file is edited: not approved at the next prompt, applied after `bedrockenv allow`',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await t.cd(dir);
      t.sandbox.write('app/.bedrockrc', keys.text.replace('sonnet', 'opus'));
      t.expectLines(await t.prompt(), [notApproved(dir)]);
      await t.expectOnly(nothing);
      t.expectLines(await t.prompt(), []);
      const { output, status } = await t.run('bedrockenv allow');
      expect(status).toBe(0);
      expect(output.split('\n').at(-1)).toMatch(opusLine);
      await t.expectVars(opus);
      t.expectLines(await t.prompt(), []);
    },
  },
  {
    name: 'the directory file is edited and put back: nothing to approve',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await t.cd(dir);
      t.sandbox.write('app/.bedrockrc', keys.text.replace('sonnet', 'opus'));
      await t.prompt();
      t.sandbox.write('app/.bedrockrc', keys.text);
      t.expectLines(await t.prompt(), [keys.line]);
      await t.expectVars(keys.vars);
    },
  },
  {
    name: 'approved from elsewhere while the shell is inside',
    async run(t) {
      const dir = await t.project('app', keys.text, { allow: false });
      await t.start();
      t.expectLines(await t.cd(dir), [notApproved(dir)]);
      await t.bedrockenv('allow', dir);
      t.expectLines(await t.prompt(), [keys.line]);
      await t.expectVars(keys.vars);
      await t.bedrockenv('revoke', dir);
      t.expectLines(await t.prompt(), [notApproved(dir)]);
      await t.expectOnly(nothing);
    },
  },
  {
    name: '~/.aws/config is edited: the new region at the next prompt',
    async run(t) {
      const dir = await t.project('app', 'profile: keys\nmodel: claude-sonnet-5\n');
      await t.start();
      await t.cd(dir);
      await t.expectVars({ AWS_REGION: 'eu-west-1' });
      const config = t.sandbox.at('.aws/config');
      const old = readFileSync(config, 'utf8');
      t.sandbox.write(config, old.replace('[profile keys]\nregion = eu-west-1', '[profile keys]\nregion = us-east-1'));
      t.expectLines(await t.prompt(), [/^bedrockenv: keys · us-east-1 · Sonnet 5$/]);
      await t.expectVars({ AWS_REGION: 'us-east-1', ANTHROPIC_MODEL: 'us.anthropic.claude-sonnet-5' });
      t.expectLines(await t.prompt(), []);
    },
  },
  {
    name: 'an input comes back with an older time (a restored backup)',
    async run(t) {
      const dir = await t.project('app', 'profile: keys\nmodel: claude-sonnet-5\n');
      await t.start();
      await t.cd(dir);
      const config = t.sandbox.at('.aws/config');
      writeFileSync(config, readFileSync(config, 'utf8').replaceAll('eu-west-1', 'us-west-2'));
      utimesSync(config, 1_000_000_000, 1_000_000_000);
      t.expectLines(await t.prompt(), [/^bedrockenv: keys · us-west-2 · Sonnet 5$/]);
      await t.expectVars({ AWS_REGION: 'us-west-2' });
    },
  },
  {
    name: 'an input is touched but not changed: no word, the same variables',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await t.cd(dir);
      const { mtimeMs } = statSync(t.sandbox.at('.aws/config'));
      utimesSync(t.sandbox.at('.aws/config'), mtimeMs / 1000 + 60, mtimeMs / 1000 + 60);
      t.expectLines(await t.prompt(), []);
      await t.expectVars(keys.vars);
    },
  },
  {
    name: 'the user config appears, changes and goes',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await t.cd(dir);
      const tokens = async (value: string | null) => {
        t.expectLines(await t.prompt(), []);
        await t.expectVars({ ...keys.vars, CLAUDE_CODE_MAX_OUTPUT_TOKENS: value });
      };
      await tokens(null);
      const config = t.sandbox.write('.config/bedrockenv/config.yaml', 'default:\n  max_output_tokens: 4096\n');
      await tokens('4096');
      t.sandbox.write(config, 'default:\n  max_output_tokens: 8192\n');
      await tokens('8192');
      rmSync(config);
      await tokens(null);
    },
  },
  {
    name: 'the user config applies outside of projects too, and changes there',
    async run(t) {
      const dir = await t.project('app', keys.text);
      const config = t.sandbox.write('.config/bedrockenv/config.yaml', 'default:\n  effort: high\n');
      await t.start();
      await t.expectVars({ CLAUDE_CODE_EFFORT_LEVEL: 'high' });
      await t.cd(dir);
      await t.expectVars({ ...keys.vars, CLAUDE_CODE_EFFORT_LEVEL: 'high' });
      await t.cd('/');
      t.sandbox.write(config, 'default:\n  effort: low\n');
      await t.prompt();
      await t.expectVars({ CLAUDE_CODE_EFFORT_LEVEL: 'low', AWS_PROFILE: null });
      rmSync(config);
      await t.prompt();
      await t.expectOnly(nothing);
    },
  },
  {
    name: 'files appear and disappear around a shell that stands still',
    async run(t) {
      const dir = await t.project('app', keys.text);
      const sub = join(dir, 'sub');
      t.sandbox.write('app/sub/file', '');
      await t.start();
      await t.cd(sub);
      const inner = t.sandbox.write('app/sub/.bedrockrc', 'model: claude-opus-5\n');
      t.expectLines(await t.prompt(), [notApproved(sub)]);
      await t.expectVars(keys.vars);
      await t.bedrockenv('allow', sub);
      t.expectLines(await t.prompt(), [opusLine]);
      await t.expectVars(opus);
      rmSync(inner);
      t.expectLines(await t.prompt(), [keys.line]);
      rmSync(join(dir, '.bedrockrc'));
      t.expectLines(await t.prompt(), []);
      await t.expectVars(gone);
    },
  },
  {
    name: 'an approved parent file appears above the applied one',
    async run(t) {
      const dir = await t.project('outer/inner', keys.text);
      await t.start();
      await t.cd(dir);
      await t.project('outer', 'max_output_tokens: 4096\n');
      t.expectLines(await t.prompt(), []);
      await t.expectVars({ ...keys.vars, CLAUDE_CODE_MAX_OUTPUT_TOKENS: '4096' });
    },
  },
];
