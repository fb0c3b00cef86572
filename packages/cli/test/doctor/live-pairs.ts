import type { Fault } from '@bedrockenv/testkit/fake-aws';
import { type Machine, pinned } from './machine.ts';

/** What the fake AWS does, and who asks. */
export interface LiveMachine extends Machine {
  /** By path, as in the fake's knobs. */
  faults?: Readonly<Record<string, Fault>>;
  knobs?: object;
  isInvoking?: boolean;
  /** Nothing listens there. */
  isDown?: boolean;
}

const refuses = (path: string, status: number, name: string, message: string, more: object = {}) => ({
  faults: { [path]: { kind: 'status', status, name, message, ...more } as Fault },
});
const [sts, list, invoke] = ['/', '/inference-profiles', '/model/*'];
const user = 'User: arn:aws:sts::111122223333:assumed-role/S3CRET-R/me is not authorized to perform:';
const invalid = 'The security token included in the request is invalid.';
const noKeys = { env: { AWS_PROFILE: undefined } };

/** A role that the fake's portal has. */
const ssoProfile =
  '[profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\nregion = eu-central-1\n';

/** Who asks unless a pair says otherwise: access keys, of a user of the fake's first account. */
export const asker = {
  ...pinned,
  AWS_PROFILE: 'keys',
  AWS_REGION: 'eu-central-1',
};

const invoking = (name: string, status: number, message: string): { wrong: LiveMachine; healthy: LiveMachine } => ({
  wrong: { ...refuses(invoke, status, name, message), isInvoking: true },
  // The same answer where nobody asks for it.
  healthy: refuses(invoke, status, name, message),
});

export const livePairs: Readonly<Record<string, { wrong: LiveMachine; healthy: LiveMachine }>> = {
  'live-no-credentials': { wrong: noKeys, healthy: {} },
  'live-expired': {
    wrong: refuses(sts, 403, 'ExpiredToken', 'The security token included in the request is expired'),
    healthy: refuses(sts, 403, 'InvalidClientTokenId', invalid),
  },
  'live-invalid': {
    wrong: refuses(sts, 403, 'InvalidClientTokenId', invalid),
    healthy: refuses(sts, 403, 'InvalidClientTokenId', invalid, { region: 'eu-central-1' }),
  },
  'live-signature': {
    wrong: refuses(sts, 403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match'),
    healthy: refuses(sts, 403, 'SignatureDoesNotMatch', 'Signature expired: 20261122T060000Z is now earlier than'),
  },
  'clock-skew': {
    wrong: refuses(
      list,
      403,
      'InvalidSignatureException',
      'Signature not yet current: 20261122T064000Z is still later',
    ),
    healthy: refuses(list, 403, 'InvalidSignatureException', 'The request signature we calculated does not match'),
  },
  'live-role': {
    wrong: { env: { AWS_PROFILE: 'corp-dev' } },
    healthy: { env: { AWS_PROFILE: 'dev' }, aws: ssoProfile },
  },
  'live-account': {
    wrong: { env: { AWS_PROFILE: 'other' }, aws: account('999999999999') },
    healthy: { env: { AWS_PROFILE: 'other' }, aws: account('111122223333') },
  },
  'live-denied': invoking('AccessDeniedException', 403, `${user} bedrock:InvokeModel on resource: x`),
  'live-list-denied': {
    wrong: refuses(list, 403, 'AccessDeniedException', `${user} bedrock:ListInferenceProfiles`),
    healthy: refuses(
      '/use-case-for-model-access',
      403,
      'AccessDeniedException',
      `${user} bedrock:GetUseCaseForModelAccess`,
    ),
  },
  'live-scp': invoking(
    'AccessDeniedException',
    403,
    `${user} bedrock:InvokeModel on resource: x with an explicit deny in a service control policy`,
  ),
  'live-marketplace': {
    wrong: { knobs: { agreement: 'NOT_AVAILABLE' } },
    healthy: { knobs: { agreement: 'PENDING' } },
  },
  'live-use-case': { wrong: { knobs: { hasUseCase: false } }, healthy: {} },
  'live-model-denied': { wrong: { knobs: { authorization: 'NOT_AUTHORIZED' } }, healthy: {} },
  'live-model-missing': {
    wrong: { env: { ANTHROPIC_MODEL: 'eu.anthropic.claude-opus-4-7' } },
    healthy: { env: { ANTHROPIC_MODEL: 'eu.anthropic.claude-opus-4-8' } },
  },
  'live-model-invalid': invoking('ValidationException', 400, 'The provided model identifier is invalid.'),
  'live-on-demand': invoking(
    'ValidationException',
    400,
    'Invocation of model ID anthropic.claude-opus-5 with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
  ),
  'live-legacy': invoking(
    'ResourceNotFoundException',
    404,
    'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 15 days.',
  ),
  'live-region': {
    wrong: refuses(list, 403, 'UnrecognizedClientException', invalid),
    healthy: refuses(list, 403, 'AccessDeniedException', `${user} bedrock:ListInferenceProfiles`),
  },
  'live-no-model': {
    wrong: {
      env: {
        ANTHROPIC_DEFAULT_OPUS_MODEL: undefined,
        ANTHROPIC_DEFAULT_SONNET_MODEL: 'sonnet',
        ANTHROPIC_DEFAULT_HAIKU_MODEL: '',
      },
      isInvoking: true,
    },
    healthy: { isInvoking: true },
  },
  'live-throttled': {
    wrong: refuses(list, 429, 'ThrottlingException', 'Too many requests, please wait before trying again.'),
    healthy: {},
  },
  'live-server': { wrong: refuses(list, 500, 'InternalServerException', 'S3CRET'), healthy: {} },
  'live-garbage': { wrong: { faults: { [list]: { kind: 'garbage' } } }, healthy: { isInvoking: true } },
  'live-unreachable': {
    wrong: { isDown: true },
    healthy: refuses(list, 500, 'InternalServerException', 'S3CRET'),
  },
  'live-refused': {
    wrong: refuses(list, 400, 'ValidationException', 'S3CRET'),
    healthy: refuses(list, 429, 'ThrottlingException', 'S3CRET'),
  },
};

function account(id: string): string {
  return `[profile other]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = S3CRET\nregion = eu-central-1\naws_account_id = ${id}\n`;
}
