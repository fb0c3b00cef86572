import { pick, type Random } from './random.ts';

/** Ways to run `touch CANARY` for a reader that evaluates what it reads, each in some shell's or language's syntax. */
const attempts: readonly ((canary: string) => string)[] = [
  (c) => `$(touch ${c})`,
  (c) => `\`touch ${c}\``,
  (c) => `(touch ${c})`,
  (c) => `; touch ${c} #`,
  (c) => `\ntouch ${c}\n`,
  (c) => `\r\ntouch ${c}\r\n`,
  (c) => `' ; touch ${c} ; '`,
  (c) => `" ; touch ${c} ; "`,
  (c) => `\u2019 ; touch ${c} ; \u2018`,
  (c) => `' & touch ${c} & '`,
  (c) => `' | touch ${c} #`,
  (c) => `a[$(touch ${c})]`,
  (c) => `a[\`touch ${c}\`]+1`,
  (c) => `\${(e):-$(touch ${c})}`,
  (c) => `\${x@P}$(touch ${c})`,
  (c) => `=(touch ${c})`,
  (c) => `<(touch ${c})`,
  (c) => `*(e:'touch ${c}':)`,
  (c) => `$\{env:x}$(ni ${c})`,
  (c) => `"; & touch ${c}; "`,
  (c) => `() { :;}; touch ${c}`,
  (c) => `\\'; touch ${c}; \\'`,
  (c) => `%(touch ${c})%`,
  (c) => `\x1bP;touch ${c}\x1b\\`,
  (c) => `@{[touch ${c}]}`,
  (c) => `{touch,${c}}`,
  (c) => `!touch ${c}`,
  (c) => `EOF\ntouch ${c}\nEOF\n`,
];

// biome-ignore format: one a line would hide how few they are
const pieces = [
  '', ' ', '  ', '\t', '\n', '\n\n', '\r', '\r\n', "'", "''", '"', '`', '\\', '\\\\', '\\n', '$', '$$', '${', '}', '$(', ')', '*', '?',
  '[', ']', '[a-z]', '~', '~root', '#', '!', '!!', '%', '%%', '%s', '%n', '%1F', '%25', '&', '|', ';', '<', '>', '-', '-n', '-e', '--',
  '=', '==', ':', '/', '//', '.', '..', '../..', '0', '1', '-1', '00', '1e9', '9999999999999999999', '\u2018', '\u2019', '\u201b', '開発',
  'é', 'e\u0301', '🚀', '\u202e', '\u2028', '\u0085', '\u00a0', '\ufeff', '\x01', '\x07', '\b', '\x1b[31m', '\x1b]0;x\x07', '\x1f', '\x7f',
  'AWS_PROFILE', 'PATH', 'IFS', 'true', 'false', 'null', 'end', 'set', 'export', 'eval', 'a b', 'EVIL=1', '/dev/null',
];

/** A text that a careless reader would act upon; never with a NUL, which no shell can hold. */
export function hostileText(random: Random, canary: string): string {
  let text = '';
  for (let left = random(5); left >= 0; left--) {
    const kind = random(8);
    if (kind < 3) text += pick(random, attempts)(canary);
    else if (kind === 3) text += String.fromCodePoint(1 + random(0xd7ff));
    else text += pick(random, pieces);
  }
  // Once in a while a long one, up to what an environment holds without trouble.
  return random(200) === 0 ? text.repeat(1 + random(400)).slice(0, 20_000) : text;
}
