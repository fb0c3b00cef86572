import { afterEach, beforeEach, expect, test } from 'vitest';
import { describePwsh, Sandbox } from './sandbox.ts';

describePwsh('paths', () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
  });
  afterEach(() => box.remove());

  test('a directory of Windows as a path below the trees of the state folder', async () => {
    const cases: [path: string, below: string][] = [
      ['C:\\x', '\\C\\x'],
      ['c:\\Users\\a b\\[1]', '\\C\\Users\\a b\\[1]'],
      ['C:\\', '\\C'],
      ['C:\\x\\', '\\C\\x'],
      ['C:/x/y', '\\C\\x\\y'],
      ['\\\\server\\share\\x', '\\UNC\\server\\share\\x'],
      ['\\\\server\\share', '\\UNC\\server\\share'],
      ['\\\\?\\C:\\long\\x', '\\C\\long\\x'],
      ['\\\\?\\UNC\\server\\share\\x', '\\UNC\\server\\share\\x'],
      ['\\\\wsl.localhost\\Debian\\home', '\\UNC\\wsl.localhost\\Debian\\home'],
    ];
    const list = cases.map(([path]) => `'${path}'`).join(', ');
    const { out } = await box.run(
      `out @(& (Get-Module bedrockenv) { foreach ($path in ${list}) { ConvertTo-StatePath $path } })`,
    );
    expect(out[0]).toEqual(cases.map(([, below]) => below));
  });

  test('names are compared there without regard to case, and elsewhere with it', async () => {
    const { out } = await box.run(`out "$(& (Get-Module bedrockenv) { $PathComparison })"`);
    expect(out).toEqual(['Ordinal']);
  });

  test('the places of Windows', async () => {
    const { out } = await box.run(
      `$env:LOCALAPPDATA = 'C:\\Users\\u\\AppData\\Local'; $env:APPDATA = 'C:\\Users\\u\\AppData\\Roaming'
out @(& (Get-Module bedrockenv) {
  $script:OnWindows = $true; $script:Separator = [char]'\\'
  $script:Location = ''; Enter-Place; $State
  Get-UserConfig
  Get-StateFile 'plans' 'C:\\x'
  Get-StateFile 'denied' 'C:\\'
  Get-StateFile 'approvals' '\\\\server\\share\\x'
})`,
    );
    const state = 'C:\\Users\\u\\AppData\\Local\\bedrockenv';
    expect(out[0]).toEqual([
      state,
      'C:\\Users\\u\\AppData\\Roaming\\bedrockenv\\config.yaml',
      `${state}\\plans\\C\\x\\.bedrockrc`,
      `${state}\\denied\\C\\.bedrockrc`,
      `${state}\\approvals\\UNC\\server\\share\\x\\.bedrockrc`,
    ]);
  });

  test('words of a Windows command line', async () => {
    const cases: [word: string, quoted: string][] = [
      ['--dir', '"--dir"'],
      ['C:\\a b\\', '"C:\\a b\\\\"'],
      ['say "x"', '"say \\"x\\""'],
      ['a\\"b', '"a\\\\\\"b"'],
      ['', '""'],
    ];
    const list = cases.map(([word]) => `'${word}'`).join(', ');
    const { out } = await box.run(
      `out @(& (Get-Module bedrockenv) { foreach ($word in ${list}) { Format-Argument $word } })`,
    );
    expect(out[0]).toEqual(cases.map(([, quoted]) => quoted));
  });

  test('a directory without its symbolic links', async () => {
    box.write('real/a/b/file', '');
    const { out } = await box.run(
      `$make = { param($path, $target) $null = New-Item -ItemType SymbolicLink -Path $path -Target $target }
& $make '${box.home}/link' 'real'
& $make '${box.home}/real/up' '../real/a'
& $make '${box.home}/absolute' '${box.home}/link/a'
& $make '${box.home}/loop' 'loop'
out @(& (Get-Module bedrockenv) {
  foreach ($path in 'real/a/b', 'link/a/b', 'link/up/b', 'absolute/b', 'none/x') { Resolve-Directory "${box.home}/$path" }
  Resolve-Directory '/'
})`,
    );
    const at = (path: string) => `${box.home}/${path}`;
    expect(out[0]).toEqual([at('real/a/b'), at('real/a/b'), at('real/a/b'), at('real/a/b'), at('none/x'), '/']);
  });
});
