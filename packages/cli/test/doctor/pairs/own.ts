import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { type Pairs, renewable } from '../machine.ts';

const profile = 'profile: corp-dev\n';
const config = (text: string) => ({ '.config/bedrockenv/config.yaml': text });
const legacy =
  '[profile old]\nsso_start_url = https://old\nsso_region = us-east-1\nsso_account_id = 111111111111\nsso_role_name = R\n';

export const sessionPairs: Pairs = {
  'session-expired': { wrong: { session: -1000, token: {} }, healthy: { session: -1000 } },
  'session-missing': {
    wrong: { session: null },
    healthy: { session: null, env: { AWS_PROFILE: 'keys' }, aws: keys() },
  },
  'session-unreadable': {
    wrong: {
      prepare: (box) => {
        const token = box.signIn(1);
        rmSync(token);
        mkdirSync(token);
      },
    },
    healthy: {},
  },
  'session-legacy': {
    wrong: { env: { AWS_PROFILE: 'old' }, aws: legacy },
    healthy: { env: { AWS_PROFILE: 'corp-role' }, aws: legacy },
  },
  'session-not-renewing': { wrong: { token: {} }, healthy: { token: renewable } },
  'cool-down': {
    wrong: {
      session: -1000,
      token: {},
      // No terminal, and an aws that fails: a sign-in that may not ask.
      prepare: (box) => {
        box.write('bin/aws', '#!/bin/sh\n[ "$1" = --version ] && echo aws-cli/2.36.12 && exit\nexit 1\n', 0o755);
        box.run(['login', '--profile', 'corp-dev', '--no-tty'], { env: { PATH: `${box.path('bin')}:/usr/bin:/bin` } });
      },
    },
    healthy: { session: -1000, token: {} },
  },
  'api-key': {
    wrong: { files: config('default: {api_key: {env: NOT_SET}, region: eu-west-1}\n') },
    healthy: { files: config('default: {api_key: {env: KEY}, region: eu-west-1}\n'), env: { KEY: 'S3CRET' } },
  },
  'no-aws': { wrong: { awsCli: null }, healthy: {} },
  'aws-old': { wrong: { awsCli: '1.45.11' }, healthy: { awsCli: '2.22.0' } },
  'aws-before-2-22': { wrong: { awsCli: '2.17.3' }, healthy: { awsCli: '2.22.0' } },
};

export const projectPairs: Pairs = {
  unapproved: { wrong: { project: profile, approved: [] }, healthy: { project: profile } },
  denied: {
    wrong: {
      project: profile,
      approved: [],
      prepare: (box) => void box.ok(['deny', 'p']),
    },
    healthy: { project: profile, approved: [] },
  },
  broken: {
    wrong: { project: 'profile: \0\n', approved: [] },
    healthy: { project: profile, approved: [] },
  },
  'left-out': {
    wrong: { files: { '.bedrockrc': 'region: eu-west-1\n' }, project: profile },
    healthy: { files: { '.bedrockrc': 'region: eu-west-1\n' }, project: profile, approved: ['p', '.'] },
  },
  'yaml-syntax': { wrong: { project: 'profile: [\n' }, healthy: { project: profile } },
  'yaml-feature': { wrong: { project: 'profile: &a corp-dev\n' }, healthy: { project: profile } },
  'several-documents': { wrong: { project: `${profile}---\n${profile}` }, healthy: { project: `---\n${profile}` } },
  'not-a-mapping': { wrong: { project: '- profile\n' }, healthy: { project: '# nothing\n' } },
  'duplicate-key': { wrong: { project: `${profile}${profile}` }, healthy: { project: profile } },
  'unknown-key': { wrong: { project: 'profil: corp-dev\n' }, healthy: { project: profile } },
  'misplaced-key': {
    wrong: { files: config('region: eu-west-1\n') },
    healthy: { files: config('default: {region: eu-west-1}\n') },
  },
  'missing-key': {
    wrong: { project: 'profile: {account: "123456789012"}\n' },
    healthy: { project: 'profile: {account: "123456789012", role: Developer}\n' },
  },
  'refused-key': {
    wrong: { project: 'base_url: https://gateway.example\n' },
    healthy: { files: config('default: {base_url: "https://gateway.example"}\n') },
  },
  'wrong-value': { wrong: { project: 'max_output_tokens: many\n' }, healthy: { project: 'max_output_tokens: 4096\n' } },
  'control-character': {
    wrong: { project: 'profile: "corp\\u0007dev"\n' },
    healthy: { project: 'profile: "corp-dev"\n' },
  },
  'not-utf8': {
    wrong: { files: { '.config/bedrockenv/config.yaml': new Uint8Array([0x23, 0xff]) } },
    healthy: { files: config('# 開発\n') },
  },
  'no-environment': {
    wrong: { project: 'use: wrok\n', files: config('environments: {work: {profile: corp-dev}}\n') },
    healthy: { project: 'use: work\n', files: config('environments: {work: {profile: corp-dev}}\n') },
  },
  'state-folder': {
    wrong: { project: profile, prepare: (box) => chmodSync(box.state, 0o777) },
    healthy: { project: profile, prepare: (box) => chmodSync(box.state, 0o755) },
  },
  io: {
    wrong: { files: { '.config/bedrockenv/config.yaml/inside': '' }, project: profile },
    healthy: { files: config('# nothing\n'), project: profile },
  },
  'profile-unused': {
    wrong: { files: config('default: {api_key: {env: KEY}, profile: corp-dev}\n'), env: { KEY: 'S3CRET' } },
    healthy: { files: config('default: {api_key: {env: KEY}, region: eu-west-1}\n'), env: { KEY: 'S3CRET' } },
  },
};

function keys(): string {
  return '[profile keys]\naws_access_key_id = AKIA\naws_secret_access_key = S3CRET\nregion = us-east-1\n';
}
