import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, posix, win32 } from 'node:path';
import { BedrockenvError, type Env } from '@bedrockenv/core';
import { installHint } from './aws.ts';

/**
 * The `aws` program of a PATH. A folder that is none from the root (`.`, an empty entry) does not count: a sign-in begins at
 * the prompt after a cd, and must not run what lies in the directory that is entered.
 * @throws {BedrockenvError} code `no-aws` with how to install it
 */
export function findAws(env: Env, platform: NodeJS.Platform): string {
  const { folders, names } = platform === 'win32' ? onWindows(env) : elsewhere(env);
  const { isAbsolute } = platform === 'win32' ? win32 : posix;
  for (const folder of folders.filter(isAbsolute)) {
    for (const name of names) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        if (statSync(path).isFile()) return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  throw new BedrockenvError('no-aws', 'signing in needs the AWS CLI, and there is no aws on PATH', {
    fix: `install it: ${installHint(platform)}`,
  });
}

interface Places {
  folders: readonly string[];
  names: readonly string[];
}

function elsewhere(env: Env): Places {
  return { folders: (env.PATH ?? '').split(delimiter), names: ['aws'] };
}

/**
 * Names of variables are the same in any case there, which only `process.env` itself knows; folders may be quoted; and a
 * program is called `aws.exe`, or `aws.cmd` where pip installed it.
 */
function onWindows(env: Env): Places {
  const get = (name: string) => Object.entries(env).find(([key]) => key.toUpperCase() === name)?.[1] ?? '';
  const words = (text: string) => text.split(win32.delimiter).map((word) => word.replace(/^"(.*)"$/, '$1').trim());
  const extensions = words(get('PATHEXT') || '.COM;.EXE;.BAT;.CMD').filter((word) => word.startsWith('.'));
  return {
    folders: words(get('PATH')),
    names: extensions.map((extension) => `aws${extension}`),
  };
}
