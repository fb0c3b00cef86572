// Installs the versions of Claude Code that the tests run, as far as they are missing. Exit code 1: not all are there.

import { existsSync } from 'node:fs';
import {
  clientPackage,
  clientProgram,
  clientVersions,
  installClient,
} from '../packages/testkit/src/claude-code/index.ts';

for (const version of clientVersions) {
  const client = clientPackage(version);
  if (client === null) {
    console.error(`Claude Code ${version}: has no program for ${process.platform}-${process.arch}`);
    process.exitCode = 1;
    continue;
  }
  if (existsSync(clientProgram(client))) continue;
  console.log(`installing Claude Code ${version}`);
  try {
    await installClient(client);
  } catch (error) {
    console.error(`Claude Code ${version}: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
