import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes every folder below `folder` writable again, so that a test that closed one can be cleaned up after. What goes
 * meanwhile (someone else removes it too) needs nothing.
 */
export function openUp(folder: string): void {
  try {
    chmodSync(folder, 0o700);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) openUp(join(folder, entry.name));
    }
  } catch (error) {
    if (existsSync(folder)) throw error;
  }
}
