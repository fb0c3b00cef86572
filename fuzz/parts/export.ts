import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { BedrockenvError, variableNames } from '@bedrockenv/core';
import type { Finding, Part, Terms } from '@bedrockenv/testkit/campaign';
import { drivers, type ShellDriver } from '@bedrockenv/testkit/pty';
import { formats } from '../../packages/cli/src/output/formats.ts';
import { hostileText } from '../hostile.ts';
import { pick, type Random, randomNumbers } from '../random.ts';

const perScript = 500;

/** How a shell runs a script without anything of the user's, and a line that prints $NAME with a NUL behind it. */
const readers: Readonly<Record<string, { args: string[]; extension: string; print: (name: string) => string }>> = {
  zsh: { args: ['-f'], extension: 'zsh', print: (name) => `printf '%s\\0' "$${name}"` },
  bash: { args: ['--norc'], extension: 'bash', print: (name) => `printf '%s\\0' "$${name}"` },
  fish: { args: ['--no-config'], extension: 'fish', print: (name) => `printf '%s\\0' $${name}` },
  powershell: {
    args: ['-NoProfile', '-File'],
    extension: 'ps1',
    print: (name) =>
      `$b = [Text.Encoding]::UTF8.GetBytes([Environment]::GetEnvironmentVariable('${name}') + [char]0); $out.Write($b, 0, $b.Length)`,
  },
};

/** `export-FORMAT`: what `export` prints, read back by what it is for. */
export const exportParts: readonly Part[] = [
  ...drivers.map(
    (driver): Part => ({
      name: `export-${driver.name}`,
      about: `what export prints for ${driver.name} gives back every value, and runs nothing`,
      full: 100_000,
      unit: 'values',
      unless: () => (driver.program() ? undefined : `${driver.name} is not installed`),
      run: (terms) => inShell(driver, terms),
    }),
  ),
  reading('dotenv', parseEnv as (text: string) => Record<string, string>),
  reading('json', (text) => JSON.parse(text)),
  reading('github', readGithub),
];

async function inShell(driver: ShellDriver, { seed, count, tell }: Terms) {
  const random = randomNumbers(seed);
  const findings: Finding[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'bedrockenv-fuzz-'));
  const canary = join(folder, 'canary');
  const { args, extension, print } = readers[driver.name] as (typeof readers)[string];
  const script = join(folder, `script.${extension}`);
  try {
    for (let tried = 0; tried < count && findings.length < 20; tried += perScript) {
      const wanted = Array.from({ length: Math.min(perScript, count - tried) }, () => valueFor(random, canary));
      const name = pick(random, variableNames);
      const head = driver.name === 'powershell' ? '$out = [Console]::OpenStandardOutput()\n' : '';
      const steps = wanted.map(async (value) => `${await formats[driver.name]?.({ [name]: value })}${print(name)}\n`);
      writeFileSync(script, head + (await Promise.all(steps)).join(''));
      const env = { PATH: '/usr/bin:/bin', HOME: folder, LANG: 'C.UTF-8', TMPDIR: folder };
      const options = {
        env,
        cwd: folder,
        maxBuffer: 1 << 28,
        stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
      };
      const found = execFileSync(driver.program() as string, [...args, script], options)
        .toString('utf8')
        .split('\0');
      for (const [n, value] of wanted.entries())
        if (found[n] !== value)
          findings.push({ what: `${driver.name} reads another value`, input: { value, found: found[n] } });
      if (existsSync(canary))
        findings.push({ what: `${driver.name} ran something`, input: readFileSync(script, 'utf8') });
      rmSync(canary, { force: true });
      tell(`${tried} of ${count}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { tried: count, findings };
}

/** A format that a program reads, in this process. */
function reading(format: string, read: (text: string) => Record<string, string>): Part {
  return {
    name: `export-${format}`,
    about: `what export prints as ${format} gives back every value, or it is refused`,
    full: 100_000,
    unit: 'values',
    async run({ seed, count }) {
      const random = randomNumbers(seed);
      const findings: Finding[] = [];
      let refused = 0;
      for (let tried = 0; tried < count && findings.length < 20; tried++) {
        const value = valueFor(random, '/tmp/canary');
        const other = valueFor(random, '/tmp/canary');
        try {
          const text = (await formats[format]?.({ AWS_PROFILE: value, AWS_REGION: other })) ?? '';
          const found = read(text);
          if (found.AWS_PROFILE !== value || found.AWS_REGION !== other || Object.keys(found).length !== 2)
            findings.push({ what: `${format} reads another value`, input: { value, other, text, found } });
        } catch (error) {
          if (!(error instanceof BedrockenvError)) throw error;
          refused++;
        }
      }
      if (refused === count) findings.push({ what: 'every value was refused', input: null });
      return { tried: count, findings, notes: [`${refused} pairs cannot be written in it`] };
    },
  };
}

/** Half of them free of what not every format can hold. */
function valueFor(random: Random, canary: string): string {
  const value = hostileText(random, canary);
  return random(2) === 0 ? value : value.replace(/[\r\n'"\\$`]/g, '');
}

/** `$GITHUB_ENV` as the runner reads it on Linux and macOS, at LF alone: `NAME=value`, or `NAME<<END`, lines, `END`. */
function readGithub(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    if (line === '') continue;
    const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')];
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      found[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    const end = lines.indexOf(line.slice(heredoc + 2), at + 1);
    if (end < 0) throw new Error(`${line} has no end`);
    found[line.slice(0, heredoc)] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return found;
}
