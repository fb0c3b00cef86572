import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { renderedPages } from '../../../scripts/docs.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

test('the generated parts of docs/ are as the code says (node scripts/docs.ts)', async () => {
  for (const [path, text] of await renderedPages()) {
    expect(readFileSync(join(repository, path), 'utf8'), path).toBe(text);
  }
});
