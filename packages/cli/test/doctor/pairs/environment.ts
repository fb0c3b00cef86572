import { type Pairs, pinned, settings } from '../machine.ts';

const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'S3CRET' };

export const environmentPairs: Pairs = {
  'env-profile-empty': { wrong: { env: { AWS_PROFILE: '' } }, healthy: { env: { AWS_PROFILE: undefined } } },
  'env-profile-unknown': {
    wrong: { env: { AWS_PROFILE: 'corp-dve' } },
    healthy: { env: { AWS_PROFILE: 'corp-role' } },
  },
  'env-default-profile': {
    wrong: { env: { AWS_PROFILE: undefined, AWS_DEFAULT_PROFILE: 'corp-dev' } },
    healthy: { env: { AWS_DEFAULT_PROFILE: 'corp-dev' } },
  },
  'env-default-region': {
    wrong: { env: { AWS_DEFAULT_REGION: 'eu-west-1' } },
    healthy: { env: { AWS_DEFAULT_REGION: 'eu-west-1', AWS_REGION: 'eu-west-1' } },
  },
  'env-keys': { wrong: { env: keys }, healthy: { env: { ...keys, AWS_PROFILE: undefined } } },
  'env-file-empty': { wrong: { env: { AWS_SHARED_CREDENTIALS_FILE: '' } }, healthy: {} },
  'env-file-missing': {
    wrong: { env: { AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials' } },
    healthy: { env: { AWS_SHARED_CREDENTIALS_FILE: '/dev/null' } },
  },
  'env-file-expanded': {
    wrong: { env: { AWS_CONFIG_FILE: '~/.aws/config' } },
    // The SDK expands it there, but not where it looks for an sso-session.
    healthy: { env: { AWS_CONFIG_FILE: '~/.aws/config' }, awsWhole: '[profile corp-dev]\nregion = eu-west-1\n' },
  },
  'keys-beside-profile': {
    wrong: { env: { ...keys, AWS_PROFILE: undefined }, project: 'profile: corp-dev\n' },
    healthy: { env: { ...keys, AWS_PROFILE: undefined }, project: 'region: eu-west-1\n' },
  },
  'web-identity-beside-profile': {
    wrong: { env: { AWS_WEB_IDENTITY_TOKEN_FILE: '/run/token', AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/R' } },
    // The role of a profile comes first.
    healthy: {
      env: {
        ...{ AWS_WEB_IDENTITY_TOKEN_FILE: '/run/token', AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/R' },
        AWS_PROFILE: 'corp-role',
      },
    },
  },
  'keys-incomplete': {
    wrong: { env: { AWS_ACCESS_KEY_ID: 'AKIA', AWS_PROFILE: undefined } },
    healthy: { env: { ...keys, AWS_PROFILE: undefined } },
  },
  'keys-mismatch': {
    wrong: { env: { ...keys, AWS_SESSION_TOKEN: 'S3CRET', AWS_PROFILE: undefined } },
    healthy: {
      env: { ...keys, AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE', AWS_SESSION_TOKEN: 'S3CRET', AWS_PROFILE: undefined },
    },
  },
  'ca-bundle': {
    wrong: { env: { AWS_CA_BUNDLE: '/etc/corp.pem' } },
    healthy: { env: { AWS_CA_BUNDLE: '/etc/corp.pem', NODE_EXTRA_CA_CERTS: '/etc/corp.pem' } },
  },
  'bearer-token-first': {
    wrong: { env: { AWS_BEARER_TOKEN_BEDROCK: 'S3CRET' } },
    healthy: {
      env: { AWS_BEARER_TOKEN_BEDROCK: 'S3CRET', KEY: 'S3CRET' },
      files: { '.config/bedrockenv/config.yaml': 'default: {api_key: {env: KEY}, region: eu-west-1}\n' },
    },
  },
  'bearer-token-empty': { wrong: { env: { AWS_BEARER_TOKEN_BEDROCK: '' } }, healthy: {} },
  'region-malformed': {
    wrong: { env: { AWS_REGION: 'eu west 1' } },
    healthy: { env: { AWS_REGION: 'eu-west-1' } },
  },
  'base-url-by-hand': {
    wrong: { env: { ANTHROPIC_BEDROCK_BASE_URL: 'https://me:S3CRET@gateway.example/x' } },
    healthy: {
      files: {
        '.config/bedrockenv/config.yaml': 'default: {base_url: "https://gateway.example", region: eu-west-1}\n',
      },
    },
  },
  'endpoint-ignored': {
    wrong: { env: { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'https://gateway.example' } },
    healthy: { env: { AWS_ENDPOINT_URL_BEDROCK: 'https://gateway.example' } },
  },
  'fips-ignored': {
    wrong: { aws: '[profile gov]\nregion = us-gov-west-1\nuse_fips_endpoint = true\n', project: 'profile: gov\n' },
    healthy: {
      env: { AWS_USE_FIPS_ENDPOINT: 'false' },
      ...{ aws: '[profile gov]\nregion = us-gov-west-1\nuse_fips_endpoint = true\n', project: 'profile: gov\n' },
    },
  },
  'auth-skipped': {
    wrong: { env: { CLAUDE_CODE_SKIP_BEDROCK_AUTH: '1' } },
    healthy: { env: { CLAUDE_CODE_SKIP_BEDROCK_AUTH: '1', ANTHROPIC_BEDROCK_BASE_URL: 'https://gateway.example' } },
  },
  'use-vertex': {
    wrong: { env: { ...pinned, CLAUDE_CODE_USE_VERTEX: '1' } },
    healthy: { env: { CLAUDE_CODE_USE_VERTEX: '1' } },
  },
  'use-mantle': {
    wrong: { env: pinned, files: { '.claude/settings.json': settings({ env: { CLAUDE_CODE_USE_MANTLE: 'true' } }) } },
    healthy: { env: { ...pinned, CLAUDE_CODE_USE_MANTLE: '0' } },
  },
  'proxy-malformed': {
    wrong: { env: { HTTPS_PROXY: 'proxy.example:8080' } },
    healthy: { env: { HTTPS_PROXY: 'http://me:S3CRET@proxy.example:8080' } },
  },
  'proxy-not-followed': {
    wrong: { env: { https_proxy: 'http://proxy.example:8080' } },
    healthy: { env: { http_proxy: 'http://proxy.example:8080' } },
  },
};
