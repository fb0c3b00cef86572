import { BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type Answer, asked, clientConfig, patience, type Question, unlike } from './ask.ts';

/** One smallest request to a model: one word in, one token out. */
export function invokeModel(question: Question, modelId: string): Promise<Answer<boolean>> {
  return asked(async (errors) => {
    const client = new BedrockRuntimeClient({
      ...clientConfig(question, errors),
      // By itself this client speaks HTTP/2, which many a gateway does not.
      requestHandler: new NodeHttpHandler(patience),
    });
    const request = {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 1,
      messages: [{ role: 'user', content: 'hi' }],
    };
    try {
      const { body } = await client.send(
        new InvokeModelCommand({ modelId, contentType: 'application/json', body: JSON.stringify(request) }),
      );
      const said: unknown = JSON.parse(new TextDecoder().decode(body));
      return (said as { type?: unknown } | null)?.type === 'message' ? true : unlike();
    } finally {
      client.destroy();
    }
  });
}
