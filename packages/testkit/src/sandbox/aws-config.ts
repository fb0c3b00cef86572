/** The sample `~/.aws/config`: two profiles of one SSO session, a legacy SSO profile, static keys, a role. */
export const sampleAwsConfig = `[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1
sso_registration_scopes = sso:account:access

[profile corp-dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = BedrockDeveloper
region = eu-central-1

[profile corp-prod]
sso_session = corp
sso_account_id = 444455556666
sso_role_name = BedrockOperator
region = us-east-1

[profile legacy]
sso_start_url = https://legacy.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 111122223333
sso_role_name = ReadOnly
region = eu-west-1

[profile keys]
region = eu-west-1

[profile corp-role]
role_arn = arn:aws:iam::444455556666:role/Deploy
source_profile = corp-dev
region = us-west-2
`;

/** The sample `~/.aws/credentials`. */
export const sampleAwsCredentials = `[keys]
aws_access_key_id = AKIAFAKEFAKEFAKEFAKE
aws_secret_access_key = fakefakefakefakefakefakefakefakefakefake
`;

/** Keys of the cache in `~/.aws/sso/cache`: a session's name, or a legacy profile's start URL. */
export const sampleSessions = { corp: 'corp', legacy: 'https://legacy.awsapps.com/start' } as const;
