import { describe, expect, it } from 'vitest';
import { below, cacheFolder, fromBelow, stateFolder, userConfigPath } from '../src/state/places.ts';

describe('places on Windows', () => {
  const home = 'C:\\Users\\u';
  const env = { LOCALAPPDATA: 'C:\\Users\\u\\AppData\\Local', APPDATA: 'C:\\Users\\u\\AppData\\Roaming' };

  it('state and configuration', () => {
    expect(stateFolder(env, home, 'win32')).toBe('C:\\Users\\u\\AppData\\Local\\bedrockenv');
    expect(stateFolder({}, home, 'win32')).toBe('C:\\Users\\u\\AppData\\Local\\bedrockenv');
    expect(userConfigPath({ env, home }, 'win32')).toBe('C:\\Users\\u\\AppData\\Roaming\\bedrockenv\\config.yaml');
    expect(userConfigPath({ env: { BEDROCKENV_CONFIG: 'x.yaml' }, home }, 'win32')).toBe('C:\\Users\\u\\x.yaml');
  });

  it('what can be asked for again', () => {
    expect(cacheFolder({ env, home }, 'win32')).toBe('C:\\Users\\u\\AppData\\Local\\bedrockenv\\cache');
    expect(cacheFolder({ env: {}, home: '/h' }, 'linux')).toBe('/h/.cache/bedrockenv');
    expect(cacheFolder({ env: { XDG_CACHE_HOME: '/c' }, home: '/h' }, 'darwin')).toBe('/c/bedrockenv');
    expect(cacheFolder({ env: { XDG_CACHE_HOME: 'c' }, home: '/h' }, 'linux')).toBe('/h/.cache/bedrockenv');
  });

  // As ConvertTo-StatePath of the PowerShell hook has it.
  it.each([
    ['C:\\x', '\\C\\x', 'C:\\x'],
    ['c:\\Users\\a b\\[1]', '\\C\\Users\\a b\\[1]', 'C:\\Users\\a b\\[1]'],
    ['C:\\', '\\C', 'C:\\'],
    ['C:\\x\\', '\\C\\x', 'C:\\x'],
    ['C:/x/y', '\\C\\x\\y', 'C:\\x\\y'],
    ['\\\\server\\share\\x', '\\UNC\\server\\share\\x', '\\\\server\\share\\x'],
    ['\\\\server\\share', '\\UNC\\server\\share', '\\\\server\\share'],
    ['\\\\?\\C:\\long\\x', '\\C\\long\\x', 'C:\\long\\x'],
    ['\\\\?\\UNC\\server\\share\\x', '\\UNC\\server\\share\\x', '\\\\server\\share\\x'],
    ['\\\\wsl.localhost\\Debian\\home', '\\UNC\\wsl.localhost\\Debian\\home', '\\\\wsl.localhost\\Debian\\home'],
  ])('%s lies at %s', (root, inTree, back) => {
    expect(below(root, 'win32')).toBe(inTree);
    expect(fromBelow(inTree.slice(1), 'win32')).toBe(back);
  });
});

describe('places elsewhere', () => {
  it.each(['/', '/home/u/a b', '/C/x', '/UNC\\x'])('%s lies at itself', (root) => {
    expect(below(root, 'linux')).toBe(root);
    expect(fromBelow(root.slice(1), 'linux')).toBe(root);
  });

  it('a relative XDG folder does not count', () => {
    expect(stateFolder({ XDG_STATE_HOME: 'x' }, '/h', 'linux')).toBe('/h/.local/state/bedrockenv');
    expect(stateFolder({ XDG_STATE_HOME: '/s' }, '/h', 'darwin')).toBe('/s/bedrockenv');
    expect(userConfigPath({ env: { XDG_CONFIG_HOME: 'x' }, home: '/h' }, 'linux')).toBe(
      '/h/.config/bedrockenv/config.yaml',
    );
  });
});
