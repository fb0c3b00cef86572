import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage/index.ts';
import { eachCase } from './each-case.ts';
import { keys, nothing } from './projects.ts';

type Make = (file: string, t: Stage) => void;

const notRegular = 'not a regular file';

/** What stands in the place of a directory file, and what the hook says of it. */
const broken: [name: string, reason: string, make: Make][] = [
  ['a FIFO', notRegular, (file) => void execFileSync('mkfifo', [file])],
  ['a directory', notRegular, (file) => mkdirSync(file)],
  ['a link to /dev/zero', notRegular, (file) => symlinkSync('/dev/zero', file)],
  ['a link to a terminal', notRegular, (file) => symlinkSync('/dev/tty', file)],
  ['a link to a directory', notRegular, (file) => symlinkSync('..', file)],
  ['a link to itself', notRegular, (file) => symlinkSync('.bedrockrc', file)],
  ['a dangling link', notRegular, (file) => symlinkSync('nowhere', file)],
  ['a socket', notRegular, (file) => void execFileSync(process.execPath, ['-e', listen, file])],
  ['30 MB', 'larger than 64 KiB', (file, t) => t.sandbox.write(file, keys.text.padEnd(30_000_000, '#'))],
  ['65537 bytes', 'larger than 64 KiB', (file, t) => t.sandbox.write(file, keys.text.padEnd(65_537, '#'))],
  [
    '30 MB of NUL',
    '(larger than 64 KiB|contains a NUL byte)',
    (file, t) => t.sandbox.write(file, Buffer.alloc(30_000_000)),
  ],
  ['a NUL at the end', 'contains a NUL byte', (file, t) => t.sandbox.write(file, `${keys.text}\0`)],
  ['a NUL in the middle', 'contains a NUL byte', (file, t) => t.sandbox.write(file, keys.text.replace('\n', '\0\n'))],
  ['a NUL at the start', 'contains a NUL byte', (file, t) => t.sandbox.write(file, `\0${keys.text}`)],
];

/** Leaves a socket behind. */
const listen = "const s = require('node:net').createServer().listen(process.argv[1], () => process.exit());";

