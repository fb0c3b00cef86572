import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerEvents, frame } from './event-stream.ts';

/** One request to a model, as it arrived. */
export interface Invocation {
  /** The inference profile ID or ARN in the path, decoded. */
  model: string;
  /** `invoke` or `invoke-with-response-stream`. */
  operation: string;
  /** Of the signature (SigV4); null with an API key or without any. */
  accessKeyId: string | null;
  region: string | null;
  headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the fields that it looks for
  body: any;
}

/** A running fake of Amazon Bedrock's runtime. */
export interface FakeBedrock {
  /** The value of ANTHROPIC_BEDROCK_BASE_URL. */
  url: string;
  /** Every request to a model so far, oldest first. */
  invocations: Invocation[];
  /** Every request so far, as its method and decoded path. */
  calls: string[];
  /** Access keys that are answered with 403, as AWS does with one that nobody has. */
  refused: Set<string>;
  stop(): Promise<void>;
}

/**
 * Starts a fake on loopback that answers every model's requests with `hi`.
 * @param awsUrl a fake AWS, whose inference profiles it lists; without it there are none
 */
export async function startFakeBedrock({ awsUrl }: { awsUrl?: string } = {}): Promise<FakeBedrock> {
  const invocations: Invocation[] = [];
  const calls: string[] = [];
  const refused = new Set<string>();
  const server = createServer((message, response) => {
    answer(message, response, { invocations, calls, refused, awsUrl }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    invocations,
    calls,
    refused,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  {
    invocations,
    calls,
    refused,
    awsUrl,
  }: Pick<FakeBedrock, 'invocations' | 'calls' | 'refused'> & { awsUrl: string | undefined },
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const { pathname } = new URL(message.url ?? '/', 'http://fake');
  calls.push(`${message.method} ${decodeURIComponent(pathname)}`);
  const json = (status: number, value: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  if (pathname === '/inference-profiles') {
    if (awsUrl === undefined) return void json(200, { inferenceProfileSummaries: [] });
    const authorization = message.headers.authorization ?? '';
    const listed = await fetch(new URL(message.url ?? '', awsUrl), { headers: { authorization } });
    return void json(listed.status, (await listed.json()) as object);
  }
  const [, profile] = /^\/inference-profiles\/[a-z-]+\.(anthropic\.[^/]+)$/.exec(decodeURIComponent(pathname)) ?? [];
  if (profile !== undefined) {
    return void json(200, { models: [{ modelArn: `arn:aws:bedrock:us-east-1::foundation-model/${profile}` }] });
  }
  if (/^\/model\/[^/]+\/count-tokens$/.test(pathname)) return void json(200, { inputTokens: 1 });
  const [, model, operation] = /^\/model\/([^/]+)\/(invoke[a-z-]*)$/.exec(pathname) ?? [];
  if (model === undefined || operation === undefined) return void json(404, { message: `no ${pathname} here` });
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
  const scope = /Credential=([^/,\s]+)\/\d+\/([^/]+)\//.exec(headers.authorization ?? '');
  invocations.push({
    model: decodeURIComponent(model),
    operation,
    accessKeyId: scope?.[1] ?? null,
    region: scope?.[2] ?? null,
    headers,
    body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
  });
  if (refused.has(scope?.[1] ?? '')) {
    response.setHeader('x-amzn-errortype', 'UnrecognizedClientException');
    return void json(403, { message: 'The security token included in the request is invalid.' });
  }
  if (operation === 'invoke') {
    const usage = { input_tokens: 1, output_tokens: 1 };
    const content = [{ type: 'text', text: 'hi' }];
    return void json(200, {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model,
      content,
      stop_reason: 'end_turn',
      usage,
    });
  }
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  for (const event of answerEvents(model, 'hi')) response.write(frame(event));
  response.end();
}
