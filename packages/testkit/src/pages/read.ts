/** What a page has the reader do, in the order in which it stands there. */
export type Step = FileStep | CommandStep;

/** A file that the reader writes. */
export interface FileStep {
  kind: 'file';
  line: number;
  /** As it stands on the page: `~/atlas/.bedrockrc`. */
  path: string;
  text: string;
}

/** A command that the reader types. */
export interface CommandStep {
  kind: 'command';
  /** Of the page, from 1. */
  line: number;
  text: string;
  /** What the page says that it ends with. */
  status: number;
  /** The lines that the page shows below it; null: it shows none, and any are right. */
  shown: string[] | null;
}

/**
 * Takes the commands and files of a page of documentation from its code blocks:
 *
 * - a block of `sh` holds one command on each line, or on several where a line ends in a backslash;
 * - in a block of `console` a command begins with `$ `, and the lines below it, if there are any, are what it prints;
 *   `…` stands for any text, on a line of its own for any lines;
 * - `# exit code N` at the end of a command says what it ends with, unless that is 0;
 * - a block of another language is a file where the line before it is `<!-- file: PATH -->`, and else shows something.
 * @throws for a block of console that begins with no command
 */
export function readSteps(page: string): Step[] {
  const steps: Step[] = [];
  const lines = page.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const language = /^```(\w+)$/.exec(lines[at] ?? '')?.[1];
    if (language === undefined) continue;
    const path = /^<!-- file: (.+) -->$/.exec(lines[at - 1] ?? '')?.[1];
    const begin = at + 1;
    at = lines.indexOf('```', begin);
    if (at < 0) throw new Error(`line ${begin}: the block has no end`);
    const block = lines.slice(begin, at);
    if (path !== undefined) steps.push({ kind: 'file', line: begin, path, text: `${block.join('\n')}\n` });
    else if (language === 'sh') steps.push(...commandsOf(block, begin));
    else if (language === 'console') steps.push(...dialogueOf(block, begin));
  }
  return steps;
}

function commandsOf(block: readonly string[], begin: number): CommandStep[] {
  const found: CommandStep[] = [];
  let isOpen = false;
  block.forEach((text, index) => {
    const last = found.at(-1);
    if (isOpen && last) last.text = last.text.replace(/\\$/, '') + text.trimStart();
    else if (text.trim() !== '') found.push({ kind: 'command', line: begin + index + 1, text, status: 0, shown: null });
    isOpen = text.endsWith('\\');
  });
  return found.map(withStatus);
}

function dialogueOf(block: readonly string[], begin: number): CommandStep[] {
  const found: CommandStep[] = [];
  block.forEach((text, index) => {
    const line = begin + index + 1;
    const last = found.at(-1);
    if (text.startsWith('$ ')) found.push({ kind: 'command', line, text: text.slice(2), status: 0, shown: null });
    else if (last) last.shown = [...(last.shown ?? []), text];
    else throw new Error(`line ${line}: the block begins with no command`);
  });
  return found.map(withStatus);
}

function withStatus(step: CommandStep): CommandStep {
  const said = /\s+# exit code (\d+)$/.exec(step.text);
  return said ? { ...step, text: step.text.slice(0, said.index), status: Number(said[1]) } : step;
}

/** Commands of bedrockenv, the AWS CLI and Claude Code in a page's text, outside of its code blocks. */
export function namedCommands(page: string): string[] {
  const text = page.replace(/^```[\s\S]*?^```$/gm, '');
  return [...text.matchAll(/`((?:bedrockenv|aws|claude) [^`]+)`/g)].map(([, command = '']) => command);
}

/** Whether lines that were printed are those that a page shows. */
export function isShown(printed: readonly string[], shown: readonly string[]): boolean {
  const [first, ...rest] = shown;
  if (first === undefined) return printed.length === 0;
  if (first === '…') return printed.some((_, skip) => isShown(printed.slice(skip), rest)) || rest.length === 0;
  const pattern = first.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`).test(printed[0] ?? '\n') && isShown(printed.slice(1), rest);
}
