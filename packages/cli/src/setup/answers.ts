import type { ShellName } from '../shells.ts';

/** The keys of `default:` that setup asks for. */
const settingKeys = ['profile', 'region', 'model', 'scope', 'login'] as const;

export type SettingKey = (typeof settingKeys)[number];

export const scopes = ['shell', 'claude'] as const;
export const loginPolicies = ['auto', 'ask', 'notify', 'off'] as const;

/** What was chosen, by flags or in the wizard. */
export interface Answers {
  shells: readonly ShellName[];
  /** Whether rc files may be written; else their lines are printed. */
  writesRc: boolean;
  /** Only what is to be written; what is not in here stays as it is. */
  settings: Readonly<Partial<Record<SettingKey, string>>>;
  /** Whether Claude Code's user settings are written too. */
  claude: boolean;
}
