import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Follows redirects like a browser that runs no scripts, and gives up after 20 s so that nothing stays behind. */
const follow = `
setTimeout(() => process.exit(1), 20000);
const visit = (url, left) => {
  const request = require('node:http').get(url, (response) => {
    response.resume();
    const to = response.headers.location;
    if (to && left > 0) visit(new URL(to, url), left - 1);
    else response.on('end', () => process.exit(0));
  });
  request.on('error', () => process.exit(1));
};
visit(process.argv[1], 10);
`.trim();

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * Writes a browser for `BROWSER=` to `path`: a shell script that opens its first argument with `node` (an absolute
 * path) in the background and returns at once. The AWS CLI waits for the script while it already listens for the
 * redirect, so a browser in the foreground would deadlock with it.
 */
export function writeBrowser(path: string, node: string = process.execPath): string {
  mkdirSync(dirname(path), { recursive: true });
  const script = `#!/bin/sh\n${quoted(node)} -e ${quoted(follow)} "$1" </dev/null >/dev/null 2>&1 &\nexit 0\n`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return path;
}
