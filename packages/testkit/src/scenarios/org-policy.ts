import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { machineIn, machineMissing } from '../machine/index.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage/index.ts';
import { keys, prod } from './projects.ts';

const path = '/etc/bedrockenv/policy.yaml';

/** A shell on a machine with a policy, and a project that was approved before it. */
async function start(t: Stage, policy: string | null) {
  const dir = await t.project('app', keys.text);
  const machine = machineIn(t.sandbox.at('.machine'), t.sandbox.write);
  machine.setPolicy(policy);
  await t.start({ under: machine.under, env: { AWS_PROFILE: 'own' } });
  return { dir, machine };
}

/** What the user has, and nothing else. */
const before = { AWS_PROFILE: 'own' };

export const orgPolicy: Scenario[] = [
  {
    name: "the organisation's policy forbids a region: nothing is set, one line says the rule",
    unless: machineMissing,
    async run(t) {
      const { dir, machine } = await start(t, '# EU North alone\nregions: [eu-north-1]\n');
      const forbidden = new RegExp(
        `^bedrockenv: ${path}:2: region is eu-central-1 \\(${dir}/.bedrockrc:2\\): .* allows only the regions eu-north-1`,
      );
      t.expectLines(await t.cd(dir), [forbidden]);
      await t.expectOnly(before);
      t.expectLines(await t.prompt(), []);
      machine.setPolicy('regions: [eu-north-1, eu-central-1]\n');
      t.expectLines(await t.prompt(), [keys.line]);
      await t.expectVars(keys.vars);
      machine.setPolicy('regions: [eu-north-1]\n');
      t.expectLines(await t.prompt(), [/allows only the regions eu-north-1/]);
      await t.expectOnly(before);
      t.expectLines(await t.cd('..'), []);
      await t.expectOnly(before);
    },
  },
  {
    name: "the organisation's policy appears, is broken, requires a key and goes while the shell is inside",
    unless: machineMissing,
    async run(t) {
      const { dir, machine } = await start(t, null);
      t.expectLines(await t.cd(dir), [keys.line]);
      await t.expectVars(keys.vars);
      machine.setPolicy('regions: eu-central-1\n');
      t.expectLines(await t.prompt(), [new RegExp(`^bedrockenv: ${path}:1:10: regions: expected a list of regions`)]);
      await t.expectOnly(before);
      machine.setPolicy('require: {prompt_caching: false}\n');
      t.expectLines(await t.prompt(), [keys.line]);
      await t.expectVars({ ...keys.vars, DISABLE_PROMPT_CACHING: '1' });
      machine.setPolicy(null);
      await t.prompt();
      await t.expectVars({ ...keys.vars, DISABLE_PROMPT_CACHING: null });
      await t.cd('..');
      await t.expectOnly(before);
    },
  },
  {
    name: "the organisation's policy names accounts: an API key of the shell is gone inside, and comes back",
    unless: machineMissing,
    async run(t) {
      const name = 'AWS_BEARER_TOKEN_BEDROCK';
      const dir = await t.project('app', prod.text);
      const machine = machineIn(t.sandbox.at('.machine'), t.sandbox.write);
      const account = /sso_account_id = (\d{12})/.exec(sectionOf(t, 'corp-prod'))?.[1];
      machine.setPolicy(`accounts: ["${account}"]\n`);
      await t.start({ under: machine.under });
      await t.run(t.driver.exportVar(name, 'own-key'));
      for (let round = 0; round < 2; round += 1) {
        t.expectLines(await t.cd(dir), [prod.line]);
        await t.expectVars({ ...prod.vars, [name]: null });
        expect((await t.vars()).BEDROCKENV_STATE?.value).not.toContain('own-key');
        t.expectLines(await t.cd('..'), []);
        await t.expectOnly({ [name]: 'own-key' });
      }
      // Where there was none, there is none.
      await t.run(t.driver.unset(name));
      await t.cd(dir);
      await t.expectVars(prod.vars);
      await t.cd('..');
      await t.expectOnly({});
      await t.run(t.driver.exportVar(name, 'own-key'));
      await t.cd(dir);
      machine.setPolicy(null);
      await t.prompt();
      await t.expectVars({ ...prod.vars, [name]: 'own-key' });
      machine.setPolicy(`accounts: ["${account}"]\n`);
      await t.prompt();
      await t.expectVars({ ...prod.vars, [name]: null });
      // What is exported by hand inside is the user's, and stays.
      await t.run(t.driver.exportVar(name, 'by hand'));
      await t.prompt();
      await t.cd('..');
      await t.expectOnly({ [name]: 'by hand' });
    },
  },
];

/** What ~/.aws/config says of a profile. */
function sectionOf(t: Stage, profile: string): string {
  const text = readFileSync(t.sandbox.at('.aws/config'), 'utf8');
  return text.split(`[profile ${profile}]`)[1]?.split('\n[')[0] ?? '';
}
