import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { powershell } from '../src/index.ts';
import { describePwsh, manifest, moduleFile, Sandbox } from './sandbox.ts';

const text = readFileSync(moduleFile, 'utf8');

test('the module is ASCII: Windows PowerShell reads it in whatever code page the machine has', () => {
  expect(text.match(/[^\n\x20-\x7e]/g)).toBeNull();
});

/** Where a text cannot be read, by a grammar that needs no PowerShell. */
async function misread(source: string): Promise<string[]> {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve('tree-sitter-powershell/tree-sitter-powershell.wasm');
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  const tree = parser.parse(source);
  const places: string[] = [];
  const walk = (node: Node): void => {
    if (node.isError || node.isMissing) places.push(`${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`);
    else for (const child of node.children) if (child?.hasError) walk(child);
  };
  if (tree?.rootNode.hasError) walk(tree.rootNode);
  return places;
}

test('the module, as a file and as `bedrockenv hook` prints it, can be read', async () => {
  expect(await misread(text)).toEqual([]);
  expect(await misread(powershell.wrap?.(text) ?? '')).toEqual([]);
  expect(await misread(readFileSync(manifest, 'utf8'))).toEqual([]);
  // A parser that finds nothing would pass everything.
  expect(await misread(text.replace('function Get-StateFile(', 'function Get-StateFile({'))).not.toEqual([]);
});

describePwsh('PowerShell', () => {
  let box: Sandbox;
  beforeEach(() => {
    box = new Sandbox();
  });
  afterEach(() => box.remove());

  test('parses the module without an error, and nothing in it is newer than Windows PowerShell 5.1', async () => {
    const { out } = await box.run(
      `$tokens = $errors = $null
$ast = [Management.Automation.Language.Parser]::ParseFile('${moduleFile}', [ref]$tokens, [ref]$errors)
out $errors.Count
out @($tokens | Where-Object { $_.Kind -in 'AndAnd', 'OrOr', 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'QuestionMark' } | ForEach-Object { "$($_.Extent.StartLineNumber): $_" })
out @($ast.FindAll({ $args[0].GetType().Name -in 'TernaryExpressionAst', 'PipelineChainAst' }, $true).Count)`,
      { load: '' },
    );
    expect(out).toEqual([0, [], [0]]);
  });

  test('every function that is called is its own, or a cmdlet with the name of its module', async () => {
    const { out } = await box.run(
      `$tokens = $errors = $null
$ast = [Management.Automation.Language.Parser]::ParseFile('${moduleFile}', [ref]$tokens, [ref]$errors)
$own = $ast.FindAll({ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] }, $true).Name
$calls = $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true) | ForEach-Object { $_.GetCommandName() }
out @($calls | Where-Object { $_ -and $_ -notin $own -and -not $_.StartsWith('Microsoft.PowerShell.') } | Sort-Object -Unique)
out @($own | Where-Object { ($_ -split '-')[0] -notin (Get-Verb).Verb })`,
      { load: '' },
    );
    expect(out).toEqual([[], []]);
  });

  test('the manifest is in order and exports nothing', async () => {
    const { out } = await box.run(
      `$m = Test-ModuleManifest '${manifest}'
out @($m.ExportedCommands.Count, $m.RootModule, "$($m.PowerShellVersion)")
out @((Get-Module bedrockenv).ExportedCommands.Count)`,
    );
    expect(out).toEqual([[0, 'bedrockenv.psm1', '5.1'], [0]]);
  });
});
