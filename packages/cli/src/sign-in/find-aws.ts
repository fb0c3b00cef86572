import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, win32 } from 'node:path';
import { BedrockenvError, type Env } from '@bedrockenv/core';
import { installHint } from './aws.ts';

/** The `aws` program of a PATH. @throws {BedrockenvError} code `no-aws` with how to install it */
export function findAws(env: Env, platform: NodeJS.Platform): string {
  const { folders, names } = platform === 'win32' ? onWindows(env) : elsewhere(env);
  for (const folder of folders) {
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

/** An empty entry is the current directory. */
function elsewhere(env: Env): Places {
  return { folders: (env.PATH ?? '').split(delimiter).map((folder) => folder || '.'), names: ['aws'] };
}

/**
 * Names of variables are the same in any case there, which only `process.env` itself knows; folders may be quoted; and a
 * program is called `aws.exe`, or `aws.cmd` where pip installed it. An empty entry is none.
 */
function onWindows(env: Env): Places {
  const get = (name: string) => Object.entries(env).find(([key]) => key.toUpperCase() === name)?.[1] ?? '';
  const words = (text: string) => text.split(win32.delimiter).map((word) => word.replace(/^"(.*)"$/, '$1').trim());
  const extensions = words(get('PATHEXT') || '.COM;.EXE;.BAT;.CMD').filter((word) => word.startsWith('.'));
  return {
    folders: words(get('PATH')).filter((folder) => folder !== ''),
    names: extensions.map((extension) => `aws${extension}`),
  };
}
