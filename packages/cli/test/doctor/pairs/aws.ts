import type { Pairs } from '../machine.ts';

const role = 'role_arn = arn:aws:iam::123456789012:role/R\n';

/** The AWS files. The profile that is used is corp-dev, whose own findings are errors. */
export const awsPairs: Pairs = {
  'aws-config': {
    wrong: { aws: '[profile a]\naws_secret_access_key = S3CRET\nS3CRET\n' },
    healthy: { aws: '[profile a]\naws_secret_access_key = S3CRET\n' },
  },
  'aws-file-unread': {
    wrong: { env: { AWS_CONFIG_FILE: '/' } },
    healthy: { env: { AWS_CONFIG_FILE: '/nowhere' } },
  },
  'profile-cli-only': {
    wrong: { aws: '[profile "my dev"]\nregion = eu-west-1\n' },
    healthy: { aws: '[profile my-dev]\nregion = eu-west-1\n' },
  },
  'profile-sdk-only': {
    wrong: { aws: '[profile.x]\nregion = eu-west-1\n' },
    healthy: { aws: '[profile x]\nregion = eu-west-1\n' },
  },
  'section-ignored': {
    wrong: { aws: '[dev]\nregion = eu-west-1\n' },
    healthy: { aws: '[profile dev]\nregion = eu-west-1\n' },
  },
  'source-cli-only': {
    wrong: {
      aws: `[profile a]\n${role}source_profile = my base\n[profile "my base"]\ncredential_process = p\n`,
    },
    healthy: { aws: `[profile a]\n${role}source_profile = base\n[profile base]\ncredential_process = p\n` },
  },
  'session-cli-only': {
    wrong: {
      aws: '[sso-session "my corp"]\nsso_start_url = https://x\nsso_region = eu-west-1\n[profile a]\nsso_session = my corp\nsso_account_id = 123456789012\nsso_role_name = R\n',
    },
    healthy: {
      aws: '[sso-session my-corp]\nsso_start_url = https://x\nsso_region = eu-west-1\n[profile a]\nsso_session = my-corp\nsso_account_id = 123456789012\nsso_role_name = R\n',
    },
  },
  'credentials-differ': {
    wrong: {
      aws: '[profile a]\naws_access_key_id = AKIA\naws_secret_access_key = S3CRET\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = R\n',
    },
    healthy: { aws: '[profile a]\naws_access_key_id = AKIA\naws_secret_access_key = S3CRET\n' },
  },
  'profile-keys-incomplete': {
    wrong: { aws: '[profile a]\naws_access_key_id = AKIA\n' },
    healthy: { aws: '[profile a]\naws_access_key_id = AKIA\naws_secret_access_key = S3CRET\n' },
  },
  'no-credentials': {
    wrong: { aws: '[profile a]\nregion = eu-west-1\nsso_session = corp\n', project: 'profile: a\n' },
    healthy: { aws: '[profile a]\nregion = eu-west-1\nsso_session = corp\n' },
  },
  'value-comment': {
    wrong: { aws: '[profile a]\nregion = eu-west-1 # home\n' },
    healthy: { aws: '[profile a]\n# home\nregion = eu-west-1\n' },
  },
  'value-differs': {
    wrong: { aws: '[profile a]\nregion = eu-west-1\n [x]\n' },
    healthy: { aws: '[profile a]\nregion = eu-west-1\n' },
  },
  'key-cli-only': {
    wrong: { aws: '[profile a]\nregion: eu-west-1\noutput = json\n' },
    healthy: { aws: '[profile a]\nregion = eu-west-1\noutput = json\n' },
  },
  'key-sdk-only': {
    wrong: { aws: '[profile a]\noutput = json\n region = eu-west-1\n' },
    healthy: { aws: '[profile a]\noutput = json\nregion = eu-west-1\n' },
  },
  'role-without-source': {
    wrong: { aws: `[profile a]\n${role}` },
    healthy: { aws: `[profile a]\n${role}source_profile = corp-dev\n` },
  },
  'aws-profile-unknown': {
    wrong: { project: 'profile: corp-dve\n' },
    healthy: { project: 'profile: corp-dev\n' },
  },
  'profile-unmatched': {
    wrong: { project: 'profile: {account: "999999999999", role: Developer}\n' },
    healthy: { project: 'profile: {account: "123456789012", role: Developer}\n' },
  },
  'profile-ambiguous': {
    wrong: {
      project: 'profile: {account: "123456789012", role: Developer}\n',
      aws: '[profile again]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Developer\n',
    },
    healthy: {
      project: 'profile: {account: "123456789012", role: Developer}\n',
      aws: '[profile again]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Reader\n',
    },
  },
  'aws-source-missing': {
    wrong: { aws: `[profile a]\n${role}source_profile = nobody\n` },
    healthy: { aws: `[profile a]\n${role}source_profile = corp-dev\n` },
  },
  'aws-source-empty': {
    wrong: { aws: `[profile a]\n${role}source_profile = vault\n[profile vault]\nregion = eu-west-1\n` },
    healthy: { aws: `[profile a]\n${role}source_profile = vault\n[profile vault]\ncredential_process = p\n` },
  },
  'credential-source-unknown': {
    wrong: { aws: `[profile a]\n${role}credential_source = EC2InstanceMetadata\n` },
    healthy: { aws: `[profile a]\n${role}credential_source = Ec2InstanceMetadata\n` },
  },
  'credential-source-empty': {
    wrong: { env: { AWS_PROFILE: 'a' }, aws: `[profile a]\n${role}credential_source = Environment\n` },
    healthy: {
      env: { AWS_PROFILE: 'a', AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'S3CRET' },
      aws: `[profile a]\n${role}credential_source = Environment\n`,
    },
  },
  'web-identity-missing': {
    wrong: { env: { AWS_PROFILE: 'a' }, aws: `[profile a]\n${role}web_identity_token_file = ~/.token\n` },
    healthy: { env: { AWS_PROFILE: 'a' }, aws: `[profile a]\n${role}web_identity_token_file = /etc/hosts\n` },
  },
  'aws-source-cycle': {
    wrong: { aws: `[profile a]\n${role}source_profile = b\n[profile b]\n${role}source_profile = a\n` },
    healthy: { aws: `[profile a]\n${role}source_profile = b\n[profile b]\n${role}source_profile = corp-dev\n` },
  },
  'aws-source-both': {
    wrong: { aws: `[profile a]\n${role}source_profile = corp-dev\ncredential_source = Environment\n` },
    healthy: { aws: `[profile a]\n${role}credential_source = Environment\n` },
  },
  'aws-sso-session-missing': {
    wrong: { aws: '[profile a]\nsso_session = nobody\nsso_account_id = 123456789012\nsso_role_name = R\n' },
    healthy: { aws: '[profile a]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = R\n' },
  },
  'aws-sso-incomplete': {
    wrong: { aws: '[profile a]\nsso_session = corp\nsso_account_id = 123456789012\n' },
    healthy: { aws: '[profile a]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = R\n' },
  },
  'sso-conflict': {
    wrong: {
      aws: '[profile a]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = R\nsso_region = us-east-1\n',
    },
    healthy: {
      aws: '[profile a]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = R\nsso_region = eu-central-1\n',
    },
  },
  'mfa-serial': {
    wrong: {
      env: { AWS_PROFILE: 'a' },
      aws: `[profile a]\n${role}source_profile = corp-dev\nregion = eu-west-1\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n`,
    },
    // Without a role nobody asks for a code.
    healthy: {
      env: { AWS_PROFILE: 'a' },
      aws: '[profile a]\naws_access_key_id = AKIA\naws_secret_access_key = S3CRET\nregion = eu-west-1\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n',
    },
  },
  'region-not-inherited': {
    wrong: { env: { AWS_PROFILE: 'a' }, aws: `[profile a]\n${role}source_profile = corp-dev\n` },
    healthy: {
      env: { AWS_PROFILE: 'a', AWS_REGION: 'eu-west-1' },
      aws: `[profile a]\n${role}source_profile = corp-dev\n`,
    },
  },
  'process-missing': {
    // Behind a role, and beside SSO, before which Claude Code takes it.
    wrong: {
      env: { AWS_PROFILE: 'b' },
      aws: `[profile a]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = R\ncredential_process = "/opt/no where/get" --json\n[profile b]\n${role}source_profile = a\n`,
    },
    healthy: { env: { AWS_PROFILE: 'a' }, aws: '[profile a]\ncredential_process = /bin/sh -c "echo {}"\n' },
  },
};
