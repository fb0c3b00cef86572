import type { ApplicationProfile, InferenceProfile } from './accounts.ts';
import type { Memory } from './memory.ts';
import { json, type Received, type Reply, restError } from './reply.ts';
import { signer } from './sts.ts';

const dated = '2026-01-01T00:00:00Z';

/**
 * `GET /inference-profiles?maxResults&nextToken&type`: what the signing region offers, or with the type APPLICATION what the
 * account made there, paginated; the region is the
 * one of the signature, a bearer token (an API key) has none and gets us-east-1's.
 */
export function listInferenceProfiles(request: Received, memory: Memory): Reply {
  const bearer = /^Bearer ./.test(request.headers.authorization ?? '');
  const region = signer(request)?.region ?? (bearer ? 'us-east-1' : undefined);
  if (!region) return restError(403, 'AccessDeniedException', { message: 'Missing Authentication Token' });
  const account = memory.accounts[0]?.id ?? '000000000000';
  const type = request.query.get('type') ?? 'SYSTEM_DEFINED';
  const all: readonly (InferenceProfile | ApplicationProfile)[] =
    type === 'SYSTEM_DEFINED' ? memory.inferenceProfiles(region) : memory.applicationProfiles(region);
  const start = Number(request.query.get('nextToken') ?? 0);
  const size = Math.min(Number(request.query.get('maxResults') ?? memory.knobs.pageSize), memory.knobs.pageSize);
  const summaries = all.slice(start, start + size).map((profile) => summary(profile, region, account, type));
  const more = start + size < all.length;
  return json({ inferenceProfileSummaries: summaries, ...(more ? { nextToken: String(start + size) } : {}) });
}

/** `GET /use-case-for-model-access`: the form that an account submits once, in base64 as AWS has it. */
export function useCase(request: Received, { knobs }: Memory): Reply {
  if (!request.headers.authorization) {
    return restError(403, 'AccessDeniedException', { message: 'Missing Authentication Token' });
  }
  if (!knobs.hasUseCase) {
    return restError(404, 'ResourceNotFoundException', { message: 'Use case details not found for this account.' });
  }
  const form = { companyName: 'Example', companyWebsite: 'https://example.com', intendedUsers: '0', useCases: 'Code' };
  return json({ formData: Buffer.from(JSON.stringify(form)).toString('base64') });
}

/** `GET /foundation-model-availability/MODEL`. */
export function modelAvailability(request: Received, { knobs }: Memory): Reply {
  return json({
    modelId: decodeURIComponent(request.path.split('/').at(-1) ?? ''),
    agreementAvailability: { status: knobs.agreement },
    authorizationStatus: knobs.authorization,
    entitlementAvailability: 'AVAILABLE',
    regionAvailability: 'AVAILABLE',
  });
}

/** `POST /model/ID/invoke`: one token. */
export function invokeModel(request: Received): Reply {
  const [, model = ''] = /^\/model\/([^/]+)\/invoke$/.exec(request.path) ?? [];
  const { max_tokens: most } = JSON.parse(request.body) as { max_tokens?: unknown };
  if (most !== 1) return restError(400, 'ValidationException', { message: 'one token is enough here' });
  const content = [{ type: 'text', text: 'Hi' }];
  const usage = { input_tokens: 8, output_tokens: 1 };
  const id = decodeURIComponent(model);
  return json({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: id,
    content,
    stop_reason: 'max_tokens',
    usage,
  });
}

function summary(profile: InferenceProfile | ApplicationProfile, region: string, account: string, type: string) {
  const { id, name, regions } = profile;
  const model = 'model' in profile ? `anthropic.${profile.model}` : id.slice(id.indexOf('.') + 1);
  const partition = region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  const resource = type === 'APPLICATION' ? 'application-inference-profile' : 'inference-profile';
  return {
    inferenceProfileId: id,
    inferenceProfileName: name,
    description: `Routes requests to ${name} in ${regions.join(', ')}.`,
    inferenceProfileArn: `arn:${partition}:bedrock:${region}:${account}:${resource}/${id}`,
    models: regions.map((to) => ({ modelArn: `arn:${partition}:bedrock:${to}::foundation-model/${model}` })),
    status: 'ACTIVE',
    type,
    createdAt: dated,
    updatedAt: dated,
  };
}
