import { symlinkSync, unlinkSync } from 'node:fs';
import type { Sandbox } from '../../cli.ts';
import { type Pairs, pinned } from '../machine.ts';

const SHELL = '/bin/bash';
const profile = 'profile: corp-dev\n';
const line = 'eval "$(bedrockenv hook bash)"\n';
const inFile = { '.bashrc': 'source "$HOME/hook dir/bedrockenv.bash"\n' };

/** The hook in a file, as README says, with what stands in it changed. */
function hookFile(change: (text: string) => string = (text) => text) {
  return (box: Sandbox) => void box.write('hook dir/bedrockenv.bash', change(box.ok(['hook', 'bash'])));
}

export const clientPairs: Pairs = {
  'claude-missing': { wrong: { claude: null }, healthy: {} },
  'editor-apart': {
    wrong: { project: 'profile: corp-dev\n', env: { TERM_PROGRAM: 'vscode' } },
    healthy: {
      project: 'profile: corp-dev\n',
      env: { TERM_PROGRAM: 'vscode' },
      prepare: (box) => void box.ok(['claude-settings', '--write'], { cwd: box.path('p') }),
    },
  },
  'claude-old': { wrong: { claude: '2.1.171' }, healthy: { claude: '2.1.172' } },
  'node-old': {
    wrong: {
      prepare: (box) => {
        unlinkSync(box.path('bin/node'));
        box.write('bin/node', '#!/bin/sh\necho v20.20.2\n', 0o755);
      },
    },
    healthy: {
      prepare: (box) => {
        unlinkSync(box.path('bin/node'));
        symlinkSync(process.execPath, box.path('bin/node'));
      },
    },
  },
};

export const hookPairs: Pairs = {
  'hook-missing': {
    wrong: { env: { SHELL }, files: { '.bashrc': `# ${line}[ -r ~/.bedrockenv ]\n` } },
    healthy: { env: { SHELL }, files: { '.bash_profile': '[ -r ~/x/all.sh ] && . ~/x/all.sh\n', 'x/all.sh': line } },
  },
  'hook-not-loaded': {
    wrong: { env: { SHELL }, files: { '.bashrc': line }, project: profile, isTerminal: true },
    healthy: {
      env: { SHELL, BEDROCKENV_STATE: '1\u001f1\u001f/elsewhere' },
      files: { '.bashrc': line },
      project: profile,
      isTerminal: true,
    },
  },
  'hook-overwritten': {
    wrong: {
      env: { SHELL },
      files: { '.bashrc': `${line}PROMPT_COMMAND='history -a'\n` },
      project: profile,
      isTerminal: true,
    },
    healthy: {
      env: { SHELL },
      files: {
        '.bashrc': `PROMPT_COMMAND=a\n${line}PROMPT_COMMAND="history -a; $PROMPT_COMMAND"\nPROMPT_COMMAND+=(b)\nf() {\n  PROMPT_COMMAND=\n}\n`,
      },
    },
  },
  'hook-twice': {
    wrong: { env: { SHELL }, files: { '.bashrc': line, '.bash_profile': `. ~/.bashrc\n${line}` } },
    healthy: { env: { SHELL }, files: { '.bashrc': line, '.bash_profile': '. ~/.bashrc\n' } },
  },
  'hook-gone': {
    wrong: { env: { SHELL }, files: inFile },
    healthy: { env: { SHELL }, files: inFile, prepare: hookFile() },
  },
  'hook-old': {
    wrong: {
      env: { SHELL },
      files: inFile,
      prepare: hookFile((text) => text.replace('# bedrockenv for bash', '# bedrockenv for an older bash')),
    },
    healthy: { env: { SHELL }, files: inFile, prepare: hookFile((text) => `# mine\n${text}# end\n`) },
  },
  'hook-cli-gone': {
    wrong: {
      env: { SHELL },
      files: inFile,
      prepare: hookFile((text) => text.replace(/_bedrockenv_node='?[^' ]+'?/, "_bedrockenv_node='/opt/node 18/node'")),
    },
    healthy: { env: { SHELL }, files: inFile, prepare: hookFile() },
  },
  disabled: { wrong: { env: { BEDROCKENV_DISABLE: '1' } }, healthy: { env: { BEDROCKENV_QUIET: '1' } } },
  'direnv-too': {
    wrong: { env: { SHELL, BEDROCKENV_DIRENV: '/x/' }, files: { '.bashrc': line } },
    healthy: { env: { SHELL }, files: { '.bashrc': line, '.config/direnv/lib/bedrockenv.sh': '# empty\n' } },
  },
  'other-tool': {
    wrong: { env: { AWS_VAULT: 'corp-dev' } },
    healthy: { env: { ...pinned, AWS_VAULT: '' } },
  },
};
