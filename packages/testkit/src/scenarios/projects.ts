import type { Expected } from '../stage/index.ts';

/** A directory file, what it sets, and the status line that it gives. */
export interface Sample {
  text: string;
  vars: Record<string, Expected>;
  line: RegExp;
}

/** Static keys: no session, so nothing ever signs in. */
export const keys: Sample = {
  text: 'profile: keys\nregion: eu-central-1\nmodel: claude-sonnet-5\n',
  vars: {
    CLAUDE_CODE_USE_BEDROCK: '1',
    AWS_PROFILE: 'keys',
    AWS_REGION: 'eu-central-1',
    ANTHROPIC_MODEL: 'eu.anthropic.claude-sonnet-5',
  },
  line: /^bedrockenv: keys · eu-central-1 · Sonnet 5$/,
};

/** An SSO profile of the session `corp`, which is fresh on every stage. */
export const prod: Sample = {
  text: 'profile: corp-prod\nregion: us-east-1\nmodel: claude-opus-5\n',
  vars: {
    CLAUDE_CODE_USE_BEDROCK: '1',
    AWS_PROFILE: 'corp-prod',
    AWS_REGION: 'us-east-1',
    ANTHROPIC_MODEL: 'us.anthropic.claude-opus-5',
  },
  line: /^bedrockenv: corp-prod · us-east-1 · Opus 5 · session (7h 59m|8h 0m)$/,
};

/** Nothing managed is set; for `expectOnly`. */
export const nothing: Record<string, Expected> = {};

/** The variables of a sample, all gone. */
export const gone: Record<string, Expected> = {
  CLAUDE_CODE_USE_BEDROCK: null,
  AWS_PROFILE: null,
  AWS_REGION: null,
  ANTHROPIC_MODEL: null,
  ANTHROPIC_DEFAULT_SONNET_MODEL: null,
  BEDROCKENV_STATE: null,
};

/** The line about a file that is not approved, for a shell whose $PWD is the file's directory. */
export const notApproved = (dir: string): string =>
  `bedrockenv: ${dir}/.bedrockrc is not approved; to use it: bedrockenv allow`;
