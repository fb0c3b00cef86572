import type { ShellDriver } from '@bedrockenv/core';
import { describe, expect, test } from 'vitest';
import { isRequired } from './drivers/required.ts';
import { openStage, type Stage } from './stage/index.ts';

/** One thing that must hold in every shell. */
export interface Scenario {
  name: string;
  /** Shells in which it cannot be played, each with the reason. */
  except?: Readonly<Record<string, string>> | ((shell: ShellDriver) => string | undefined);
  /** Why this machine cannot play it (a program is missing, the user is root); undefined if it can. */
  unless?: () => string | undefined;
  run(t: Stage): Promise<void>;
}

/** For `except`: the scenario is about a feature that these shells alone have. */
export function only(...names: string[]): (shell: ShellDriver) => string | undefined {
  return ({ name }) => (names.includes(name) ? undefined : `a feature of ${names.join(' and ')}`);
}

/** Plays one scenario from an empty HOME to a HOME that is gone. */
async function play(scenario: Scenario, driver: ShellDriver): Promise<void> {
  const { stage, close } = await openStage(driver);
  try {
    await scenario.run(stage);
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
  await close();
}

/**
 * Registers one test per scenario and shell. A shell that this machine has not is skipped by name, and a failure
 * where it is required.
 */
export function runScenarios(scenarios: readonly Scenario[], drivers: readonly ShellDriver[]): void {
  for (const driver of drivers) {
    describe(driver.name, () => {
      if (!driver.program()) {
        if (isRequired(driver))
          test(`${driver.name} is installed`, () => expect.fail(`${driver.name} is not installed`));
        else test.skip(`${driver.name} is not installed`, () => {});
        return;
      }
      for (const scenario of scenarios) {
        const { except, unless } = scenario;
        const here = unless?.();
        const reason =
          (typeof except === 'function' ? except(driver) : except?.[driver.name]) ?? (here && `not here: ${here}`);
        if (reason !== undefined) test.skip(`${scenario.name} (${reason})`, () => {});
        else test(scenario.name, () => play(scenario, driver), driver.scenarioTimeoutMs);
      }
    });
  }
}
