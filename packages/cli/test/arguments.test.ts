import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './cli.ts';

const commands = readdirSync(join(import.meta.dirname, '../src/commands'))
  .map((name) => name.replace('.ts', ''))
  .filter((name) => name !== 'table' && name !== 'demo');

describe('the command line', () => {
  for (const command of commands) {
    it(`${command} -h shows what it takes, and an example`, () => {
      const help = new Sandbox().ok([command, '-h']);
      expect(help).toMatch(new RegExp(`^Usage: bedrockenv ${command} `));
      expect(help).toMatch(/\nExamples:\n {2}.*bedrockenv .*# /);
      for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
    });
  }

  it('--version, -h and no command at all', () => {
    const box = new Sandbox();
    expect(box.ok(['--version'])).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
    expect(box.ok(['-h'])).toContain('\n  status  ');
    expect(box.ok(['--help'])).not.toContain('compile');
    expect(box.ok([])).toContain('All commands: bedrockenv -h');
  });

  for (const [words, nearest] of [
    [['statsu'], 'bedrockenv status'],
    [['export', '--fromat', 'zsh'], '--format'],
    [['export', '--format', 'pwoershell'], 'powershell'],
    [['hook', 'fissh'], 'did you mean fish?'],
    [['hook', 'tcsh'], 'zsh, bash, fish'],
    [['doctor', 'x'], "doctor takes no argument, but there is 'x'; usage: bedrockenv doctor [options]"],
    [
      ['allow', 'a', 'b\nc'],
      "allow takes one argument at most, but there is 'b\\x0ac'; usage: bedrockenv allow [options] [dir]",
    ],
    [['export', 'zsh'], 'did you mean: bedrockenv export --format zsh'],
    [['credentials', '--profile', 'corp-dve'], 'there is no AWS profile "corp-dve"; did you mean "corp-dev"?'],
    [['login', '--profile', 'corp-dve'], 'there is no AWS profile "corp-dve"; did you mean "corp-dev"?'],
  ] as const) {
    it(`${words.join(' ')}: exit code 2 and the nearest right word`, () => {
      const { code, stdout, stderr } = new Sandbox().run(words);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^bedrockenv: .*\n$/);
      expect(stderr).toContain(nearest);
    });
  }

  it('too many, too few, and a flag without its value: exit code 2, one line', () => {
    const box = new Sandbox();
    const wrong = [
      ['allow', 'a', 'b'],
      ['hook'],
      ['exec'],
      ['export', '--dir'],
      ['status', 'x'],
      ['compile'],
      ['login', '--profile', 'a', '--session', 'b'],
    ];
    for (const words of wrong) {
      const { code, stdout, stderr } = box.run(words);
      expect([words, code, stdout]).toEqual([words, 2, '']);
      expect(stderr).toMatch(/^bedrockenv: .*\n$/);
    }
  });

  it('never prints a stack trace, unless it is asked for', () => {
    const box = new Sandbox();
    box.write('gone/x', '');
    const words = [
      '-c',
      `cd gone && rm -r ../gone && "$0" "$1" status`,
      process.execPath,
      join(import.meta.dirname, '../bin/bedrockenv.js'),
    ];
    const run = (env: Record<string, string>) => {
      try {
        return execFileSync('sh', words, {
          cwd: box.home,
          env: box.environment(env),
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe'],
        });
      } catch (error) {
        return String((error as { stderr: string }).stderr);
      }
    };
    expect(run({})).toBe('bedrockenv: the current directory no longer exists; cd\n');
    box.write('gone/x', '');
    expect(run({ BEDROCKENV_DEBUG: '1' })).toContain('    at ');
  });

  it('prints foreign names so that they cannot act on the terminal', () => {
    const { stderr } = new Sandbox().run(['\x1b[31mred\u202e']);
    expect(stderr).toContain('\\x1b[31mred\\u202e');
  });
});

describe('hook', () => {
  for (const shell of ['zsh', 'bash', 'fish']) {
    it(`${shell} prints where node and the CLI lie, then the hook`, () => {
      const text = new Sandbox().ok(['hook', shell]);
      expect(text).toContain(process.execPath);
      expect(text).toContain(join(import.meta.dirname, '../bin/bedrockenv.js'));
      expect(text.length).toBeGreaterThan(2000);
    });
  }
});
