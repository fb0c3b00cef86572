import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { claudeCodeVersion } from '../claude-code/index.ts';
import { unlessInstalled, withDesk } from '../clients/desk.ts';
import type { Scenario } from '../scenario.ts';
import { unless as unlessAwsCli } from '../scenarios/stale-session.ts';
import { repository, type Stage } from '../stage/index.ts';
import { isShown, namedCommands, readSteps } from './read.ts';

/** The HOME that pages show. */
const reader = '/home/ada';

/** Where a page is read: what its reader has before the first line. */
export interface Setting {
  /** Relative to the repository. */
  path: string;
  /** The commands in its text are run as well: each stands in one of its code blocks. */
  everyCommand?: true;
  /** Prepares the stage. */
  before?(t: Stage): void | Promise<void>;
}

/**
 * A page of documentation as its reader would try it: every file is written, every command typed into one shell on a
 * stage with AWS, Amazon Bedrock and Claude Code, in order. Exit codes and what is shown must be as the page says.
 */
export function page({ path, everyCommand, before }: Setting): Scenario {
  return {
    name: `${path}: every command does what the page says`,
    unless: () => unlessInstalled(claudeCodeVersion)() ?? unlessAwsCli(),
    run: (t) =>
      withDesk(t, claudeCodeVersion, async (desk) => {
        const text = readFileSync(join(repository, path), 'utf8');
        const steps = readSteps(text);
        const commands = steps.flatMap((step) => (step.kind === 'command' ? [step.text] : []));
        expect(commands).not.toEqual([]);
        const isRun = (named: string) => commands.some((command) => `${command} `.startsWith(`${named} `));
        if (everyCommand) expect(namedCommands(text).filter((named) => !isRun(named))).toEqual([]);
        await before?.(t);
        // As the README's line has it in the rc file.
        await desk.start({ cols: 400, loading: 'eval' });
        const wrong: string[] = [];
        for (const step of steps) {
          if (step.kind === 'file') {
            t.sandbox.write(step.path.replace(/^~\//, ''), step.text);
            continue;
          }
          const { output, status } = await t.run(step.text, 90_000);
          const lines = output === '' ? [] : output.split('\n');
          const printed = lines.map((line) => line.trimEnd().replaceAll(t.sandbox.home, reader));
          const isRight = status === step.status && (step.shown === null || isShown(printed, step.shown));
          if (!isRight) wrong.push(`${path}:${step.line}: ${step.text}\n${output}\n(exit code ${status})`);
        }
        expect(wrong.join('\n\n')).toBe('');
      }),
  };
}
