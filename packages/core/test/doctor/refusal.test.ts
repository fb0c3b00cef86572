import { expect, test } from 'vitest';
import { type Asked, codeOfRefusal, doctorEntry } from '../../src/doctor/index.ts';

const user = 'User: arn:aws:sts::111122223333:assumed-role/R/me is not authorized to perform: bedrock:InvokeModel';
const resource = 'on resource: arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.anthropic.claude-opus-5';
const invalid = 'The security token included in the request is invalid.';

/** The words of AWS, as its documentation and users' reports have them. */
const answers: readonly [code: string, asked: Asked, name: string, status: number | null, message: string][] = [
  ['live-expired', 'identity', 'ExpiredToken', 403, 'The security token included in the request is expired'],
  ['live-expired', 'list', 'ExpiredTokenException', 403, 'The security token included in the request is expired'],
  ['live-expired', 'identity', 'UnauthorizedException', 401, 'Session token not found or invalid'],
  [
    ...(['live-expired', 'identity', 'CredentialsProviderError', null] as const),
    'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
  ],
  [
    'live-expired',
    'identity',
    'TokenProviderError',
    null,
    "Token is expired. To refresh this SSO session run 'aws sso login'",
  ],
  [
    'live-no-credentials',
    'identity',
    'CredentialsProviderError',
    null,
    'Could not load credentials from any providers',
  ],
  ['live-role', 'credentials', 'ForbiddenException', 403, 'No access'],
  [
    'live-role',
    'credentials',
    'AccessDenied',
    403,
    'User: x is not authorized to perform: sts:AssumeRole on resource: y',
  ],
  ['live-unreachable', 'invoke', 'ERR_HTTP2_ERROR', null, 'Protocol error'],
  ['live-invalid', 'identity', 'InvalidClientTokenId', 403, invalid],
  ['live-invalid', 'list', 'UnrecognizedClientException', 403, invalid],
  ['live-invalid', 'list', 'AccessDeniedException', 403, 'Invalid API Key format: Must start with pre-defined prefix'],
  ['live-invalid', 'identity', 'MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
  [
    ...(['live-signature', 'identity', 'SignatureDoesNotMatch', 403] as const),
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
  ],
  [
    ...(['clock-skew', 'identity', 'SignatureDoesNotMatch', 403] as const),
    'Signature expired: 20261122T060000Z is now earlier than 20261122T062500Z (20261122T063000Z - 5 min.)',
  ],
  [
    ...(['clock-skew', 'list', 'InvalidSignatureException', 403] as const),
    'Signature not yet current: 20261122T064000Z is still later than 20261122T063500Z (20261122T063000Z + 5 min.)',
  ],
  [
    'clock-skew',
    'list',
    'RequestTimeTooSkewed',
    403,
    'The difference between the request time and the current time is too large.',
  ],
  [
    'live-denied',
    'invoke',
    'AccessDeniedException',
    403,
    `${user} ${resource} because no identity-based policy allows the bedrock:InvokeModel action`,
  ],
  ['live-list-denied', 'list', 'AccessDeniedException', 403, user.replace('InvokeModel', 'ListInferenceProfiles')],
  [
    'live-scp',
    'invoke',
    'AccessDeniedException',
    403,
    `${user} ${resource} with an explicit deny in a service control policy`,
  ],
  [
    ...(['live-marketplace', 'invoke', 'AccessDeniedException', 403] as const),
    'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model. Refer to the Amazon Bedrock documentation for further details. Your AWS Marketplace subscription for this model cannot be completed at this time. If you recently fixed this issue, try again after 2 minutes.',
  ],
  [
    ...(['live-use-case', 'invoke', 'ResourceNotFoundException', 404] as const),
    'Model use case details have not been submitted for this account. Fill out the Anthropic use case details form before using the model. If you have already filled out the form, try again in 15 minutes.',
  ],
  [
    ...(['live-use-case', 'invoke', 'ValidationException', 400] as const),
    'You have not filled out the required use-case form for this model.',
  ],
  [
    'live-model-denied',
    'invoke',
    'AccessDeniedException',
    403,
    "You don't have access to the model with the specified model ID.",
  ],
  [
    ...(['live-on-demand', 'invoke', 'ValidationException', 400] as const),
    'Invocation of model ID anthropic.claude-opus-5 with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
  ],
  ['live-model-invalid', 'invoke', 'ValidationException', 400, 'The provided model identifier is invalid.'],
  [
    ...(['live-legacy', 'invoke', 'ResourceNotFoundException', 404] as const),
    'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 15 days. Please upgrade to an active model on Amazon Bedrock',
  ],
  ['live-model-missing', 'invoke', 'ResourceNotFoundException', 404, 'The requested resource was not found.'],
  ['live-throttled', 'invoke', 'ThrottlingException', 429, 'Too many tokens per day, please wait before trying again.'],
  ['live-throttled', 'list', 'TooManyRequestsException', 429, ''],
  ['live-server', 'invoke', 'InternalServerException', 500, 'The system encountered an unexpected error'],
  ['live-server', 'invoke', 'ServiceUnavailableException', 503, ''],
  ['live-garbage', 'list', 'SyntaxError', 200, 'Unexpected token < in JSON'],
  ['live-garbage', 'identity', 'Deserialization', null, 'the answer is not one of AWS'],
  ['live-unreachable', 'list', 'ECONNREFUSED', null, 'connect ECONNREFUSED 127.0.0.1:9'],
  ['live-unreachable', 'list', 'ENOTFOUND', null, 'getaddrinfo ENOTFOUND bedrock.eu-nowhere-1.amazonaws.com'],
  ['live-unreachable', 'list', 'TimeoutError', null, 'Request timed out'],
  ['live-unreachable', 'list', 'SELF_SIGNED_CERT_IN_CHAIN', null, 'self-signed certificate in certificate chain'],
  ['live-refused', 'list', 'ValidationException', 400, 'maxResults is too large'],
  ['live-refused', 'invoke', 'ModelErrorException', 424, ''],
];

test.each(answers)('%s: %s, %s', (code, asked, name, status, message) => {
  expect(codeOfRefusal({ name, message, status }, asked)).toBe(code);
  expect(doctorEntry(code)?.code).toBe(code);
});
