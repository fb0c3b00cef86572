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
