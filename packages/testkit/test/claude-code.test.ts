import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClientPackage, clientPackage, clientProgram, installClient } from '../src/claude-code/index.ts';

describe('installing a client', () => {
  let folder: string;
  let registry: Server;
  let more: string[];
  const client: ClientPackage = { name: 'client', version: '1.2.3', integrity: '', program: 'cli.js', onNode: true };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bedrockenv-clients-'));
    const manifest = { name: 'client', version: '1.2.3', scripts: { postinstall: 'touch it-ran' } };
    mkdirSync(join(folder, 'package'));
    writeFileSync(join(folder, 'package/package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package/cli.js'), '');
    const packed = join(folder, 'client.tgz');
    execFileSync('tar', ['-czf', packed, '-C', folder, 'package']);
    const bytes = readFileSync(packed);
    client.integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    registry = createServer(({ url }, response) => {
      if (url?.endsWith('.tgz')) return void response.end(bytes);
      const dist = { tarball: `${address()}/client.tgz`, integrity: client.integrity };
      const document = {
        name: 'client',
        'dist-tags': { latest: '1.2.3' },
        versions: { '1.2.3': { ...manifest, dist } },
      };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
    });
    const address = () => `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
    await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
    more = ['--registry', address(), '--cache', join(folder, 'cache')];
  });
  afterAll(() => {
    registry.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('one that is not what is pinned is refused, and nothing is left behind', async () => {
    const into = join(folder, 'refused');
    const other = { ...client, integrity: 'sha512-other' };
    await expect(installClient(other, into, more)).rejects.toThrow(
      `client@1.2.3 is ${client.integrity}, expected sha512`,
    );
    expect(readdirSync(into)).toEqual([]);
  });

  test('two processes at once, and a third later, install it once, without running its scripts', async () => {
    const into = join(folder, 'installed');
    await Promise.all([installClient(client, into, more), installClient(client, into, more)]);
    const { mtimeMs } = statSync(clientProgram(client, into));
    registry.closeAllConnections();
    await installClient(client, into, ['--offline']);
    expect(statSync(clientProgram(client, into)).mtimeMs).toBe(mtimeMs);
    expect(readdirSync(into)).toEqual(['1.2.3']);
    expect(readdirSync(join(into, '1.2.3/node_modules/client')).sort()).toEqual(['cli.js', 'package.json']);
  });

  test('new versions have a package for each system, old ones run on Node', () => {
    expect(clientPackage('2.1.197', 'darwin-arm64')).toMatchObject({
      name: '@anthropic-ai/claude-code-darwin-arm64',
      program: 'claude',
    });
    expect(clientPackage('2.1.197', 'sunos-x64')).toBeNull();
    expect(clientPackage('1.0.128', 'sunos-x64')).toMatchObject({ name: '@anthropic-ai/claude-code', onNode: true });
  });
});
