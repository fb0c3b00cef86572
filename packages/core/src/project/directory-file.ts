import { readBlock } from './block.ts';
import { foundText } from './found.ts';
import { type Problem, throwProblems } from './problems.ts';
import { decodeText } from './text.ts';
import type { Layer } from './values.ts';
import { readYaml } from './yaml.ts';

/** What a `.bedrockrc` says: its keys with their positions. A file that says nothing is valid and empty. */
export interface DirectoryFile {
  layer: Layer;
}

/**
 * Reads the bytes of a `.bedrockrc`; the path is only for messages.
 * @throws {FileErrors} every problem of the file, each with `path:line:column`
 */
export function readDirectoryFile(bytes: Uint8Array, path: string): DirectoryFile {
  const { tree, problems } = readYaml(decodeText(bytes, path));
  let layer: Layer = {};
  if (tree?.kind === 'mapping') layer = readBlock(tree, 'directory', problems);
  else if (tree !== null && problems.length === 0) problems.push(notMapping(foundText(tree, false), tree.at));
  throwProblems(problems, path);
  return { layer };
}

export function notMapping(found: string, at: Problem['at']): Problem {
  const message = `expected keys with values (region: eu-central-1), found ${found}`;
  return { code: 'not-a-mapping', message, at };
}
