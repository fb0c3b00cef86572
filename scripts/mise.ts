// Installs the mise that `npm run bench` measures, unless it is there. Where it cannot be had the bench says so.

import { installMise } from '../bench/mise.ts';

try {
  await installMise();
} catch (error) {
  console.error(`mise: ${(error as Error).message}`);
}