const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from(
  'bcdefghi',
  (n, i) =>
    `${n}: &${n} [${'*'
      .concat('abcdefgh'[i] ?? '')
      .concat(',')
      .repeat(9)
      .slice(0, -1)}]\n`,
).join('')}`;

/** Text that is no directory file; approved by hand, it still must not do anything. */
const invalid: [name: string, text: string | Uint8Array][] = [
  ['a YAML bomb', bomb],
  ['an anchor that holds itself', 'profile: &a {account: *a, role: x}\n'],
  ['a tag that names code', "profile: !!js/function 'function () { throw 1 }'\n"],
  ['a tag that names a Python object', 'profile: !!python/object/apply:os.system ["touch canary"]\n'],
  ['a local tag', 'model: !env HOME\n'],
  ['two documents', `${keys.text}---\nprofile: corp-prod\n`],
  ['two documents, the first empty', `---\n---\n${keys.text}`],
  ['invalid UTF-8', Buffer.concat([Buffer.from(keys.text), Buffer.from([0x6d, 0x3a, 0xff, 0xfe, 0xc3, 0x0a])])],
  ['UTF-16', Buffer.from(`\ufeff${keys.text}`, 'utf16le').filter((byte) => byte !== 0)],
  ['a list', '- profile: keys\n'],
  ['a scalar', 'keys\n'],
  ['an unknown key', `${keys.text}shell: zsh\n`],
  ['a variable as a key', `${keys.text}PATH: /evil\nLD_PRELOAD: /evil.so\n`],
  ['a key twice', `${keys.text}profile: corp-prod\n`],
  ['a wrong type', 'profile: [keys]\n'],
  ['a tab for indentation', 'models:\n\topus: x\n'],
  ['an escape sequence', 'profile: "\\e]0;pwned\\a\\e[31m"\n'],
  ['a raw escape sequence', 'pro\x1b]0;pwned\x07file: x\n'],
  ['__proto__', '__proto__:\n  profile: keys\nconstructor: x\n'],
  ['4,000 levels', `profile: ${'['.repeat(4000)}${']'.repeat(4000)}\n`],
  ['a merge key', 'base: &b {profile: keys}\n<<: *b\n'],
  ['a profile that does not exist', 'profile: nobody\n'],
  ['a profile with a command in its name', 'profile: "$(touch canary)"\n'],
  ['a model that does not exist', 'profile: keys\nmodel: gpt-9\n'],
];

function approveByHand(t: Stage, dir: string): void {
  const approval = t.state(`approvals${dir}/.bedrockrc`);
  mkdirSync(dirname(approval), { recursive: true, mode: 0o700 });
  chmodSync(t.state(), 0o700);
  copyFileSync(join(dir, '.bedrockrc'), approval);
}

export const hostileFiles: Scenario[] = [
  ...broken.map(
    ([name, reason, make]): Scenario => ({
      name: `.bedrockrc is ${name}: one line, the parent applies, allow refuses`,
      async run(t) {
        const outer = await t.project('outer', keys.text);
        const dir = t.sandbox.at('outer/inner');
        mkdirSync(dir);
        make(join(dir, '.bedrockrc'), t);
        await t.start();
        const line = new RegExp(`^bedrockenv: ${dir}/.bedrockrc is broken \\(${reason}\\); see: bedrockenv status$`);
        t.expectLines(await t.cd(dir), [keys.line, line]);
        await t.expectVars({ ...keys.vars, BEDROCKENV_DIR: outer });
        t.expectLines(await t.prompt(), []);
        const { status, stderr } = await t.bedrockenv('allow', dir);
        expect(status).toBe(1);
        expect(stderr).toContain(`${dir}/.bedrockrc`);
        expect(stderr).not.toMatch(/^\s+at /m);
        expect((await t.bedrockenv('status')).status).toBe(0);
        renameSync(join(dir, '.bedrockrc'), join(dir, 'aside'));
        t.expectLines(await t.prompt(), []);
      },
    }),
  ),
  {
    name: '.bedrockrc is unreadable: one line, the parent applies',
    unless: () => (process.getuid?.() === 0 ? 'root can read everything' : undefined),
    async run(t) {
      await t.project('outer', keys.text);
      const dir = await t.project('outer/inner', keys.text, { allow: false });
      chmodSync(join(dir, '.bedrockrc'), 0);
      await t.start();
      const line = `bedrockenv: ${dir}/.bedrockrc is broken (not readable); see: bedrockenv status`;
      t.expectLines(await t.cd(dir), [keys.line, line]);
      t.expectLines(await t.prompt(), []);
    },
  },
  {
    name: 'a file of exactly 64 KiB, with CRLF, a BOM, no final newline or trailing ones is a file like any other',
    async run(t) {
      const texts = [
        keys.text.padEnd(65_536, '#'),
        keys.text.replaceAll('\n', '\r\n'),
        `\ufeff${keys.text}`,
        keys.text.trimEnd(),
        `${keys.text}\n\n\n`,
        `---\n${keys.text}...\n`,
        `# 開発 \\ $(x) %1F\n${keys.text}`,
      ];
      const dirs = [];
      for (const [i, text] of texts.entries()) dirs.push(await t.project(`app${i}`, text));
      await t.start();
      for (const dir of dirs) {
        t.expectLines(await t.cd(dir), [keys.line]);
        await t.expectVars(keys.vars);
        await t.cd('/');
      }
    },
  },
  {
    name: 'text that is no directory file, approved by hand: one line, nothing of it; allow says where and why',
    async run(t) {
      const canary = t.sandbox.at('canary');
      const shell = await t.start();
      let count = 0;
      await eachCase(invalid, async ([, text]) => {
        count += 1;
        const dir = t.sandbox.at(`app${count}`);
        try {
          t.sandbox.write(join(dir, '.bedrockrc'), text);
          const { status, stderr, stdout } = await t.bedrockenv('allow', dir);
          expect(status).toBe(1);
          expect(stdout + stderr).toContain(`${dir}/.bedrockrc`);
          expect(stdout + stderr).not.toMatch(/^\s+at /m);
          expect(stdout + stderr).not.toContain('\x1b');
          approveByHand(t, dir);
          const { output } = await t.cd(dir);
          expect(output).toMatch(/^bedrockenv: /);
          expect(output).not.toMatch(/keys · /);
          await t.expectOnly(nothing);
          t.expectLines(await t.prompt(), []);
        } finally {
          t.expectLines(await t.cd('/'), []);
        }
        expect(existsSync(canary) || existsSync(join(dir, 'canary'))).toBe(false);
      });
      expect(shell.raw().toString('latin1')).not.toContain('\x1b]0;pwned');
    },
  },
];
