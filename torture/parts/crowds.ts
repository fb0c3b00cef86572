import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Finding, Part, Terms } from '@bedrockenv/testkit/campaign';
import { bash, fish, type Shell, snapshot, startShell, writeRc, zsh } from '@bedrockenv/testkit/pty';
import { randomNumbers } from '../../fuzz/random.ts';
import { cli, oldText, openBox, otherText } from '../box.ts';

const drivers = [zsh, bash, fish];

/** Many at once. */
export const crowdParts: readonly Part[] = [
  {
    name: 'switching',
    about: 'many shells switch between two projects at once: each has the variables of where it is',
    full: 200,
    unit: 'shells',
    unless: () => (drivers.some((driver) => driver.program()) ? undefined : 'no shell is installed'),
    run: switching,
  },
  {
    name: 'approvals',
    about: 'eight processes approve and revoke the same projects: nothing is half, and the last word counts',
    full: 10_000,
    unit: 'commands',
    run: approvals,
  },
];

async function switching({ count, tell }: Terms) {
  const box = openBox();
  const other = join(box.sandbox.write('other/.bedrockrc', otherText), '..');
  const findings: Finding[] = [];
  const shells: Shell[] = [];
  const installed = drivers.filter((driver) => driver.program());
  try {
    for (const dir of [box.project, other]) box.run(['allow', dir]);
    for (const driver of installed) {
      const hook = join('.config/bedrockenv', driver.installedHook);
      // Once: a shell that starts beside must not find half an rc file.
      writeRc(driver, box.sandbox, driver.sourceFile(box.sandbox.write(hook, box.run(['hook', driver.name]).stdout)));
    }
    for (let n = 0; n < count; n += 10) {
      const some = Array.from({ length: Math.min(10, count - n) }, (_, at) => installed[(n + at) % installed.length]);
      const started = some.map((driver) => {
        if (!driver) throw new Error('no shell');
        return startShell(driver, { sandbox: box.sandbox, timeoutMs: 300_000 });
      });
      shells.push(...(await Promise.all(started)));
      tell(`${shells.length} of ${count} shells`);
    }
    for (let round = 0; round < 4; round++) {
      const [dir, profile] = round % 2 === 0 ? [box.project, 'corp-dev'] : [other, 'corp-prod'];
      await Promise.all(shells.map((shell) => shell.run(`cd ${dir}`, 300_000)));
      // Every shell that is asked costs a prompt; the first and every tenth tell of all.
      for (const shell of shells.filter((_, n) => n % 10 === round || count < 50)) {
        const { AWS_PROFILE } = await snapshot(shell, ['AWS_PROFILE']);
        if (AWS_PROFILE?.value !== profile)
          findings.push({ what: `${shell.driver.name} has the profile ${AWS_PROFILE?.value} in ${dir}`, input: round });
      }
    }
    findings.push(...box.broken().map((what) => ({ what, input: null })));
  } finally {
    await Promise.all(shells.map((shell) => shell.close()));
    await box.sandbox.dispose();
  }
  return { tried: shells.length, findings };
}

async function approvals({ seed, count, over, tell }: Terms) {
  const box = openBox();
  const random = randomNumbers(seed);
  const findings: Finding[] = [];
  const dirs = [box.project, ...[1, 2, 3].map((n) => join(box.sandbox.write(`p${n}/.bedrockrc`, oldText), '..'))];
  /** Each revoke: its directory, when it began, and when it ended. */
  const revokes: { dir: string; from: number; to: number }[] = [];
  let done = 0;
  const worker = async () => {
    while (done < count && !over()) {
      done++;
      const words = [random(2) === 0 ? 'allow' : 'revoke', dirs[random(dirs.length)] as string];
      const [verb, dir = ''] = words;
      const from = performance.now();
      const revoke = { dir, from, to: Number.POSITIVE_INFINITY };
      if (verb === 'revoke') revokes.push(revoke);
      const { code, stderr } = await started(words, box.sandbox.env, box.sandbox.home);
      revoke.to = performance.now();
      // `revoke` of what is not approved may say so, and so may `allow` where a revoke came before its end.
      const crossed = code === 3 && revokes.some((one) => one.dir === dir && one.to > from);
      if (code !== 0 && verb === 'allow' && !crossed)
        findings.push({ what: `it ended with ${code}: ${stderr}`, input: words });
      if (/^\s+at /m.test(stderr)) findings.push({ what: stderr, input: words });
      tell(`${done} of ${count}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: 8 }, worker));
    findings.push(...box.broken().map((what) => ({ what, input: null })));
    for (const dir of dirs) {
      for (const [words, status] of [
        [['allow', dir], 0],
        [['export', '--dir', dir], 0],
        [['revoke', dir], 0],
        [['export', '--dir', dir], 3],
      ] as const) {
        const ended = box.run(words);
        if (ended.status !== status)
          findings.push({ what: `then ${words.join(' ')} ends with ${ended.status}`, input: dir });
      }
    }
  } finally {
    await box.sandbox.dispose();
  }
  return { tried: done, findings };
}

function started(words: readonly string[], env: Record<string, string>, cwd: string) {
  return new Promise<{ code: number | null; stderr: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...words], { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject).on('close', (code) => resolve({ code, stderr }));
  });
}
