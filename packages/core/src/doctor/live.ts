import type { Entry } from './entry.ts';

/** What only AWS can tell. Which answer means which: refusal.ts. */
export const liveEntries: readonly Entry[] = [
  { code: 'live-no-credentials', severity: 'error', meaning: 'nothing gives credentials, so nobody was asked' },
  {
    code: 'live-expired',
    severity: 'error',
    meaning: 'the credentials have expired, or the session was ended on the server: sign in',
  },
  { code: 'live-invalid', severity: 'error', meaning: 'AWS does not know the access key or the API key' },
  { code: 'live-signature', severity: 'error', meaning: 'the secret key does not belong to the access key' },
  {
    code: 'live-role',
    severity: 'error',
    meaning: 'the session is not assigned the role, or its trust policy does not let it be assumed',
  },
  {
    code: 'live-account',
    severity: 'warning',
    meaning: 'AWS STS says another account than the profile: other credentials are used',
  },
  {
    code: 'live-denied',
    severity: 'error',
    meaning: 'IAM does not allow to invoke the model; [iam-policy](iam.md) prints what is needed',
  },
  {
    code: 'live-list-denied',
    severity: 'warning',
    meaning: 'IAM does not allow `bedrock:ListInferenceProfiles`, which Claude Code asks at each start',
  },
  {
    code: 'live-scp',
    severity: 'error',
    meaning: 'an explicit deny, as of a service control policy of the organisation: no policy of yours helps',
  },
  {
    code: 'live-marketplace',
    severity: 'error',
    meaning: 'the account has not subscribed to the model, and these credentials may not do it',
  },
  {
    code: 'live-use-case',
    severity: 'error',
    meaning: "the account has not submitted Anthropic's use-case form",
  },
  { code: 'live-model-denied', severity: 'error', meaning: 'the account has no access to the model' },
  {
    code: 'live-model-missing',
    severity: 'error',
    meaning: 'the account has no such inference profile in the region',
  },
  { code: 'live-model-invalid', severity: 'error', meaning: 'the model identifier is invalid in the region' },
  { code: 'live-on-demand', severity: 'error', meaning: 'the model can only be called through an inference profile' },
  { code: 'live-legacy', severity: 'error', meaning: 'the model is legacy, and closed for who has not used it lately' },
  {
    code: 'live-region',
    severity: 'error',
    meaning: 'the account has not enabled the region, or it has no Amazon Bedrock',
  },
  {
    code: 'live-no-model',
    severity: 'info',
    meaning: '`--invoke` had nobody to ask: no inference profile is named here',
  },
  { code: 'live-throttled', severity: 'warning', meaning: 'AWS throttles: too many requests or tokens' },
  { code: 'live-server', severity: 'warning', meaning: 'AWS has a problem of its own (HTTP 5xx)' },
  { code: 'live-garbage', severity: 'error', meaning: 'the answer is not one of AWS: a portal, a proxy, a wrong URL' },
  { code: 'live-unreachable', severity: 'error', meaning: 'nothing answers there, or not in time' },
  { code: 'live-refused', severity: 'error', meaning: 'anything else that AWS refuses' },
];
