// Writes the version of @bedrockenv/powershell into its module manifest: PowerShell reads that, npm the other.
//   node scripts/module-version.mjs   after `changeset version`

import { readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('../packages/powershell/', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
const manifest = new URL('bedrockenv.psd1', folder);
const text = readFileSync(manifest, 'utf8');
writeFileSync(manifest, text.replace(/(ModuleVersion = ')[^']+/, `$1${version}`));
