import xterm from '@xterm/headless';

/** The lines of a terminal's buffer, from `first`, with wrapped rows joined and blank ends cut. */
export function linesOf(terminal: xterm.Terminal, first = 0): string[] {
  const { active } = terminal.buffer;
  const lines: string[] = [];
  for (let row = first; row < active.length; row += 1) {
    const line = active.getLine(row);
    if (!line) continue;
    const next = active.getLine(row + 1);
    const text = line.translateToString(!next?.isWrapped);
    if (line.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
    else lines.push(text);
  }
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

/** A terminal without a screen. */
export function newTerminal(cols: number, rows: number, scrollback: number): xterm.Terminal {
  return new xterm.Terminal({ cols, rows, scrollback, allowProposedApi: true });
}

/** What a terminal shows after `text`: escape sequences obeyed, lines that the terminal wrapped joined. */
export async function render(text: string, cols: number): Promise<string> {
  const terminal = newTerminal(cols, 50, 20_000);
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  const lines = linesOf(terminal);
  terminal.dispose();
  return lines.join('\n');
}
