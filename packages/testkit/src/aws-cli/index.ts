import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpack } from './unpack.ts';

/** The AWS CLI in the pinned `@aws-cdk/asset-awscli-v2`. */
export const awsCliVersion = '2.36.12';

const cache = fileURLToPath(new URL('../../../../.cache/', import.meta.url));
const inside = join('awscli', 'v2', awsCliVersion, 'bin', 'aws');

/** Folders of processes that were killed while they unpacked; nobody unpacks for an hour. */
async function removeAbandoned(prefix: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith(prefix)) continue;
    const path = join(cache, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > 3_600_000) await rm(path, { recursive: true, force: true });
  }
}

/**
 * The path of the official AWS CLI (`aws`), unpacked on first use into `.cache/aws-cli-VERSION/` of the repository.
 * Any number of processes may ask at once: each unpacks into a folder of its own, and the first to rename it wins.
 * Linux x64 only, as is the package.
 */
export async function awsCli(): Promise<string> {
  // Another one, to run the tests with an older version.
  const given = process.env.BEDROCKENV_AWS_CLI;
  if (given) return given;
  const folder = join(cache, `aws-cli-${awsCliVersion}`);
  const aws = join(folder, inside);
  if (existsSync(aws)) return aws;

  const archive = createRequire(import.meta.url).resolve('@aws-cdk/asset-awscli-v2/lib/layer.zip');
  await mkdir(cache, { recursive: true });
  await removeAbandoned(`aws-cli-${awsCliVersion}.new-`);
  const fresh = await mkdtemp(`${folder}.new-`);
  try {
    await unpack(archive, fresh);
    // mkdtemp's folders are for one user; a checkout may have several.
    await chmod(fresh, 0o755);
    if (!existsSync(join(fresh, inside))) throw new Error(`${archive} holds no ${inside}`);
    await rename(fresh, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return aws;
}
