/** The page of docs/ that a command is explained on, where it is not the one of all commands. */
const pages: Readonly<Record<string, string>> = {
  setup: 'setup',
  uninstall: 'setup',
  use: 'bedrockrc',
  allow: 'bedrockrc',
  deny: 'bedrockrc',
  revoke: 'bedrockrc',
  edit: 'bedrockrc',
  explain: 'editors',
  profiles: 'aws',
  sessions: 'sessions',
  login: 'sessions',
  models: 'models',
  credentials: 'claude-settings',
  'claude-settings': 'claude-settings',
  doctor: 'doctor',
  export: 'ci',
  exec: 'ci',
  'iam-policy': 'iam',
  hook: 'shells',
  completions: 'shells',
  schema: 'editors',
};

/** Where to read on about a command. Errors of a command line name its help, which names this. */
export function pageOf(command: string): string {
  return docsUrl(`${pages[command] ?? 'commands'}.md`);
}

/** Where a page of docs/ is read. @param page with its anchor */
export function docsUrl(page: string): string {
  return `https://github.com/bedrockenv/bedrockenv/blob/main/docs/${page}`;
}
