import { type Command, word } from '../command.ts';
import { hookText, installation } from '../installation.ts';
import { stdout } from '../output/streams.ts';
import { shellNames } from '../shells.ts';

export const demo: Command = {
  name: 'demo',
  summary:
    'Show bedrockenv at work in a sandbox: a throw-away HOME, sample AWS files, an AWS on loopback, a real shell.',
  args: [],
  flags: [{ name: 'shell', value: 'SHELL', summary: 'the shell to show it in', choices: shellNames }],
  examples: [
    ['bedrockenv demo', 'in zsh, or the first shell that there is'],
    ['bedrockenv demo --shell fish', 'in fish'],
  ],
  async run(input, { env }) {
    const { playDemo } = await import('../demo/demo.ts');
    const colours = process.stdout.isTTY === true && !env.NO_COLOR;
    const paint = (code: number, text: string) => (colours ? `\x1b[${code}m${text}\x1b[0m` : text);
    let first = true;
    await playDemo({ ...installation(), hookText, path: env.PATH ?? '' }, word(input, 'shell'), {
      comment(text) {
        stdout(`${first ? '' : '\n'}${paint(2, `# ${text}`)}\n`);
        first = false;
      },
      typed: (line) => stdout(`${paint(2, '$')} ${paint(1, line)}\n`),
      output: (text) => stdout(text === '' ? '' : `${text}\n`),
    });
    return 0;
  },
};
