import { isatty } from 'node:tty';
import { type Finding, printable } from '@bedrockenv/core';
import type { Command } from '../command.ts';
import { errorPage } from '../output/error-page.ts';
import { printJson } from '../output/json.ts';
import { stdout } from '../output/streams.ts';

export const doctor: Command = {
  name: 'doctor',
  summary:
    'Look for everything that is wrong here, or not as it looks. It changes nothing, and asks nobody unless told to.',
  args: [],
  flags: [
    { name: 'json', summary: 'for programs' },
    { name: 'live', summary: 'also ask AWS STS and Amazon Bedrock what these credentials may do' },
    { name: 'invoke', summary: 'also send each model the smallest request, which costs next to nothing' },
  ],
  examples: [
    ['bedrockenv doctor', 'errors first, each with its fix'],
    ['bedrockenv doctor --live', 'asks AWS: an expired session, a missing permission or subscription'],
    ['bedrockenv doctor --json | jq -r .findings[].fix', 'what to do'],
  ],
  async run({ flags }, context) {
    const { findings } = await import('../doctor/findings.ts');
    const isInvoking = flags.invoke === true;
    const isLive = isInvoking || flags.live === true;
    const found = await findings(context, { isLive, isInvoking, isTerminal: isatty(0) && isatty(2) });
    if (flags.json) {
      printJson({ findings: found.map(shownToPrograms) });
    } else {
      const { doctorText } = await import('../doctor/text.ts');
      stdout(doctorText(found, context.env, isLive));
    }
    return found.some(({ severity }) => severity === 'error') ? 1 : 0;
  },
};

function shownToPrograms({ code, severity, message, where, fix }: Finding): object {
  const evidence = printable(where === null ? message : `${where}: ${message}`);
  return { code, severity, evidence, fix: printable(fix), docs: `docs/${errorPage(code) ?? 'doctor.md#other'}` };
}
