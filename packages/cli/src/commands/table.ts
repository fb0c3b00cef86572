import type { Command } from '../command.ts';

/** A command's line in the overview, and where the rest of it is loaded from when it is used. */
export interface Entry {
  name: string;
  summary: string;
  load: () => Promise<Command>;
  /** Left out of the overview: other parts of bedrockenv run it. */
  internal?: boolean;
}

/** Every command, in the order of the overview. */
export const table: readonly Entry[] = [
  {
    name: 'setup',
    summary: 'the hook in your shells, your defaults, Claude Code',
    load: async () => (await import('./setup.ts')).setup,
  },
  {
    name: 'status',
    summary: 'what applies in this directory, and why',
    load: async () => (await import('./status.ts')).status,
  },
  {
    name: 'explain',
    summary: 'where each variable comes from, and who uses it',
    load: async () => (await import('./explain.ts')).explainCommand,
  },
  {
    name: 'use',
    summary: 'choose the profile, model or environment of this directory',
    load: async () => (await import('./use.ts')).use,
  },
  {
    name: 'allow',
    summary: 'approve a .bedrockrc as it is now',
    load: async () => (await import('./allow.ts')).allow,
  },
  {
    name: 'deny',
    summary: 'never ask about a .bedrockrc again',
    load: async () => (await import('./deny.ts')).deny,
  },
  {
    name: 'revoke',
    summary: 'forget what was said about a .bedrockrc',
    load: async () => (await import('./revoke.ts')).revoke,
  },
  {
    name: 'edit',
    summary: 'edit the .bedrockrc and approve the edit',
    load: async () => (await import('./edit.ts')).edit,
  },
  {
    name: 'prune',
    summary: 'forget files that no longer exist',
    load: async () => (await import('./prune.ts')).prune,
  },
  {
    name: 'profiles',
    summary: 'AWS profiles as the AWS CLI sees them',
    load: async () => (await import('./profiles.ts')).profiles,
  },
  {
    name: 'sessions',
    summary: 'sign-in sessions and the time they have left',
    load: async () => (await import('./sessions.ts')).sessions,
  },
  {
    name: 'models',
    summary: 'Claude models that a region can use, and why not the rest',
    load: async () => (await import('./models.ts')).models,
  },
  {
    name: 'login',
    summary: 'sign in, unless the session is still good',
    load: async () => (await import('./login.ts')).login,
  },
  {
    name: 'credentials',
    summary: "print a profile's temporary credentials",
    load: async () => (await import('./credentials.ts')).credentials,
  },
  {
    name: 'doctor',
    summary: 'what is wrong, with evidence and a fix',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'claude-settings',
    summary: "put what applies here into Claude Code's settings files",
    load: async () => (await import('./claude-settings.ts')).claudeSettings,
  },
  {
    name: 'export',
    summary: "print this directory's variables",
    load: async () => (await import('./export.ts')).exportCommand,
  },
  {
    name: 'exec',
    summary: "run a program with this directory's variables",
    load: async () => (await import('./exec.ts')).exec,
  },
  {
    name: 'iam-policy',
    summary: 'the IAM policy that Claude Code needs',
    load: async () => (await import('./iam-policy.ts')).iamPolicy,
  },
  {
    name: 'hook',
    summary: 'print the hook for a shell',
    load: async () => (await import('./hook.ts')).hook,
  },
  {
    name: 'uninstall',
    summary: 'take back everything that setup and the other commands made',
    load: async () => (await import('./uninstall.ts')).uninstall,
  },
  {
    name: 'completions',
    summary: 'print the completions for a shell',
    load: async () => (await import('./completions.ts')).completions,
  },
  {
    name: 'schema',
    summary: 'print the JSON Schema of a file',
    load: async () => (await import('./schema.ts')).schema,
  },
  {
    name: 'demo',
    summary: 'see it at work in a sandbox',
    load: async () => (await import('./demo.ts')).demo,
  },
  {
    name: 'compile',
    summary: 'write the plan that the hooks read',
    load: async () => (await import('./compile.ts')).compile,
    internal: true,
  },
  {
    name: 'candidates',
    summary: 'print names for completions',
    load: async () => (await import('./candidates.ts')).candidates,
    internal: true,
  },
  {
    name: 'api-key',
    summary: 'print the API key that a command prints',
    load: async () => (await import('./api-key.ts')).apiKey,
    internal: true,
  },
];
