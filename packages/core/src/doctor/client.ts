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
