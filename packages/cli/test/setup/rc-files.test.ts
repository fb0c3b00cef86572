import type { SetupPlace } from '@bedrockenv/core';
import { expect, it } from 'vitest';
import { type ShellName, setups } from '../../src/shells.ts';

interface Machine {
  env?: Record<string, string>;
  platform?: string;
  told?: string | null;
  files?: Record<string, string>;
}

const rcFiles = async (name: ShellName, { env = {}, platform = 'linux', told = null, files = {} }: Machine) => {
  const place: SetupPlace = {
    ...{ env, platform, told, home: '/h' },
    exists: (path) => path in files,
    read: (path) => files[path] ?? '',
  };
  return (await setups[name]()).rcFiles(place);
};

it('zsh reads .zshrc in the folder that it names itself, in ZDOTDIR, or in HOME', async () => {
  expect(await rcFiles('zsh', {})).toEqual(['/h/.zshrc']);
  expect(await rcFiles('zsh', { env: { ZDOTDIR: '/z' } })).toEqual(['/z/.zshrc']);
  expect(await rcFiles('zsh', { told: '/t', env: { ZDOTDIR: '/z' } })).toEqual(['/t/.zshrc']);
});

it('bash on macOS: also the one file that a login shell reads, unless that reads .bashrc', async () => {
  const darwin = (files: Record<string, string>) => rcFiles('bash', { platform: 'darwin', files });
  expect(await rcFiles('bash', { files: { '/h/.bash_profile': '' } })).toEqual(['/h/.bashrc']);
  expect(await darwin({})).toEqual(['/h/.bashrc', '/h/.bash_profile']);
  // A new .bash_profile would hide it.
  expect(await darwin({ '/h/.profile': 'PATH=x\n' })).toEqual(['/h/.bashrc', '/h/.profile']);
  expect(await darwin({ '/h/.bash_login': '', '/h/.profile': '' })).toEqual(['/h/.bashrc', '/h/.bash_login']);
  expect(await darwin({ '/h/.bash_profile': '. ~/.bashrc\n' })).toEqual(['/h/.bashrc']);
});

it('fish and PowerShell go by XDG_CONFIG_HOME; on Windows PowerShell says where its profile is', async () => {
  expect(await rcFiles('fish', {})).toEqual(['/h/.config/fish/conf.d/bedrockenv.fish']);
  expect(await rcFiles('fish', { env: { XDG_CONFIG_HOME: '/x' } })).toEqual(['/x/fish/conf.d/bedrockenv.fish']);
  const profile = 'powershell/Microsoft.PowerShell_profile.ps1';
  expect(await rcFiles('powershell', {})).toEqual([`/h/.config/${profile}`]);
  const documents = 'D:\\Documents\\PowerShell\\Microsoft.PowerShell_profile.ps1';
  expect(await rcFiles('powershell', { told: documents, platform: 'win32' })).toEqual([documents]);
});

it('no other shell trips over the line in ~/.profile, and a path with a quote stays one word', async () => {
  const bash = await setups.bash();
  expect(bash.load({ path: '/h/s/b', belowHome: 's/b' })).toBe(
    '[ -z "${BASH_VERSION-}" ] || [ ! -r ~/s/b ] || . ~/s/b',
  );
  const zsh = await setups.zsh();
  expect(zsh.load({ path: "/o'x/b", belowHome: null })).toBe(`[[ ! -r '/o'"'"'x/b' ]] || source '/o'"'"'x/b'`);
});
