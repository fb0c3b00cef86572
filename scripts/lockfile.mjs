// What the lock file must be: every package that comes from a registry has a strong hash, and nothing names a host, so
// that it installs from any mirror and a changed package is refused wherever it comes from.
//   node scripts/lockfile.mjs [FILE]

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = process.argv[2] ?? fileURLToPath(new URL('../package-lock.json', import.meta.url));
const text = readFileSync(file, 'utf8');
const { lockfileVersion, packages } = JSON.parse(text);
const problems = [];
if (lockfileVersion !== 3) problems.push(`is of version ${lockfileVersion}, not 3`);
for (const [path, { integrity, resolved, link, inBundle }] of Object.entries(packages)) {
  if (!path.includes('node_modules/') || link) continue;
  // What lies in another package's tarball is covered by that one's hash.
  if (!inBundle && !/^sha512-/.test(integrity ?? '')) problems.push(`${path} has no sha512 hash`);
  if (resolved !== undefined && !resolved.startsWith('file:')) problems.push(`${path} names where it came from`);
}
for (const problem of problems) console.log(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
