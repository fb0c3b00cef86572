import { table } from './commands/table.ts';
import { stdout } from './output/streams.ts';
import { plainInput } from './plain.ts';

/** Runs the command line of this process. Only what every command needs is loaded before its command is. */
export async function main(): Promise<void> {
  try {
    process.exitCode = await run(process.argv.slice(2));
  } catch (error) {
    const { reportFailure } = await import('./output/messages.ts');
    process.exitCode = reportFailure(error, process.env);
    if (isTyped(process.argv.slice(2))) (await import('./output/error-page.ts')).tellErrorPage(error);
  }
}

/** Whether a person runs it. What a hook runs says one line. */
function isTyped([name, ...words]: string[]): boolean {
  return !words.includes('--hook') && table.some((entry) => entry.name === name && !entry.internal);
}

/** @returns the exit code */
async function run([name, ...words]: string[]): Promise<number> {
  if (name === '-h' || name === '--help') {
    stdout(overview());
    return 0;
  }
  if (name === '--version' || name === '-V') {
    stdout(`${process.env.BEDROCKENV_VERSION}\n`);
    return 0;
  }
  if (name === undefined) {
    const [{ here }, { processContext }] = await Promise.all([import('./here.ts'), import('./context.ts')]);
    return here(await processContext(process.env));
  }
  const entry = table.find((candidate) => candidate.name === name);
  if (entry === undefined) {
    const { wrongCommand } = await import('./usage.ts');
    throw wrongCommand(
      name,
      table.filter(({ internal }) => !internal).map((candidate) => candidate.name),
    );
  }
  const command = await entry.load();
  let input = plainInput(command, words);
  if (input === null) {
    const parsed = (await import('./arguments.ts')).parse(command, words);
    if ('help' in parsed) {
      stdout(parsed.help);
      return 0;
    }
    input = parsed.input;
  }
  if (command.isLight) return command.run(input);
  const { processContext } = await import('./context.ts');
  return command.run(input, await processContext(process.env));
}

function overview(): string {
  const shown = table.filter(({ internal }) => !internal);
  const width = Math.max(...shown.map(({ name }) => name.length));
  return [
    'Usage: bedrockenv <command> [arguments]',
    '',
    'Makes a shell know which AWS profile, region and Claude model each directory uses.',
    '',
    'Commands:',
    ...shown.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'Options:',
    '  -h, --help     show this help; bedrockenv <command> -h shows a command’s',
    '  -V, --version  print the version',
    '',
    'Examples:',
    '  bedrockenv           # what applies in this directory, and what to do next',
    '  bedrockenv status    # the same with each setting, its source and its variables',
    '',
  ].join('\n');
}
