import { autocomplete, type CANCEL_SYMBOL, confirm, isCancel, log, multiselect, select } from '@clack/prompts';
import { Interrupted } from '../sign-in/interruption.ts';
import type { Asker, Choice } from './asker.ts';

/** From this many on, one types to find. */
const many = 8;

/** Questions through @clack/prompts, on stderr, because stdout is for answers to programs. */
export function lists(signal: AbortSignal): Asker {
  const output = process.stderr;
  const options = <Value>(choices: readonly Choice<Value>[]) =>
    // Values are looked up by their index: the library wants to know of each whether it is primitive.
    choices.map(({ label, hint }, value) => ({ value, label, ...(hint ? { hint } : {}) }));
  return {
    async one(message, choices, initial) {
      const at = choices.findIndex(({ value }) => value === initial);
      const asked = { message, options: options(choices), output, signal, ...(at < 0 ? {} : { initialValue: at }) };
      const chosen = await (choices.length < many
        ? select(asked)
        : autocomplete({ ...asked, maxItems: 10, filter: isMeant }));
      return (choices[sure(chosen)] as (typeof choices)[number]).value;
    },
    async several(message, choices, initial) {
      const initialValues = choices.flatMap(({ value }, at) => (initial.includes(value) ? [at] : []));
      const asked = { message, options: options(choices), output, signal, initialValues, required: false };
      return sure(await multiselect(asked)).map((at) => (choices[at] as (typeof choices)[number]).value);
    },
    yes: async (message, initialValue) => sure(await confirm({ message, initialValue, output, signal })),
    tell: (text) => log.message(text, { output }),
  };
}

/** What is typed stands in the label, or begins a word of the hint: `op` is no `anthropic`, of which all models are. */
function isMeant(typed: string, { label = '', hint = '' }: { label?: string; hint?: string }): boolean {
  const text = typed.trim().toLowerCase();
  const begins = hint.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return (
    label.toLowerCase().includes(text) ||
    hint.toLowerCase().startsWith(text) ||
    begins.some((word) => word.startsWith(text))
  );
}

function sure<Value>(answer: Value | typeof CANCEL_SYMBOL): Value {
  if (isCancel(answer)) throw new Interrupted();
  return answer;
}
