import { describe, expect, it } from 'vitest';
import { chooseFlow, remoteness, type Surroundings } from '../../src/sign-in/environment.ts';

describe('where a sign-in runs', () => {
  const at = (more: Partial<Surroundings>): Surroundings => ({
    env: { DISPLAY: ':0' },
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
    [at({ env: {} }), 'no display'],
    [at({ env: { BROWSER: 'helper' } }), null],
    [at({ env: { WAYLAND_DISPLAY: 'wayland-0' } }), null],
    [at({ env: { DISPLAY: ':0', SSH_CLIENT: '10.0.0.1 1 22' } }), 'ssh'],
    [at({ exists: (path) => path === '/run/.containerenv' || path === '/run/.toolboxenv' }), null],
    [at({ platform: 'darwin', release: '24.0.0', env: {} }), null],
    [at({ platform: 'darwin', env: { SSH_TTY: '/dev/ttys000' } }), 'ssh'],
    [at({ platform: 'win32', env: {} }), null],
  ])('case %#', (surroundings, remote) => {
    expect(remoteness(surroundings)).toBe(remote);
    expect(chooseFlow('auto', null, surroundings)).toBe(remote === null ? 'browser' : 'device');
    for (const flow of ['browser', 'device'] as const) {
      expect(chooseFlow('auto', flow, surroundings)).toBe(flow);
      expect(chooseFlow(flow, 'device', surroundings)).toBe(flow);
    }
  });
});
