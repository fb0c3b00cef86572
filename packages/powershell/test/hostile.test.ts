import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describePwsh, Sandbox } from './sandbox.ts';

describePwsh('hostile', () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
  });
  afterEach(() => box.remove());

  const record = (...fields: string[]): string => ['1', '0123456789abcdef', '/r', ...fields].join('\x1f');

  test('inherited records with anything out of order are dropped, and nothing is touched', async () => {
    // A culture's comparison passes over some characters, and PowerShell's own over the case.
    const records = [
      record('PATH', '', 'x', '/evil'),
      record('aws_region', '', 'x', 'evil'),
      record('AWS_REGION\u200b', '', 'x', 'evil'),
      record('AWS_REGION\0', '', 'x', 'evil'),
      record('env:AWS_REGION', '', 'x', 'evil'),
      record('AWS_REGION', '', 'X', 'evil'),
      record('AWS_REGION', '', 'x\n', 'evil'),
      record('AWS_REGION', '*\u200b', 'x', 'evil'),
      record('AWS_REGION', '', 'x', 'evil', 'PATH', '', 'x', '/evil'),
      record('AWS_REGION', '', 'x'),
      `\u200b${record('AWS_REGION', '', 'x', 'evil')}`,
      record(),
      '1',
      '',
      'x'.repeat(300_000),
      record('AWS_REGION', '', 'x', '$([IO.File]::WriteAllText("canary", "x"))').replace('AWS_REGION', '$(x)'),
    ];
    const list = records.map((text) => `'${Buffer.from(text).toString('base64')}'`).join(',');
    const { out } = await box.run(
      `$path = $env:PATH
foreach ($record in ${list}) {
  [Environment]::SetEnvironmentVariable('BEDROCKENV_STATE', [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($record)))
  & (Get-Module bedrockenv) { $script:Here = $null; $script:Location = '' }
  $null = prompt
  out ("$env:AWS_REGION|$($env:PATH -ceq $path)|$(Test-Path Env:BEDROCKENV_STATE)")
}`,
    );
    expect(out).toEqual(records.map(() => '|True|False'));
  });

  test('a file that a culture takes for the approved one is another', async () => {
    const dir = box.project('app', { text: 'model: opus\n' });
    const { out, said } = await box.run(
      `foreach ($text in 'model: opus', "model: o$([char]0x200b)pus$([char]10)", "model: opus$([char]10)$([char]0xad)", "Model: opus$([char]10)", "$([char]0xfeff)model: opus$([char]10)", "model: opus$([char]13)$([char]10)") {
  [IO.File]::WriteAllText('${dir}/.bedrockrc', $text)
  $stat = Get-Item -LiteralPath '${dir}/.bedrockrc' -Force
  cd '${dir}'; $null = prompt; out (Test-Path Env:AWS_PROFILE); cd '${box.home}'; $null = prompt
}`,
    );
    expect(out).toEqual([false, false, false, false, false, false]);
    expect(said).toEqual(
      Array.from({ length: 6 }, () => `bedrockenv: ${dir}/.bedrockrc is not approved; to use it: bedrockenv allow`),
    );
  });

  test('bytes that are no UTF-8 are equal to themselves only', async () => {
    const dir = box.project('app');
    const bytes = Buffer.from([0x61, 0xff, 0xfe, 0x0a]);
    writeFileSync(join(dir, '.bedrockrc'), bytes);
    const { said } = await box.run(`cd '${dir}'; $null = prompt`);
    expect(said).toEqual([`bedrockenv: ${dir}/.bedrockrc is not approved; to use it: bedrockenv allow`]);
    box.write(join(box.state, `approvals${dir}/.bedrockrc`), bytes);
    const approved = await box.run(`cd '${dir}'; $null = prompt`);
    // Approved, so that it would be compiled, which the command here does not do.
    expect(approved.said).toEqual([`bedrockenv: ${dir}/.bedrockrc could not be compiled; see: bedrockenv status`]);
  });

  test('values and names of directories are data', async () => {
    const value = `$(New-Item ${box.home}/canary) \`x\` ' " \u2019; x # \n\x1b[31m {0} %1F \x1f 開`;
    const name = `it's [a-z]*? $(x) 開発 \u2019`;
    const dir = box.project(name, { variables: [{ op: 'set', name: 'AWS_REGION', value }] });
    const { out } = await box.run(
      `Set-Location -LiteralPath ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${Buffer.from(dir).toString('base64')}')))
$null = prompt; out $env:AWS_REGION; cd '${box.home}'; $null = prompt; out (Test-Path Env:AWS_REGION)`,
    );
    expect(out).toEqual([value, false]);
    expect(existsSync(join(box.home, 'canary'))).toBe(false);
  });

  test('a plan that is a byte too short, or names what is not listed, is not used', async () => {
    const dir = box.project('app');
    const file = box.planFile(dir);
    const whole = readFileSync(file, 'latin1');
    const edits = [
      whole.slice(0, -1),
      `${whole}x`,
      whole.replace('AWS_REGION', 'PATH'),
      whole.replace('AWS_REGION', 'aws_region'),
      whole.replace('\0set\0', '\0SET\0'),
      whole.replace('\0set\0', '\0run\0'),
      whole.replace('bedrockenv-plan/1', 'bedrockenv-plan/2'),
    ].map((text) => Buffer.from(text, 'latin1').toString('base64'));
    const { out } = await box.run(
      `foreach ($plan in '${edits.join("','")}', '${Buffer.from(whole, 'latin1').toString('base64')}') {
  [IO.File]::WriteAllBytes('${file}', [Convert]::FromBase64String($plan))
  cd '${dir}'; $null = prompt; out ("$env:AWS_PROFILE"); cd '${box.home}'; $null = prompt
}`,
    );
    expect(out).toEqual([...edits.map(() => ''), 'corp']);
  });

  test('an input that cannot be looked at counts as absent', async () => {
    const loop = box.write('loop', '');
    const absent = [`/tmp/${'x'.repeat(300)}`, `${loop}/x`, `/tmp${'/abcdefghij'.repeat(500)}`];
    const dir = box.project('app', { absent });
    const { out, said } = await box.run(
      `cd '${dir}'; $null = prompt; out $env:AWS_PROFILE; $null = prompt; out $Error.Count
Set-Location '${box.home}'; $null = prompt; out (Test-Path Env:AWS_PROFILE)`,
    );
    expect(out).toEqual(['corp', 0, false]);
    expect(said).toEqual(['bedrockenv: corp']);
  });

  test('secrets: an environment variable, the first line of a file; a value that is missing is left out', async () => {
    const key = box.write('key', 'from-file\r\nsecond');
    const where = [
      box.project('env', { variables: [{ op: 'env', name: 'AWS_BEARER_TOKEN_BEDROCK', value: 'MY_KEY' }] }),
      box.project('file', { variables: [{ op: 'file', name: 'AWS_BEARER_TOKEN_BEDROCK', value: key }] }),
      box.project('none', { variables: [{ op: 'file', name: 'AWS_BEARER_TOKEN_BEDROCK', value: `${key}.gone` }] }),
    ];
    const { out } = await box.run(
      `foreach ($dir in '${where.join("','")}') {
  cd $dir; $null = prompt
  out @("$env:AWS_BEARER_TOKEN_BEDROCK", ("$env:BEDROCKENV_STATE" -match 'from-'))
  cd '${box.home}'; $null = prompt; out (Test-Path Env:AWS_BEARER_TOKEN_BEDROCK)
}`,
      { env: { MY_KEY: 'from-env' } },
    );
    expect(out).toEqual([['from-env', false], false, ['from-file', false], false, ['', false], false]);
  });
});
