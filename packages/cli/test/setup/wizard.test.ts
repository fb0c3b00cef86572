import { chmodSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Sandbox } from '../cli.ts';
import { Terminal } from '../terminal.ts';
import { tree } from './tree.ts';

const [enter, down, ctrlC] = ['\r', '\x1b[B', '\x03'];

/** A machine with bash, Claude Code and the sample profiles. */
function sandbox(): Sandbox {
  const box = new Sandbox();
  mkdirSync(box.path('bin'));
  symlinkSync('/bin/bash', box.path('bin/bash'));
  box.write('.claude/settings.json', '{}\n');
  return box;
}

const looks = {
  lists: { TERM: 'xterm-256color' },
  'without colours': { TERM: 'xterm-256color', NO_COLOR: '1' },
  'plain lines (TERM=dumb)': { TERM: 'dumb' },
  'plain lines (no UTF-8)': { TERM: 'xterm', LANG: 'C' },
  'plain lines (ACCESSIBLE)': { TERM: 'xterm-256color', ACCESSIBLE: '1' },
};

function start(box: Sandbox, words: string[], more: Record<string, string> = looks.lists, cols = 300): Terminal {
  const env = box.environment({ PATH: `${box.path('bin')}:/bin`, SHELL: '/bin/bash', PWD: box.home, ...more });
  return new Terminal(words, { cwd: box.home, env, cols });
}

/** The text without colours and movements. */
const plain = (terminal: Terminal) => stripVTControlCharacters(terminal.out);

async function until(terminal: Terminal, pattern: RegExp): Promise<void> {
  await expect.poll(() => plain(terminal), { timeout: 20_000, interval: 20 }).toMatch(pattern);
}

/** Waits for each question and answers it once it is on the screen. */
async function answer(
  terminal: Terminal,
  answers: readonly (readonly [question: RegExp, keys: string])[],
): Promise<void> {
  for (const [question, keys] of answers) {
    await until(terminal, question);
    terminal.out = '';
    terminal.type(keys);
  }
}

const questions = [
  [/Which shells\?/, enter],
  [/AWS profile where no directory says otherwise\?/, enter],
  [/Region\?/, enter],
  [/Where should the AWS identity go\?/, enter],
  [/When a session has expired/, enter],
  [/Write this\?/, enter],
] as const;

