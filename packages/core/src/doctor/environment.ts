import { webIdentityWarnings } from '../aws/index.ts';
import { knownRegions } from '../bedrock/index.ts';
import { nearest } from '../nearest.ts';
import { clientRegion, isRegionName } from '../resolution/region.ts';
import { endpointIgnored, fipsIgnored } from './endpoints.ts';
import type { Entry, Evidence } from './entry.ts';
import { type Facts, given, isOn, place, removal, usesBedrock } from './facts.ts';
import { shown } from './shown.ts';

/** Variables of AWS and of Claude Code that decide who asks, where, and by which way. */
export const environmentEntries: readonly Entry[] = [
  {
    code: 'env-profile-empty',
    severity: 'error',
    meaning: '`AWS_PROFILE`, or without it `AWS_DEFAULT_PROFILE`, is empty, an error for the AWS CLI',
  },
  {
    code: 'env-profile-unknown',
    severity: 'error',
    meaning:
      '`AWS_PROFILE`, or without it `AWS_DEFAULT_PROFILE`, names a profile that does not exist: the AWS CLI refuses that, whatever keys there are',
  },
  {
    code: 'env-default-profile',
    severity: 'warning',
    meaning: '`AWS_DEFAULT_PROFILE`, which Claude Code does not read',
  },
  {
    code: 'env-default-region',
    severity: 'info',
    meaning:
      '`AWS_DEFAULT_REGION` alone: the AWS CLI and Claude Code read it, the AWS SDK for JavaScript in other programs does not',
  },
  {
    code: 'env-keys',
    severity: 'warning',
    meaning: 'keys beside `AWS_PROFILE`: the AWS CLI uses the keys, Claude Code the profile',
  },
  {
    code: 'env-file-empty',
    severity: 'warning',
    meaning: '`AWS_CONFIG_FILE` or `AWS_SHARED_CREDENTIALS_FILE` is empty: only the AWS CLI then reads no file',
  },
  { code: 'env-file-missing', severity: 'warning', meaning: 'one of them leads nowhere' },
  {
    code: 'env-file-expanded',
    severity: 'warning',
    meaning:
      'one has a `$` or `~` that Claude Code does not expand; `~/` it expands for profiles alone, not for an sso-session',
  },
  {
    code: 'keys-beside-profile',
    severity: 'warning',
    meaning: 'keys beside the profile of a directory: the AWS CLI uses the keys, Claude Code the profile',
    find: ({ env, resolution }) => {
      if (!env.AWS_ACCESS_KEY_ID || env.AWS_PROFILE || !resolution?.chosen) return [];
      const profile = shown(resolution.chosen);
      const message = `AWS_ACCESS_KEY_ID is set: the AWS CLI uses the keys, Claude Code the profile ${profile}`;
      return [{ message, fix: 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN' }];
    },
  },
  {
    code: 'web-identity-beside-profile',
    severity: 'warning',
    meaning:
      '`AWS_WEB_IDENTITY_TOKEN_FILE` (Kubernetes, CI with OIDC) beside a profile: the AWS CLI takes that role, Claude Code the profile',
    find: ({ env, aws, used, resolution }) =>
      used === null || resolution?.settings.api_key ? [] : webIdentityWarnings(env, aws, used),
  },
  {
    code: 'keys-incomplete',
    severity: 'error',
    meaning: 'an access key without its secret key, or the other way round',
    find: ({ env }) => {
      const names = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
      const [there, missing] = env.AWS_ACCESS_KEY_ID ? names : names.toReversed();
      if (!env[there as string] || env[missing as string]) return [];
      return [{ message: `${there} is set without ${missing}`, fix: `unset ${there}, or set both` }];
    },
  },
  {
    code: 'keys-mismatch',
    severity: 'error',
    meaning:
      'a session token beside a long-lived access key (`AKIA…`), or a temporary one (`ASIA…`) without: AWS takes neither',
    find: ({ env }) => {
      const [key, token] = [env.AWS_ACCESS_KEY_ID ?? '', env.AWS_SESSION_TOKEN];
      if (/^AKIA/.test(key) && token) {
        const message = 'AWS_SESSION_TOKEN is set beside a long-lived access key, to which it cannot belong';
        return [{ message, fix: 'unset AWS_SESSION_TOKEN' }];
      }
      if (!/^ASIA/.test(key) || token) return [];
      const message = 'AWS_ACCESS_KEY_ID is temporary, and AWS_SESSION_TOKEN is not set';
      return [{ message, fix: 'export all three of them again, or unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY' }];
    },
  },
  {
    code: 'bearer-token-first',
    severity: 'warning',
    meaning: '`AWS_BEARER_TOKEN_BEDROCK` beats every other credential in Claude Code',
    find: (facts) => {
      const token = given(facts, 'AWS_BEARER_TOKEN_BEDROCK');
      if (!token || token.by === 'bedrockenv') return [];
      const instead = facts.used !== null && facts.aws.profile(facts.used) ? `profile ${shown(facts.used)}` : null;
      const message = `AWS_BEARER_TOKEN_BEDROCK is set, so Claude Code uses that API key instead of ${instead ?? 'any other credentials'}`;
      const severity = instead === null && !facts.env.AWS_ACCESS_KEY_ID ? 'info' : 'warning';
      return [{ message, fix: removal('AWS_BEARER_TOKEN_BEDROCK', token), where: place(token), severity }];
    },
  },
  {
    code: 'bearer-token-empty',
    severity: 'warning',
    meaning: '`AWS_BEARER_TOKEN_BEDROCK` is set and empty, on which older versions of Claude Code fail',
    find: ({ env }) =>
      env.AWS_BEARER_TOKEN_BEDROCK !== ''
        ? []
        : [
            {
              message: 'AWS_BEARER_TOKEN_BEDROCK is empty, which older versions of Claude Code take for a key',
              fix: 'unset AWS_BEARER_TOKEN_BEDROCK',
            },
          ],
  },
  {
    code: 'region-malformed',
    severity: 'warning',
    meaning: '`AWS_REGION` is no region: Claude Code passes it over, or sends requests to a host that there is not',
    find: (facts) =>
      ['AWS_REGION', 'AWS_DEFAULT_REGION'].flatMap((name) => {
        const found = given(facts, name);
        if (!found || isRegionName(found.value)) return [];
        const near = nearest(found.value.replaceAll(/[\s_]+/g, '-').toLowerCase(), knownRegions);
        const isTaken = clientRegion(found.value) !== null;
        const what = isTaken ? ', but Claude Code sends requests there' : ' and is passed over';
        const message = `${name} is ${JSON.stringify(shown(found.value))}, which is no region${what}`;
        return [{ message, fix: near ? `set ${name} to ${near}` : removal(name, found), where: place(found) }];
      }),
  },
  {
    code: 'base-url-by-hand',
    severity: 'warning',
    meaning: '`ANTHROPIC_BEDROCK_BASE_URL` sends every request to another host, and no `base_url:` says so',
    find: (facts) => {
      const url = given(facts, 'ANTHROPIC_BEDROCK_BASE_URL');
      if (!url || url.by === 'bedrockenv') return [];
      const message = `ANTHROPIC_BEDROCK_BASE_URL is set: requests go to ${hostOf(url.value)}`;
      const fix = `${removal('ANTHROPIC_BEDROCK_BASE_URL', url)}, or set base_url: in the user config`;
      return [{ message, fix, where: place(url) }];
    },
  },
  {
    code: 'endpoint-ignored',
    severity: 'warning',
    meaning:
      '`AWS_ENDPOINT_URL_BEDROCK_RUNTIME`, or an `endpoint_url` of the profile or of its `services`, by which Claude Code does not go; or a region whose hosts do not end in `amazonaws.com`',
    find: endpointIgnored,
  },
  {
    code: 'fips-ignored',
    severity: 'warning',
    meaning: '`use_fips_endpoint` or `AWS_USE_FIPS_ENDPOINT`, by which Claude Code does not go',
    find: fipsIgnored,
  },
  {
    code: 'auth-skipped',
    severity: 'warning',
    meaning: '`CLAUDE_CODE_SKIP_BEDROCK_AUTH`: requests are not signed, which only a gateway takes',
    find: (facts) => {
      const skip = given(facts, 'CLAUDE_CODE_SKIP_BEDROCK_AUTH');
      const [gateway, key] = ['ANTHROPIC_BEDROCK_BASE_URL', 'AWS_BEARER_TOKEN_BEDROCK'].map((name) =>
        given(facts, name),
      );
      // An API key is sent all the same.
      if (!skip || !isOn(skip) || gateway || key) return [];
      const message = 'CLAUDE_CODE_SKIP_BEDROCK_AUTH is set: Claude Code signs no request, which only a gateway takes';
      return [{ message, fix: removal('CLAUDE_CODE_SKIP_BEDROCK_AUTH', skip), where: place(skip) }];
    },
  },
  {
    code: 'use-vertex',
    severity: 'warning',
    meaning: '`CLAUDE_CODE_USE_VERTEX` beside Amazon Bedrock, which wins',
    find: (facts) => beside(facts, 'CLAUDE_CODE_USE_VERTEX', 'is on too, and has no effect: Amazon Bedrock wins'),
  },
  {
    code: 'use-mantle',
    severity: 'warning',
    meaning: '`CLAUDE_CODE_USE_MANTLE`: another service of Amazon Bedrock, with actions of its own in IAM',
    find: (facts) =>
      beside(facts, 'CLAUDE_CODE_USE_MANTLE', 'is on: requests need bedrock-mantle:CreateInference in the IAM policy'),
  },
  {
    code: 'ca-bundle',
    severity: 'info',
    meaning:
      '`AWS_CA_BUNDLE` without `NODE_EXTRA_CA_CERTS`: the AWS CLI trusts these certificates, what runs on Node does not',
    find: ({ env }) =>
      env.AWS_CA_BUNDLE && !env.NODE_EXTRA_CA_CERTS
        ? [
            {
              message: 'AWS_CA_BUNDLE is set without NODE_EXTRA_CA_CERTS, which is what programs on Node read',
              fix: `export NODE_EXTRA_CA_CERTS=${shown(env.AWS_CA_BUNDLE)}`,
            },
          ]
        : [],
  },
  {
    code: 'proxy-malformed',
    severity: 'error',
    meaning: 'a proxy that is no URL',
    find: ({ env }) =>
      proxies(env).flatMap(([name, value]) =>
        URL.canParse(value) && /^(https?|socks\w*):\/\/[^/]/i.test(value)
          ? []
          : [{ message: `${name} is no URL such as http://proxy.example:8080`, fix: `correct ${name}, or unset it` }],
      ),
  },
  {
    code: 'proxy-not-followed',
    severity: 'info',
    meaning:
      'a proxy for HTTPS: the AWS CLI and Claude Code go through it; bedrockenv itself does not, so it cannot renew a session and `--live` cannot ask',
    find: ({ env }) => {
      const [name] = proxies(env).find(([name]) => !/^http_/i.test(name)) ?? [];
      if (name === undefined) return [];
      const message = `${name} is set: bedrockenv's own requests to AWS do not go through it; aws and Claude Code do`;
      return [{ message, fix: 'where nothing else gets out, sign in with: aws sso login' }];
    },
  },
];

function beside(facts: Facts, name: string, what: string): Evidence[] {
  const found = given(facts, name);
  if (!found || !isOn(found) || !usesBedrock(facts)) return [];
  return [{ message: `${name} ${what}`, fix: removal(name, found), where: place(found) }];
}

function proxies(env: Facts['env']): [name: string, value: string][] {
  const names = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'HTTP_PROXY', 'http_proxy'];
  return names.flatMap((name): [string, string][] => (env[name] ? [[name, env[name]]] : []));
}

/** The host alone: a URL may hold a password. */
function hostOf(url: string): string {
  return URL.canParse(url) ? shown(new URL(url).host) : 'what is no URL';
}
