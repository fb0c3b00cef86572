import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Section } from '../../src/aws/index.ts';

/** Name and settings of each section, in order. */
export type Sections = [name: string, settings: Section][];

/** profiles, sso-sessions, services; null where the file is refused. */
export type Answer = [Sections, Sections, Sections] | null;

export interface Files {
  config: Uint8Array;
  credentials: Uint8Array | null;
}

export interface Botocore {
  version: string;
  ask(files: readonly Files[]): Promise<Answer[]>;
  close(): Promise<void>;
}

/** A running python3 with botocore, or null where there is none. */
export async function startBotocore(): Promise<Botocore | null> {
  // Debian's own has Debian's packages; another one may stand before it on PATH.
  const python = ['python3', '/usr/bin/python3'].find(
    (each) => spawnSync(each, ['-c', 'import botocore']).status === 0,
  );
  if (!python) return null;
  const script = fileURLToPath(new URL('./ask_botocore.py', import.meta.url));
  const child = spawn(python, ['-X', 'utf8', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  // Without python3 there is an error; without botocore the first line is null. Anything else that fails is a failure.
  const started = await once(child, 'spawn').catch(() => null);
  if (started === null) return null;
  const first = await lines.next();
  if (first.done) throw new Error('ask_botocore.py has ended');
  const version: string | null = JSON.parse(first.value);
  if (version === null) return null;
  return {
    version,
    async ask(files) {
      const encoded = files.map(({ config, credentials }) => [base64(config), credentials && base64(credentials)]);
      child.stdin.write(`${JSON.stringify(encoded)}\n`);
      const line = await lines.next();
      if (line.done) throw new Error('ask_botocore.py has ended');
      return JSON.parse(line.value);
    },
    async close() {
      const ended = once(child, 'close');
      child.stdin.end();
      await ended;
    },
  };
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
