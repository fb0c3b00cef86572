import { dirname } from 'node:path';
import { quoted } from '../state/folder.ts';

/** Where each of these puts what it installs for all of a user's projects. */
const managers: readonly (readonly [place: RegExp, command: string])[] = [
  [/\/Cellar\//, 'brew uninstall bedrockenv'],
  [/\/\.pnpm\//, 'pnpm remove -g bedrockenv'],
  [/\/yarn\/(Data\/)?global\/node_modules\//i, 'yarn global remove bedrockenv'],
  [/\/\.bun\//, 'bun remove -g bedrockenv'],
];

/**
 * The command that removes the program from where it lies.
 * @param cli the entry, absolute and without symbolic links
 * @param node the node that runs it: beside it lies the folder that npm takes unless told
 */
export function removal(cli: string, node: string): string {
  const path = cli.replaceAll('\\', '/');
  const other = managers.find(([place]) => place.test(path));
  if (other) return other[1];
  const [, prefix] = /^(\/.*)\/lib\/node_modules\/bedrockenv\//.exec(path) ?? [];
  const usual = dirname(dirname(node));
  return `npm uninstall -g ${prefix === undefined || prefix === usual ? '' : `--prefix ${quoted(prefix)} `}bedrockenv`;
}
