import type { Env } from '../env.ts';
import { keySources } from '../explain/sources.ts';
import type { Entry } from './entry.ts';
import { given, isBefore, type Program, regionOfClient, usesBedrock } from './facts.ts';

/** The programs themselves. */
export const clientEntries: readonly Entry[] = [
  {
    code: 'claude-missing',
    severity: 'info',
    meaning: 'there is no `claude` on PATH (that of an editor is its own)',
    find: ({ claude }) =>
      claude === null
        ? [{ message: 'there is no claude on PATH', fix: 'npm install -g @anthropic-ai/claude-code' }]
        : [],
  },
  {
    code: 'claude-old',
    severity: 'warning',
    meaning: 'Claude Code before 2.1.172 does not read the region of `~/.aws/config`, and has older models as defaults',
    find: (facts) => {
      if (!isBefore(facts.claude, [2, 1, 172])) return [];
      const isLost = usesBedrock(facts) && !given(facts, 'AWS_REGION') && regionOfClient(facts) !== 'us-east-1';
      const message = `claude is ${shown(facts.claude)}, which ${isLost ? 'sends requests to us-east-1: it' : ''} does not read the region of ~/.aws/config`;
      const fix = isLost ? `set AWS_REGION to ${regionOfClient(facts)}, or: claude update` : 'claude update';
      return [
        {
          message: message.replace('  ', ' '),
          fix,
          where: facts.claude?.path ?? null,
          severity: isLost ? 'warning' : 'info',
        },
      ];
    },
  },
  {
    code: 'editor-apart',
    severity: 'info',
    meaning:
      "in an editor's terminal: what the editor itself starts gets nothing from a shell, and no settings tell Claude Code there; see [editors](editors.md)",
    find: ({ env, resolution, clientFiles }) => {
      const editor = editorOf(env);
      if (editor === null || !resolution || resolution.clientVariables.length === 0) return [];
      if (keySources(clientFiles, ['env', 'CLAUDE_CODE_USE_BEDROCK']).length > 0) return [];
      const message = `what ${editor} starts outside of its terminals gets nothing that a shell sets, and no settings file says it`;
      return [{ message, fix: 'bedrockenv claude-settings --write' }];
    },
  },
  {
    code: 'node-old',
    severity: 'warning',
    meaning: 'the `node` on PATH is too old to run `bedrockenv`',
    find: ({ node, leastNode }) => {
      if (!isBefore(node, [leastNode, 0, 0])) return [];
      const message = `the node on PATH is ${shown(node)}; bedrockenv needs ${leastNode} or newer`;
      return [
        { message, fix: `install Node ${leastNode} or newer, or put it first on PATH`, where: node?.path ?? null },
      ];
    },
  },
];

function shown(program: Program | null): string {
  return program?.version?.join('.') ?? 'of an unknown version';
}

/** The editor whose terminal this is, as it names itself in the environment; null in any other terminal. */
function editorOf({ TERM_PROGRAM, TERMINAL_EMULATOR, ZED_TERM }: Env): string | null {
  if (TERM_PROGRAM === 'vscode') return 'VS Code';
  if (TERMINAL_EMULATOR === 'JetBrains-JediTerm') return 'the JetBrains IDE';
  return ZED_TERM === 'true' || TERM_PROGRAM === 'zed' ? 'Zed' : null;
}
