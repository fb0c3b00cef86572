import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, type Stage, type StartOptions } from '../stage/index.ts';

/** How a shell comes to what a directory says. */
export interface Entry {
  /** Before any project is made; how to start the shell then. */
  prepare(t: Stage): Promise<StartOptions>;
  /** As `Stage.project`. */
  project(t: Stage, path: string, text: string): Promise<string>;
}

/** Our hook. */
export const byHook: Entry = {
  prepare: async () => ({}),
  project: (t, path, text) => t.project(path, text),
};

/** direnv's hook, and `use bedrock` in an .envrc. */
export const byDirenv: Entry = {
  async prepare(t) {
    const library = readFileSync(join(repository, 'packages/direnv/lib/bedrockenv.sh'));
    t.sandbox.write('.config/direnv/lib/bedrockenv.sh', library);
    return { loading: 'none', before: t.driver.evalOutput(`direnv hook ${t.driver.name}`) };
  },
  async project(t, path, text) {
    const dir = await t.project(path, text);
    const envrc = t.sandbox.write(join(path, '.envrc'), 'use bedrock\n');
    execFileSync('direnv', ['allow', envrc], { env: t.sandbox.env, stdio: 'pipe' });
    return dir;
  },
};
