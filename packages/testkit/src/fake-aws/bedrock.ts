import type { Memory } from './memory.ts';
import { json, type Received, type Reply, restError } from './reply.ts';
import { signer } from './sts.ts';

const dated = '2026-01-01T00:00:00Z';

/**
 * `GET /inference-profiles?maxResults&nextToken&type`: what the signing region offers, paginated; the region is the
 * one of the signature, a bearer token (an API key) has none and gets us-east-1's.
 */
export function listInferenceProfiles(request: Received, memory: Memory): Reply {
  const bearer = /^Bearer ./.test(request.headers.authorization ?? '');
  const region = signer(request)?.region ?? (bearer ? 'us-east-1' : undefined);
  if (!region) return restError(403, 'AccessDeniedException', { message: 'Missing Authentication Token' });
  const account = memory.accounts[0]?.id ?? '000000000000';
  const wanted = request.query.get('type') ?? 'SYSTEM_DEFINED';
  const all = wanted === 'SYSTEM_DEFINED' ? memory.inferenceProfiles(region) : [];
  const start = Number(request.query.get('nextToken') ?? 0);
  const size = Math.min(Number(request.query.get('maxResults') ?? memory.knobs.pageSize), memory.knobs.pageSize);
  const summaries = all.slice(start, start + size).map(({ id, name, regions }) => ({
    inferenceProfileId: id,
    inferenceProfileName: name,
    description: `Routes requests to ${name} in ${regions.join(', ')}.`,
    inferenceProfileArn: `arn:aws:bedrock:${region}:${account}:inference-profile/${id}`,
    models: regions.map((to) => ({
      modelArn: `arn:aws:bedrock:${to}::foundation-model/${id.slice(id.indexOf('.') + 1)}`,
    })),
    status: 'ACTIVE',
    type: 'SYSTEM_DEFINED',
    createdAt: dated,
    updatedAt: dated,
  }));
  const more = start + size < all.length;
  return json({ inferenceProfileSummaries: summaries, ...(more ? { nextToken: String(start + size) } : {}) });
}
