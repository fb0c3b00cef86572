import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Account,
  type ApplicationProfile,
  type InferenceProfile,
  sampleAccounts,
  sampleInferenceProfiles,
} from './accounts.ts';
import { invokeModel, listInferenceProfiles, modelAvailability, useCase } from './bedrock.ts';
import { faultOf } from './faults.ts';
import { defaultKnobs, type Knobs } from './knobs.ts';
import type { Counters, Memory } from './memory.ts';
import { deviceAuthorization, register, token } from './oidc.ts';
import { assignedAccounts, assignedRoles, logout, roleCredentials } from './portal.ts';
import { type Received, type Reply, restError } from './reply.ts';
import { authorize, devicePage } from './sign-in-page.ts';
import { loginPage, loginToken } from './signin.ts';
import { sts } from './sts.ts';

type Route = (request: Received, memory: Memory, stopped: AbortSignal) => Reply | Promise<Reply>;

const routes: Record<string, Route> = {
  'POST /client/register': register,
  'POST /device_authorization': deviceAuthorization,
  'POST /token': token,
  'GET /authorize': authorize,
  'GET /device': devicePage,
  'GET /v1/authorize': loginPage,
  'POST /v1/token': loginToken,
  'GET /federation/credentials': roleCredentials,
  'GET /assignment/accounts': assignedAccounts,
  'GET /assignment/roles': assignedRoles,
  'POST /logout': logout,
  'POST /': sts,
  'GET /': sts,
  'GET /inference-profiles': listInferenceProfiles,
  'GET /use-case-for-model-access': useCase,
};

/** Of paths that end in a model's name, by their begin. */
const modelRoutes: Record<string, Route> = {
  'GET /foundation-model-availability/': modelAvailability,
  'POST /model/': invokeModel,
};

function routeOf({ method, path }: Received): Route | undefined {
  const key = `${method} ${path}`;
  return routes[key] ?? Object.entries(modelRoutes).find(([begin]) => key.startsWith(begin))?.[1];
}

/** A running fake AWS. */
export interface FakeAws {
  /** `http://127.0.0.1:PORT`: the value of AWS_ENDPOINT_URL. */
  url: string;
  port: number;
  /** Every request so far, oldest first. */
  log: Received[];
  counters: Readonly<Counters>;
  /** May be changed at any time. */
  knobs: Knobs;
  /** The ARN of the role that an access key was given out for; undefined: this AWS did not give it out. */
  owner(accessKeyId: string): string | undefined;
  /** Ends an access token before its time, as an administrator would: the portal answers 401 from now on. */
  revoke(accessToken: string): void;
  /** Closes the server and every open connection at once. */
  stop(): Promise<void>;
}

export interface FakeAwsOptions {
  knobs?: Partial<Knobs>;
  accounts?: readonly Account[];
  /** What `GET /inference-profiles` lists in a region. */
  inferenceProfiles?: (region: string) => InferenceProfile[];
  /** The account's own ones there; none unless a test gives them. */
  applicationProfiles?: (region: string) => ApplicationProfile[];
}

async function receive(message: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const url = new URL(message.url ?? '/', 'http://fake');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = String(value);
  const body = Buffer.concat(chunks).toString('utf8');
  return { method: message.method ?? '', path: url.pathname, query: url.searchParams, headers, body, time: Date.now() };
}

/**
 * Starts SSO-OIDC, the SSO portal, STS and what of Bedrock is no conversation on one port of 127.0.0.1. Point the
 * AWS CLI at it with AWS_ENDPOINT_URL. It does not check signatures.
 */
export async function startFakeAws(options: FakeAwsOptions = {}): Promise<FakeAws> {
  const stopping = new AbortController();
  const log: Received[] = [];
  const memory: Memory = {
    knobs: { ...defaultKnobs(), ...options.knobs },
    counters: { logins: 0, tokens: 0, refreshes: 0 },
    accounts: options.accounts ?? sampleAccounts,
    inferenceProfiles: options.inferenceProfiles ?? sampleInferenceProfiles,
    applicationProfiles: options.applicationProfiles ?? (() => []),
    clients: new Map(),
    devices: new Map(),
    codes: new Map(),
    tokens: new Map(),
    identities: new Map(),
    url: '',
  };

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await receive(message);
    log.push(request);
    const route = routeOf(request);
    const reply =
      (await faultOf(request, memory.knobs, stopping.signal)) ??
      (await route?.(request, memory, stopping.signal)) ??
      restError(404, 'UnknownOperationException', { message: `no ${request.method} ${request.path} here` });
    response.writeHead(reply.status, reply.headers).end(reply.body);
  }

  const server = createServer((message, response) => {
    // Whoever went away (or a server that stops while it waits) needs no answer.
    answer(message, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  memory.url = `http://127.0.0.1:${port}`;

  return {
    url: memory.url,
    port,
    log,
    counters: memory.counters,
    knobs: memory.knobs,
    owner: (accessKeyId) => memory.identities.get(accessKeyId),
    revoke: (accessToken) => void memory.tokens.set(accessToken, 0),
    async stop() {
      stopping.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
