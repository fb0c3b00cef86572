import { spawn } from 'node:child_process';
import { type Box, cli, type Ended } from './box.ts';

/**
 * Runs the CLI while this process goes on, as one must that serves a fake AWS, and ends it after `ms`.
 * @returns with the signal SIGKILL where it did not come to its end in time
 */
export function runSoon(
  { sandbox, project }: Box,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  ms: number,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that the AWS CLI that it runs is ended with it.
    const options = { cwd: project, env: { ...sandbox.env, ...env }, detached: true } as const;
    const child = spawn(process.execPath, [cli, ...words], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => process.kill(-(child.pid as number), 'SIGKILL'), ms);
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        said[stream] += text;
      });
    child.on('error', reject).on('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ ...said, status, signal });
    });
  });
}
