import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Everything below a folder: each path with its type, mode and content. */
export function tree(folder: string, except: RegExp = /^$/): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !except.test(name))
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const found = lstatSync(path);
      const mode = (found.mode & 0o7777).toString(8);
      if (found.isSymbolicLink()) return `${name} -> ${readlinkSync(path)}`;
      if (!found.isFile()) return `${name}/ ${mode}`;
      return `${name} ${mode} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
    });
}
