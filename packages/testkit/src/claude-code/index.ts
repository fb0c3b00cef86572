import { existsSync } from 'node:fs';
import { type ClientVersion, claudeCodeVersion, clientPackage } from './clients.ts';
import { clientProgram } from './install.ts';

export { type ClientVersion, claudeCodeVersion, clientPackage, clientVersions } from './clients.ts';
export { clientProgram, clientsFolder, installClient } from './install.ts';

/**
 * The words that run a version of the real Claude Code; null where it is not installed (`npm test` installs it:
 * scripts/claude-code.ts).
 */
export function claudeCode(version: ClientVersion = claudeCodeVersion): [string, ...string[]] | null {
  const client = clientPackage(version);
  if (client === null) return null;
  const program = clientProgram(client);
  if (!existsSync(program)) return null;
  return client.onNode ? [process.execPath, program] : [program];
}

/** What keeps the client on this machine: requests for Amazon Bedrock and AWS go to the fakes, all others nowhere. */
export function loopbackOnly({ bedrockUrl, awsUrl }: { bedrockUrl: string; awsUrl: string }): Record<string, string> {
  return {
    ANTHROPIC_BEDROCK_BASE_URL: bedrockUrl,
    AWS_ENDPOINT_URL_STS: awsUrl,
    AWS_ENDPOINT_URL_SSO: awsUrl,
    AWS_ENDPOINT_URL_SSO_OIDC: awsUrl,
    AWS_EC2_METADATA_DISABLED: 'true',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_AUTOUPDATER: '1',
  };
}
