/** One thing that the demo types, and why. */
export interface Step {
  /** Said before it. */
  title?: string;
  line: string;
  /** How long it may take, in ms: a sign-in starts the AWS CLI twice. */
  timeout?: number;
}

const variables = "env | grep -E '^(AWS_(PROFILE|REGION)|ANTHROPIC_|CLAUDE_CODE_)' | sort";
const slow = 60_000;

/** The user's own variables, from before bedrockenv: they must come back. */
export const ownVariables = { AWS_PROFILE: 'personal', AWS_REGION: 'sa-east-1' };

/** The directory files of the demo's projects, by their path below HOME. */
export const projects: Readonly<Record<string, string>> = {
  'atlas/.bedrockrc': 'profile: corp-dev\nregion: eu-central-1\nmodel: sonnet\n',
  'atlas/batch/.bedrockrc': 'model: haiku\nmax_output_tokens: 8192\n',
  'billing/.bedrockrc': 'profile: legacy\nregion: us-east-1\nmodel: opus\n',
};

/** What a user does on a first day, line by line; plain enough for every shell. */
export const story: readonly Step[] = [
  { title: 'Before: what this user has set by hand.', line: variables },
  { title: 'A project says what it needs in three lines, and is approved once.', line: 'cat atlas/.bedrockrc' },
  { line: 'bedrockenv allow atlas', timeout: slow },
  { title: 'Entering it: the session has expired, so the AWS CLI signs in.', line: 'cd atlas', timeout: slow },
  { line: variables },
  { title: 'Another project: other profile, region and model.', line: 'bedrockenv allow ../billing', timeout: slow },
  { line: 'cd ../billing', timeout: slow },
  { line: variables },
  { title: 'A directory inside the first: it changes two things and inherits the rest.', line: 'cd ../atlas/batch' },
  { line: 'bedrockenv allow', timeout: slow },
  { line: variables },
  { title: 'An edit counts when it is approved.', line: "echo 'model: opus' > .bedrockrc" },
  { line: 'bedrockenv allow', timeout: slow },
  { line: 'printenv ANTHROPIC_MODEL' },
  { title: 'Leaving: everything is as it was.', line: 'cd ~' },
  { line: variables },
];
