import { only, type Scenario } from '../scenario.ts';
import type { Stage } from '../stage/index.ts';
import { keys, nothing } from './projects.ts';

/** A shell that has one variable in each state, in a place outside of any project. */
async function withValues(t: Stage): Promise<void> {
  const { driver } = t;
  await t.start();
  await t.run(driver.exportVar('ANTHROPIC_MODEL', 'my model'));
  await t.run(driver.setLocal('AWS_REGION', 'shell local'));
  await t.run(driver.exportVar('ANTHROPIC_DEFAULT_SONNET_MODEL', ''));
  await t.run(driver.exportVar('MAX_THINKING_TOKENS', 'not managed here'));
}

const before = {
  ANTHROPIC_MODEL: 'my model',
  AWS_REGION: { local: 'shell local' },
  ANTHROPIC_DEFAULT_SONNET_MODEL: '',
  MAX_THINKING_TOKENS: 'not managed here',
  CLAUDE_CODE_USE_BEDROCK: null,
  AWS_PROFILE: null,
};

export const valuesBefore: Scenario[] = [
  {
    name: 'unset, exported, empty and shell-local values come back exactly as they were',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await withValues(t);
      for (let round = 0; round < 2; round += 1) {
        await t.cd(dir);
        await t.expectVars({ ...keys.vars, MAX_THINKING_TOKENS: 'not managed here' });
        await t.cd('/');
        await t.expectOnly(before);
      }
    },
  },
  {
    name: 'they come back after a switch and a nested directory too',
    async run(t) {
      const dir = await t.project('app', keys.text);
      const inner = await t.project('app/inner', 'model: claude-opus-5\n');
      const other = await t.project('other', keys.text.replace('eu-central-1', 'us-east-1'));
      await withValues(t);
      for (const to of [dir, inner, other, inner, dir, other]) await t.cd(to);
      await t.expectVars({ AWS_REGION: 'us-east-1' });
      await t.cd('/');
      await t.expectOnly(before);
    },
  },
  {
    name: 'values with every kind of character come back',
    async run(t) {
      const dir = await t.project('app', keys.text);
      const value = 'it\'s "$(touch never)" `x` \\ % %1F \x1f \n\x1b[31m 開発 $HOME * ~ ';
      await t.start();
      await t.run(t.driver.exportVar('ANTHROPIC_MODEL', value));
      await t.run(t.driver.setLocal('AWS_REGION', value));
      await t.cd(dir);
      await t.expectVars(keys.vars);
      await t.cd('/');
      await t.expectOnly({ ANTHROPIC_MODEL: value, AWS_REGION: { local: value } });
    },
  },
  {
    name: 'an exported AWS_PROFILE is the base that the plan depends on, and comes back',
    async run(t) {
      const dir = await t.project('app', 'model: claude-sonnet-5\n');
      await t.start();
      await t.run(t.driver.exportVar('AWS_PROFILE', 'keys'));
      await t.cd(dir);
      await t.expectVars({ AWS_REGION: 'eu-west-1', ANTHROPIC_MODEL: 'eu.anthropic.claude-sonnet-5' });
      await t.cd('/');
      await t.run(t.driver.exportVar('AWS_PROFILE', 'corp-prod'));
      await t.cd(dir);
      await t.expectVars({ AWS_REGION: 'us-east-1', ANTHROPIC_MODEL: 'us.anthropic.claude-sonnet-5' });
      await t.cd('/');
      await t.expectOnly({ AWS_PROFILE: 'corp-prod' });
    },
  },
  {
    name: 'changed by hand inside: it stays, at the next prompts, in a subdirectory and after leaving',
    async run(t) {
      const dir = await t.project('app', keys.text);
      t.sandbox.write('app/sub/file', '');
      await t.start();
      await t.cd(dir);
      await t.run(t.driver.exportVar('AWS_REGION', 'by-hand'));
      await t.prompt();
      await t.cd('sub');
      await t.expectVars({ ...keys.vars, AWS_REGION: 'by-hand' });
      await t.cd('/');
      await t.expectOnly({ AWS_REGION: 'by-hand' });
    },
  },
  {
    name: 'changed by hand inside, left, and come back: the project applies, and the hand is what was there before',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await t.cd(dir);
      await t.run(t.driver.exportVar('AWS_REGION', 'eu-west-3'));
      await t.cd('/');
      await t.expectOnly({ AWS_REGION: 'eu-west-3' });
      await t.cd(dir);
      await t.expectVars(keys.vars);
      await t.cd('/');
      await t.expectOnly({ AWS_REGION: 'eu-west-3' });
      await t.run(t.driver.unset('AWS_REGION'));
      await t.cd(dir);
      await t.cd('/');
      await t.expectOnly(nothing);
    },
  },
  {
    name: 'unset by hand inside: it stays unset, also where there was a value before',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await t.run(t.driver.exportVar('ANTHROPIC_MODEL', 'before'));
      await t.cd(dir);
      await t.run(t.driver.unset('ANTHROPIC_MODEL'));
      await t.run(t.driver.unset('AWS_REGION'));
      await t.prompt();
      await t.expectVars({ ...keys.vars, ANTHROPIC_MODEL: null, AWS_REGION: null });
      await t.cd('/');
      await t.expectVars({ AWS_REGION: null, AWS_PROFILE: null, BEDROCKENV_STATE: null });
      // fish erases the variable that it sees; nothing else may have put a value of ours there.
      const { ANTHROPIC_MODEL } = await t.vars();
      if (ANTHROPIC_MODEL?.state !== 'u') throw new Error(`ANTHROPIC_MODEL is ${JSON.stringify(ANTHROPIC_MODEL)}`);
    },
  },
  {
    name: 'changed by hand, then the plan is made anew with the same value: the hand wins',
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await t.cd(dir);
      // A region that there is: what is none counts as not set.
      await t.run(t.driver.exportVar('AWS_REGION', 'eu-west-3'));
      t.sandbox.write('.config/bedrockenv/config.yaml', 'default:\n  max_output_tokens: 4096\n');
      await t.prompt();
      await t.expectVars({ ...keys.vars, AWS_REGION: 'eu-west-3', CLAUDE_CODE_MAX_OUTPUT_TOKENS: '4096' });
      await t.cd('/');
      await t.expectVars({ AWS_REGION: 'eu-west-3', AWS_PROFILE: null });
    },
  },
  {
    name: 'a readonly variable is spared and everything else applies',
    except: { fish: 'it has no readonly variables', powershell: 'no environment variable is readonly' },
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await t.run('readonly AWS_REGION=mine');
      t.expectLines(await t.cd(dir), [keys.line]);
      await t.expectVars({ ...keys.vars, AWS_REGION: { local: 'mine' } });
      t.expectLines(await t.cd('/'), []);
      await t.expectVars({ AWS_REGION: { local: 'mine' }, AWS_PROFILE: null, ANTHROPIC_MODEL: null });
    },
  },
  {
    name: 'a universal value comes back into view',
    except: only('fish'),
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start();
      await t.run('set -Ux AWS_REGION everywhere');
      await t.cd(dir);
      await t.expectVars(keys.vars);
      if ((await t.run('set -qU AWS_REGION; and echo $AWS_REGION')).output !== 'eu-central-1')
        throw new Error('shadow');
      await t.cd('/');
      await t.expectOnly({ AWS_REGION: 'everywhere' });
      if ((await t.run('set -qg AWS_REGION; or echo gone')).output !== 'gone') throw new Error('a global was left');
    },
  },
];
