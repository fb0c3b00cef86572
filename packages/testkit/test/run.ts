import { spawn } from 'node:child_process';

/** What a program printed and how it ended. */
export interface Result {
  stdout: string;
  stderr: string;
  status: number | null;
}

/** Runs a program to its end; `onStdout` sees the output while it comes. */
export function run(
  file: string,
  args: readonly string[],
  env: Record<string, string>,
  onStdout: (text: string) => void = () => {},
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      onStdout(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject).on('close', (status) => resolve({ stdout, stderr, status }));
  });
}
