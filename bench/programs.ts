import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';

/** Whether a program of that name is on PATH. */
export function onPath(name: string): boolean {
  return spawnSync(name, ['--version']).error === undefined;
}

/** `NAME VERSION` of each program, from its own `--version`. */
export function versions(programs: readonly string[]): string[] {
  return programs.map((name) => {
    const { stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
    return `${basename(name)} ${/\d+(\.\d+)+/.exec(stdout)?.[0] ?? ''}`.trim();
  });
}
