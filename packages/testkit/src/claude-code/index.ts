import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Claude Code in the pinned `@anthropic-ai/claude-code`. */
export const claudeCodeVersion = '2.1.330';

/**
 * The path of the real Claude Code, which lies in the package of this platform; null where there is none for it. The
 * package's own `claude` is a stand-in until its install script ran, which this repository does not allow.
 */
export function claudeCode(): string | null {
  const require = createRequire(createRequire(import.meta.url).resolve('@anthropic-ai/claude-code/package.json'));
  try {
    const folder = join(
      require.resolve(`@anthropic-ai/claude-code-${process.platform}-${process.arch}/package.json`),
      '..',
    );
    const program = join(folder, process.platform === 'win32' ? 'claude.exe' : 'claude');
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
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