describe('setup on a terminal', () => {
  for (const [look, env] of Object.entries(looks)) {
    it(`${look}: everything skipped writes the hook alone`, async () => {
      const box = sandbox();
      const terminal = start(box, ['setup'], env);
      await answer(terminal, questions);
      expect(await terminal.ended).toBe(0);
      expect(plain(terminal)).toContain('a new bash has the hook');
      expect(existsSync(box.path('.config/bedrockenv'))).toBe(false);
      expect(box.text('.bashrc')).toMatch(/ # bedrockenv setup\n$/);
      if (!look.startsWith('lists')) expect(terminal.out).not.toContain('\x1b[3');
      if (look.startsWith('plain')) expect(plain(terminal)).toMatch(/^[ -~\r\n\t]*$/);
    });
  }

  it('everything answered: a profile found by typing, a region, a model, scope, policy, Claude Code', async () => {
    const box = sandbox();
    box.write('.aws/config', `${box.awsConfig}${Array.from({ length: 9 }, (_, n) => `[profile p${n}]\n`).join('')}`);
    const before = tree(box.home);
    const terminal = start(box, ['setup']);
    await answer(terminal, [
      [/Which shells\?/, enter],
      [/otherwise\?/, 'corp-d'],
      [/corp-d.*1 match/s, enter],
      [/Region\?/, 'us-west-2'],
      [/1 match/, enter],
      [/Model to start with\?/, down],
      [/opus \(us\.anthropic/, enter],
      [/identity go\?/, down],
      [/claude \(Claude Code alone/, enter],
      [/expired/, down],
      [/ask first/, enter],
      [/own settings too/, enter],
      [/Write this\?/, enter],
    ]);
    expect(await terminal.ended, terminal.out).toBe(0);
    const config = box.text('.config/bedrockenv/config.yaml');
    for (const line of ['profile: corp-dev', 'region: us-west-2', 'model: opus', 'scope: claude', 'login: ask']) {
      expect(config).toContain(`  ${line}\n`);
    }
    expect(JSON.parse(box.text('.claude/settings.json'))).toHaveProperty('awsCredentialExport');
    expect(box.run(['uninstall', '--yes'], { env: { PATH: `${box.path('bin')}:/bin` } }).code).toBe(0);
    expect(tree(box.home)).toEqual(before);
  });

  it('what is set already is offered as it is, and nothing is to write', async () => {
    const box = sandbox();
    const env = { PATH: `${box.path('bin')}:/bin` };
    box.ok(['setup', '--yes', '--profile', 'corp-dev', '--model', 'opus'], { env });
    const before = tree(box.home);
    const terminal = start(box, ['setup']);
    await answer(terminal, [
      [/Which shells\?/, enter],
      [/as it is: corp-dev/, enter],
      [/Region\?/, enter],
      [/as it is: opus/, enter],
      [/identity go\?/, enter],
      [/expired/, enter],
      [/own settings too/, enter],
    ]);
    expect(await terminal.ended).toBe(0);
    expect(terminal.out).toContain('everything is set up already');
    expect(tree(box.home)).toEqual(before);
  });

  it('no to the last question writes nothing', async () => {
    const box = sandbox();
    const before = tree(box.home);
    const terminal = start(box, ['setup']);
    await answer(terminal, [...questions.slice(0, -1), [/Write this\?/, 'n']]);
    expect(await terminal.ended).toBe(0);
    expect(terminal.out).toContain('nothing is written');
    expect(tree(box.home)).toEqual(before);
  });

  for (const [at, [question]] of questions.entries()) {
    for (const look of ['lists', 'plain lines (TERM=dumb)'] as const) {
      it(`Ctrl-C at ${question.source} (${look}): exit code 130, nothing written`, async () => {
        const box = sandbox();
        const before = tree(box.home);
        const terminal = start(box, ['setup'], looks[look]);
        await answer(terminal, [...questions.slice(0, at), [question, ctrlC]]);
        expect(await terminal.ended).toBe(130);
        expect(tree(box.home)).toEqual(before);
      });
    }
  }

  it('Ctrl-C while the new shell is looked at: all is written, exit code 130', async () => {
    const box = sandbox();
    box.write('.bashrc', 'sleep 30\n');
    const terminal = start(box, ['setup']);
    await answer(terminal, questions);
    await terminal.shows(/looking/);
    terminal.type(ctrlC);
    expect(await terminal.ended).toBe(130);
    expect(box.text('.bashrc')).toMatch(/ # bedrockenv setup\n$/);
    expect(box.run(['uninstall', '--yes'], { env: { PATH: `${box.path('bin')}:/bin` } }).code).toBe(0);
    expect(box.text('.bashrc')).toBe('sleep 30\n');
  });

  it('flags answer their questions', async () => {
    const box = sandbox();
    const words = ['setup', '--shell', 'bash', '--profile', 'corp-dev', '--region', 'eu-west-1', '--model', 'opus'];
    const terminal = start(box, [...words, '--scope', 'shell', '--login', 'off', '--claude-settings']);
    await answer(terminal, [[/Write this\?/, enter]]);
    expect(await terminal.ended).toBe(0);
    expect(box.text('.config/bedrockenv/config.yaml')).toContain('login: off');
  });

  for (const cols of [80, 200]) {
    it(`${cols} columns: no question is wider`, async () => {
      const box = sandbox();
      const terminal = start(box, ['setup'], looks.lists, cols);
      await terminal.shows(/Which shells\?/);
      terminal.type(ctrlC);
      expect(await terminal.ended).toBe(130);
      const widths = stripVTControlCharacters(terminal.out)
        .split(/\r?\n/)
        .map((line) => line.length);
      expect(Math.max(...widths)).toBeLessThanOrEqual(cols);
    });
  }
});

describe('without an AWS profile', () => {
  function bare(): Sandbox {
    const box = sandbox();
    box.write('.aws/config', '');
    return box;
  }

  it('and without the AWS CLI: says how to get it, and goes on', async () => {
    const terminal = start(bare(), ['setup', '--shell', 'bash']);
    await terminal.shows(/no aws on PATH to make one with\. Install the AWS CLI \(.*\), then: aws configure sso/s);
    await answer(terminal, [
      [/Region\?/, enter],
      [/identity go\?/, enter],
      [/expired/, enter],
      [/Write this\?/, enter],
    ]);
    expect(await terminal.ended).toBe(0);
  });

  it('leads through aws configure sso, and takes the profile that it made', async () => {
    const box = bare();
    const aws = box.write(
      'bin/aws',
      `#!/bin/sh
case "$*" in
  --version) echo aws-cli/2.31.0 ;;
  "configure sso"*)
    printf 'SSO start URL: '; read url
    printf '[profile made]\\nregion = eu-west-1\\nsso_start_url = %s\\nsso_region = eu-west-1\\nsso_account_id = 1\\nsso_role_name = R\\n' "$url" >> "$HOME/.aws/config" ;;
esac
`,
    );
    chmodSync(aws, 0o755);
    const terminal = start(box, ['setup', '--shell', 'bash']);
    await answer(terminal, [
      [/There is no AWS profile yet\./, enter],
      [/SSO start URL: /, `https://x.awsapps.com/start${enter}`],
      [/Region\?.*eu-west-1/s, enter],
      [/Model to start with\?/, enter],
      [/identity go\?/, enter],
      [/expired/, enter],
      [/own settings too/, enter],
      [/Write this\?/, enter],
    ]);
    expect(await terminal.ended, terminal.out).toBe(0);
    expect(box.text('.config/bedrockenv/config.yaml')).toContain('profile: made');
  });

  it('Ctrl-C in it leaves everything as it was', async () => {
    const box = bare();
    chmodSync(box.write('bin/aws', '#!/bin/sh\n[ "$1" = --version ] && exit 0\necho asking\nread x\n'), 0o755);
    const before = tree(box.home);
    const terminal = start(box, ['setup', '--shell', 'bash']);
    await answer(terminal, [
      [/There is no AWS profile yet\./, enter],
      [/asking/, ctrlC],
    ]);
    expect(await terminal.ended).toBe(130);
    expect(tree(box.home)).toEqual(before);
  });
});

describe('uninstall on a terminal', () => {
  it('names what it takes back, and asks', async () => {
    const box = sandbox();
    const before = tree(box.home);
    box.ok(['setup', '--yes', '--shell', 'bash'], { env: { PATH: `${box.path('bin')}:/bin` } });
    const after = tree(box.home);
    for (const [keys, code] of [
      ['n', 0],
      [ctrlC, 130],
    ] as const) {
      const terminal = start(box, ['uninstall']);
      await answer(terminal, [[/~\/\.bashrc.*Take all of this back\?/s, keys]]);
      expect(await terminal.ended).toBe(code);
      expect(tree(box.home)).toEqual(after);
    }
    const terminal = start(box, ['uninstall']);
    await answer(terminal, [[/Take all of this back\?/, enter]]);
    expect(await terminal.ended).toBe(0);
    expect(tree(box.home)).toEqual(before);
  });
});
