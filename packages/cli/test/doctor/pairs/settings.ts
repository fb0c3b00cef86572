import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import type { Sandbox } from '../../cli.ts';
import { type Machine, type Pairs, settings } from '../machine.ts';

const local = 'p/.claude/settings.local.json';
const project = 'profile: corp-dev\n';

function inGit(...files: string[]): Machine['prepare'] {
  return (box: Sandbox) => {
    const git = (...words: string[]) => execFileSync('git', ['-C', box.path('p'), ...words], { stdio: 'ignore' });
    git('init');
    if (files.length > 0) git('add', '-f', ...files);
  };
}

/** The project is another worktree of the repository `r`. */
function otherWorktree(box: Sandbox): void {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: box.home, stdio: 'ignore' });
  git('init', 'r');
  git('-C', 'r', '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--allow-empty', '-m', 'first');
  git('-C', 'r', 'worktree', 'add', '../tree');
  renameSync(box.path('tree/.git'), box.path('p/.git'));
  git('-C', 'p', 'worktree', 'repair');
}

const scoped = { '.config/bedrockenv/config.yaml': 'default: {scope: claude, profile: corp-dev}\n' };

const export_ = (command: string) => settings({ awsCredentialExport: command });

export const settingsPairs: Pairs = {
  'settings-ignored': {
    wrong: { project, files: { [local]: '{"env": {"S3CRET": "S3CRET"},}' } },
    healthy: { project, files: { [local]: '\uFEFF{"env": {"MINE": "S3CRET"}}\r\n' } },
  },
  'settings-broken': {
    wrong: { project, files: { [`${local}/inside`]: '' } },
    healthy: { project, files: { 'p/.claude/other.json': '' } },
  },
  'not-utf-8': {
    wrong: { project, files: { [local]: new Uint8Array([0x7b, 0xff, 0x7d]) } },
    healthy: { project, files: { [local]: '{"name": "開発"}' } },
  },
  'settings-drift': {
    wrong: {
      project,
      prepare: (box) => {
        box.ok(['claude-settings', '--write'], { cwd: box.path('p') });
        box.write(local, box.text(local).replace('eu-central-1', 'eu-west-1'));
      },
    },
    healthy: { project, prepare: (box) => void box.ok(['claude-settings', '--write'], { cwd: box.path('p') }) },
  },
  'settings-out-of-reach': {
    wrong: { project, files: scoped, cwd: 'p/below' },
    healthy: { project, files: scoped },
  },
  'settings-beaten': {
    wrong: {
      project,
      files: { ...scoped, 'r/.claude/settings.local.json': settings({ env: { AWS_REGION: 'eu-west-1' } }) },
      prepare: otherWorktree,
    },
    healthy: {
      project,
      files: { ...scoped, 'r/.claude/settings.local.json': settings({ env: { MINE: '1' } }) },
      prepare: otherWorktree,
    },
  },
  'settings-not-written': {
    wrong: { files: scoped },
    healthy: {
      files: scoped,
      prepare: (box) => void box.ok(['claude-settings', '--scope', 'user', '--write']),
    },
  },
  'settings-bedrock-off': {
    wrong: { project, files: { [local]: settings({ env: { CLAUDE_CODE_USE_BEDROCK: '' } }) } },
    healthy: { project, files: { [local]: settings({ env: { CLAUDE_CODE_USE_BEDROCK: 'true' } }) } },
  },
  'settings-beat-shell': {
    wrong: { project, files: { '.claude/settings.json': settings({ env: { AWS_REGION: 'eu-west-1' } }) } },
    healthy: { project, files: { '.claude/settings.json': settings({ env: { AWS_REGION: 'eu-central-1' } }) } },
  },
  'settings-aws-files': {
    wrong: { files: { '.claude/settings.json': settings({ env: { AWS_CONFIG_FILE: '/elsewhere' } }) } },
    healthy: { files: { '.claude/settings.json': settings({ env: { AWS_CONFIG_FILE: '' } }) } },
  },
  'settings-everywhere': {
    wrong: { project, files: { '.claude/settings.json': settings({ env: { CLAUDE_CODE_USE_BEDROCK: '1' } }) } },
    healthy: { project, files: { [local]: settings({ env: { CLAUDE_CODE_USE_BEDROCK: '1' } }) } },
  },
  'settings-tracked': {
    wrong: { project, files: { [local]: '{}' }, prepare: inGit('.claude/settings.local.json') },
    healthy: {
      project,
      files: { [local]: '{}', 'p/.claude/settings.json': '{}' },
      prepare: inGit('.claude/settings.json'),
    },
  },
  'settings-secret': {
    wrong: { project, files: { 'p/.claude/settings.json': settings({ env: { AWS_SECRET_ACCESS_KEY: 'S3CRET' } }) } },
    healthy: { project, files: { 'p/.claude/settings.json': settings({ env: { AWS_SECRET_ACCESS_KEY: '' } }) } },
  },
  'auth-refresh-with-token': {
    wrong: {
      env: { AWS_PROFILE: undefined, AWS_BEARER_TOKEN_BEDROCK: 'S3CRET' },
      files: { '.claude/settings.json': settings({ awsAuthRefresh: 'aws sso login' }) },
    },
    healthy: {
      env: { AWS_BEARER_TOKEN_BEDROCK: 'S3CRET' },
      files: { '.claude/settings.json': settings({ awsAuthRefresh: 'aws sso login' }) },
    },
  },
  'credential-export-first': {
    wrong: { files: { '.claude/settings.json': export_('/bin/cat /dev/null') } },
    healthy: { files: { '.claude/settings.json': export_('aws configure export-credentials --profile corp-dev') } },
  },
  'credential-export-form': {
    wrong: {
      files: { '.claude/settings.json': export_('aws configure export-credentials --profile corp-dev') },
      claude: '2.1.180',
    },
    healthy: {
      files: { '.claude/settings.json': export_('aws configure export-credentials --profile corp-dev') },
      claude: '2.1.181',
    },
  },
  'credential-export-token': {
    wrong: {
      files: { '.claude/settings.json': export_('aws configure export-credentials --profile keys') },
      aws: keys(),
    },
    healthy: {
      files: { '.claude/settings.json': export_('aws configure export-credentials --profile keys') },
      aws: `${keys()}aws_session_token = S3CRET\n`,
    },
  },
  'settings-command-missing': {
    wrong: { files: { '.claude/settings.json': settings({ awsAuthRefresh: "'/opt/no where/bedrockenv' login" }) } },
    healthy: { files: { '.claude/settings.json': settings({ awsAuthRefresh: 'AWS_PAGER= aws sso login' }) } },
  },
};

function keys(): string {
  return '[profile keys]\naws_access_key_id = AKIA\naws_secret_access_key = S3CRET\nregion = us-east-1\n';
}
