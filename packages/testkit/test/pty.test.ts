import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bash, drivers, fish, processesOf, reap, type Shell, snapshot, startShell, zsh } from '../src/pty/index.ts';
import { createSandbox, type Sandbox } from '../src/sandbox/index.ts';

let sandbox: Sandbox;
let shell: Shell;

beforeEach(() => {
  sandbox = createSandbox();
});
afterEach(async () => {
  expect(await shell.close()).toEqual([]);
  await sandbox.dispose();
  expect(existsSync(sandbox.home)).toBe(false);
});

// What is typed here is any POSIX-like shell's; PowerShell's driver is tried by the scenarios.
const posixLike = [zsh, bash, fish].filter((driver) => driver.program());

describe.each(posixLike)('$name', (driver) => {
  test('a line gives its output and its status, an empty one neither', async () => {
    shell = await startShell(driver, { sandbox });
    expect(await shell.run('echo one; echo two; false')).toEqual({ output: 'one\ntwo', status: 1 });
    expect(await shell.run('')).toEqual({ output: '', status: 1 });
    expect(await shell.run(driver.printStatus)).toEqual({ output: '1', status: 0 });
    expect((await shell.run('printf unfinished')).output).toBe('unfinished');
    expect(await shell.run('echo  "開発  x"')).toEqual({ output: '開発  x', status: 0 });
    expect(shell.raw().includes('開発')).toBe(true);
  });

  test('a line and its output may be longer than the screen', async () => {
    shell = await startShell(driver, { sandbox, cols: 40, rows: 10 });
    const long = 'x'.repeat(500);
    expect((await shell.run(`echo ${long}`)).output).toBe(long);
    const rows = Array.from({ length: 60 }, (_, i) => String(i + 1)).join('\n');
    expect((await shell.run('seq 1 60')).output).toBe(rows);
    expect(await shell.screen()).toContain('60\n');
    expect(await shell.screen()).not.toContain('\n20\n');
  });

  test('Ctrl-C gives the prompt back, a wait that fails shows the screen', async () => {
    shell = await startShell(driver, { sandbox });
    shell.type('echo before; sleep 60');
    await shell.waitFor(/^before$/m);
    await expect(shell.waitFor(/never/, 200)).rejects.toThrow(
      /waited 200 ms for \/never\/[\s\S]*sleep 60[\s\S]*before/,
    );
    shell.key('ctrl-c');
    expect((await shell.prompt()).status).toBe(130);
    expect((await shell.run('echo after')).output).toBe('after');
  });

  test('variables in each state and with every kind of value', async () => {
    shell = await startShell(driver, { sandbox, env: { GIVEN: 'a\x1fb\nc' } });
    const hostile = `it's "$(echo no)" \\ \`x\` $HOME ! * ~ \t \n\x1b[31m 開発 ‘’ -n`;
    await shell.run(driver.exportVar('HOSTILE', hostile));
    await shell.run(driver.exportVar('EMPTY', ''));
    await shell.run(driver.setLocal('HERE', 'only here'));
    await shell.run(driver.exportVar('GONE', 'x'));
    await shell.run(driver.unset('GONE'));
    expect(await snapshot(shell, ['GIVEN', 'HOSTILE', 'EMPTY', 'HERE', 'GONE'])).toEqual({
      GIVEN: { state: 'x', value: 'a\x1fb\nc' },
      HOSTILE: { state: 'x', value: hostile },
      EMPTY: { state: 'x', value: '' },
      HERE: { state: 'l', value: 'only here' },
      GONE: { state: 'u', value: '' },
    });
  });

  test('the rc text, functions, command substitution, files and commands read into the shell', async () => {
    const file = sandbox.write('some file', 'echo read');
    shell = await startShell(driver, { sandbox, rcText: 'echo from the rc' });
    expect(shell.raw().toString()).toContain('from the rc');
    expect((await shell.run(driver.defineFunction('greet', 'echo hello'))).output).toBe('');
    expect((await shell.run('greet')).output).toBe('hello');
    expect((await shell.run(driver.capture('greet'))).output).toBe('[hello]');
    expect((await shell.run(driver.sourceFile(file))).output).toBe('read');
    expect((await shell.run(driver.evalOutput('echo echo printed'))).output).toBe('printed');
    const subshell = driver.subshell('greet');
    if (subshell) expect((await shell.run(subshell)).output).toBe('hello');
  });

  test('a nested shell of each kind has a prompt of its own', async () => {
    shell = await startShell(driver, { sandbox });
    for (const inner of drivers.filter((other) => other.program())) {
      inner.prepareHome?.(sandbox.home);
      sandbox.write(inner.rcFile, inner.rc(''));
      await shell.run(inner.nested());
      expect((await shell.run(`echo inside; sh -c 'exit 3'`)).output).toBe('inside');
      expect((await shell.run(inner.printStatus)).output).toBe('3');
      await shell.run('exit');
    }
    expect((await shell.run(driver.replace())).status).toBe(0);
    expect((await shell.run('echo still')).output).toBe('still');
  });

  test('what is left running is killed and reported', async () => {
    shell = await startShell(driver, { sandbox });
    await shell.run('sh -c "trap \'\' HUP; sleep 61" >/dev/null 2>&1 &');
    await shell.run('setsid sleep 62 >/dev/null 2>&1 &');
    const left = await shell.close();
    expect(left.map(({ command }) => command)).toContain('sleep 61');
    const daemons = await reap({ home: sandbox.home }, 100);
    expect(daemons.map(({ command }) => command)).toEqual(['sleep 62']);
    await expect.poll(() => processesOf({ home: sandbox.home })).toEqual([]);
  });
});
