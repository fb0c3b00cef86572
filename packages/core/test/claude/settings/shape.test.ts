import { describe, expect, it } from 'vitest';
import { checkSettings, readSettingsText } from '../../../src/claude/index.ts';

/** What is said of a file; null: the client uses it. */
function said(value: object): string | null {
  try {
    checkSettings(readSettingsText(JSON.stringify(value, null, 2), '/s.json'), '/s.json');
    return null;
  } catch (error) {
    const { code, where, message } = error as { code: string; where: string; message: string };
    expect(code).toBe('settings-ignored');
    return `${where}: ${message}`;
  }
}

describe('a settings file with a value that its key does not take', () => {
  it('is named with the place, the key and what it takes', () => {
    expect(said({ env: { A: '1' }, permissions: { allow: 'Bash' } })).toBe(
      '/s.json:6:5: Claude Code ignores this whole file: permissions.allow must be a list',
    );
    expect(said({ hooks: { PreToolUse: [{ hooks: [{ type: 'command' }] }] } })).toBe(
      '/s.json:3:5: Claude Code ignores this whole file: hooks.PreToolUse.0.hooks.0 must be an object with command',
    );
    expect(said({ modelOverrides: { '\u001b[2J': 5 } })).toContain('modelOverrides.\\x1b[2J must be a text');
  });

  const wrong: object[] = [
    { model: 5 },
    { model: null },
    { awsAuthRefresh: ['aws', 'sso', 'login'] },
    { env: ['A=1'] },
    { env: 'A=1' },
    { includeCoAuthoredBy: 'false' },
    { alwaysThinkingEnabled: null },
    { disableAllHooks: 'true' },
    { cleanupPeriodDays: 0 },
    { cleanupPeriodDays: '30' },
    { availableModels: 'sonnet' },
    { availableModels: [5] },
    { enabledPlugins: ['a@b'] },
    { enabledMcpjsonServers: true },
    { permissions: { additionalDirectories: '..' } },
    { sandbox: true },
    { statusLine: 'date' },
    { statusLine: { command: 'date' } },
    { hooks: { PreToolUse: {} } },
    { hooks: { PreToolUse: [{ matcher: null, hooks: [] }] } },
    { hooks: { PreToolUse: [{ hooks: [{ command: 'x' }] }] } },
    { enabledPlugins: { 'a@b': null } },
    { permissions: { defaultMode: null } },
    { fileSuggestion: { command: 'x' } },
    { hooks: { PreToolUse: [{ matcher: { tools: ['Bash'] }, hooks: [] }] } },
  ];
  it.each(wrong)('%j', (value) => {
    expect(said(value)).toContain('Claude Code ignores this whole file');
  });

  const right: object[] = [
    {},
    { env: { A: 1, B: null, C: ['x'] }, model: '', awsAuthRefresh: '' },
    { disableAllHooks: null, enforceAvailableModels: null },
    { enabledMcpjsonServers: 'x', forceLoginOrgUUID: ['a'] },
    { hooks: 5, effortLevel: 5, mcpServers: 5, nobodyKnows: [null], forceLoginMethod: 5 },
    { hooks: { PreToolUse: null, Stop: 'x', Nope: [{ x: 1 }] } },
    { hooks: { PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: 'x', timeout: 5 }] }] } },
    { hooks: { PreToolUse: [{ hooks: [{ type: 'prompt', prompt: 'x' }] }], PostToolUse: [{ hooks: 'x' }] } },
    { availableModels: [], worktree: { x: 5 }, fileSuggestion: { type: 'command', command: 'x' } },
    { permissions: { allow: ['Bash('], deny: [], defaultMode: 'plan', nobodyKnows: 5 } },
    { statusLine: { type: 'command', command: 'date', padding: 0 }, cleanupPeriodDays: 99999 },
    { enabledPlugins: { 'a@b': true, 'c@d': ['1.0'] }, modelOverrides: { 'claude-opus-5': 'arn:x' } },
  ];
  it.each(right)('not %j', (value) => {
    expect(said(value)).toBeNull();
  });
});
