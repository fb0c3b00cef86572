import { createWriteStream } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/** File type bits of a Unix mode. */
const typeMask = 0o170000;
const symbolicLink = 0o120000;

/**
 * Unpacks a zip file into the new folder `into`, with symbolic links and executable bits as `zip` on Unix stored them
 * (the high half of the external attributes is the mode; APPNOTE.TXT 4.4.15). Throws on a name that leaves the folder.
 */
export async function unpack(archive: string, into: string): Promise<void> {
  const zip = await openPromise(archive);
  await mkdir(into, { recursive: true });
  for await (const entry of zip.eachEntry()) {
    const target = join(into, entry.fileName);
    if (entry.fileName.endsWith('/')) {
      await mkdir(target, { recursive: true });
      continue;
    }
    await mkdir(dirname(target), { recursive: true });
    const mode = entry.externalFileAttributes >>> 16;
    const content = await zip.openReadStreamPromise(entry);
    if ((mode & typeMask) === symbolicLink) {
      const chunks: Buffer[] = [];
      for await (const chunk of content) chunks.push(chunk as Buffer);
      await symlink(Buffer.concat(chunks).toString('utf8'), target);
    } else {
      await pipeline(content, createWriteStream(target, { mode: mode & 0o777 || 0o644 }));
    }
  }
}
