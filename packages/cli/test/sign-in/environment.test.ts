import { describe, expect, it } from 'vitest';
import { chooseFlow, remoteness, type Surroundings } from '../../src/sign-in/environment.ts';

describe('where a sign-in runs', () => {
  const at = (more: Partial<Surroundings>): Surroundings => ({
    env: {},
    platform: 'linux',
    release: '6.1.0',
    exists: () => false,
    ...more,
  });

  it.each([
    [at({}), null],
    [at({ env: { SSH_TTY: '/dev/pts/1' } }), 'ssh'],
    [at({ release: '5.15.0-microsoft-standard-WSL2' }), 'wsl'],
    [at({ exists: (path) => path === '/.dockerenv' }), 'container'],
    [at({ exists: (path) => path === '/run/.containerenv' }), 'container'],
    [at({ env: { KUBERNETES_SERVICE_HOST: '10.0.0.1' } }), 'container'],
    [at({ env: { container: 'podman' } }), 'container'],
    [at({ platform: 'darwin', release: '24.0.0' }), null],
  ])('case %#', (surroundings, remote) => {
    expect(remoteness(surroundings)).toBe(remote);
    expect(chooseFlow('auto', surroundings)).toBe(remote === null ? 'browser' : 'device');
    expect(chooseFlow('browser', surroundings)).toBe('browser');
    expect(chooseFlow('device', surroundings)).toBe('device');
  });
});
