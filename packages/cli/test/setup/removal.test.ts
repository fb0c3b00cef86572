import { expect, it } from 'vitest';
import { removal } from '../../src/setup/removal.ts';

const entry = 'bedrockenv/bin/bedrockenv.js';

it.each([
  ['/usr/lib/node_modules', '/usr/bin/node', 'npm uninstall -g bedrockenv'],
  [
    '/h/.nvm/versions/node/v24.9.0/lib/node_modules',
    '/h/.nvm/versions/node/v24.9.0/bin/node',
    'npm uninstall -g bedrockenv',
  ],
  ['/h/.local/lib/node_modules', '/usr/bin/node', 'npm uninstall -g --prefix /h/.local bedrockenv'],
  ['/h/my tools/lib/node_modules', '/usr/bin/node', "npm uninstall -g --prefix '/h/my tools' bedrockenv"],
  ['/h/.local/share/pnpm/global/5/.pnpm/bedrockenv@1.0.0/node_modules', '/usr/bin/node', 'pnpm remove -g bedrockenv'],
  ['/h/.config/yarn/global/node_modules', '/usr/bin/node', 'yarn global remove bedrockenv'],
  ['/h/.bun/install/global/node_modules', '/usr/bin/node', 'bun remove -g bedrockenv'],
  [
    '/opt/homebrew/Cellar/bedrockenv/1.0.0/libexec/lib/node_modules',
    '/opt/homebrew/bin/node',
    'brew uninstall bedrockenv',
  ],
  [
    'C:\\Users\\a\\AppData\\Roaming\\npm\\node_modules',
    'C:\\Program Files\\nodejs\\node.exe',
    'npm uninstall -g bedrockenv',
  ],
])('what lies in %s is removed by whoever put it there', (folder, node, command) => {
  expect(removal(`${folder}/${entry}`, node)).toBe(command);
});
