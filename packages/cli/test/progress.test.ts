import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { Sandbox } from './cli.ts';
import { Terminal } from './terminal.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** An AWS that takes its time and then refuses. */
async function slowAws(): Promise<string> {
  const server = createServer((_, response) => {
    setTimeout(() => {
      response.writeHead(403, { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' });
      response.end('{"message":"no"}');
    }, 1800);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('what takes over a second says so on a terminal, and is gone afterwards', async () => {
  const box = new Sandbox();
  const env = box.environment({ AWS_PROFILE: 'keys', AWS_ENDPOINT_URL: await slowAws(), TERM: 'xterm', PWD: box.home });
  const terminal = new Terminal(['models', '--refresh'], { cwd: box.home, env });
  await terminal.shows('bedrockenv: asking Amazon Bedrock in us-east-1 (1 s)');
  expect(await terminal.ended).toBe(0);
  expect(terminal.out).toContain(' s)\r\x1b[Kbedrockenv: the profile keys may not list');
});

it('in a pipe nothing is said', async () => {
  const box = new Sandbox();
  const url = await slowAws();
  const child = box.start(['models', '--refresh'], { env: { AWS_PROFILE: 'keys', AWS_ENDPOINT_URL: url } });
  let said = '';
  child.stderr?.on('data', (text) => {
    said += text;
  });
  await new Promise((done) => child.on('close', done));
  expect(said).toContain('may not list');
  expect(said).not.toContain('asking');
});

it('a sign-in that asks for a new token says so', async () => {
  const box = new Sandbox();
  const registrationExpiresAt = '2099-01-01T00:00:00Z';
  box.signIn(-1000, { refreshToken: 'r', clientId: 'c', clientSecret: 's', registrationExpiresAt });
  const env = { PATH: '/usr/bin:/bin', AWS_ENDPOINT_URL: await slowAws(), TERM: 'xterm', PWD: box.home };
  const terminal = new Terminal(['login', '--profile', 'corp-dev'], { cwd: box.home, env: box.environment(env) });
  await terminal.shows('bedrockenv: asking for a new token of corp (1 s)');
  await terminal.ended;
});
