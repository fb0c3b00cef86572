import { spawnSync } from 'node:child_process';

/** Whether a program of that name is on PATH. */
export function onPath(name: string): boolean {
  return spawnSync(name, ['--version']).error === undefined;
}

/** `NAME VERSION` of each program, from its own `--version`. */
export function versions(names: readonly string[]): string[] {
  return names.map((name) => {
    const { stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
    return `${name} ${/\d+(\.\d+)+/.exec(stdout)?.[0] ?? ''}`.trim();
  });
}
