const patterns = [
  // A stack trace of Node.
  /^\s+at .*[:(]\d+:\d+\)?\s*$/,
  // zsh `_bedrockenv_precmd:12: …`; bash `…/bedrockenv.bash: line 12: …`; fish `…/bedrockenv.fish (line 12): …`.
  /_bedrockenv\w*:\d+:/,
  /bedrockenv\S*: line \d+:/,
  /hook\.\w+: line \d+:/,
  /(bedrockenv|hook)\.\w+ \(line \d+\)/,
  /in function '_?bedrockenv/,
  // PowerShell: `MethodInvocationException: …/bedrockenv.psm1:12`, and the excerpt under any error of a script.
  /bedrockenv\.psm1:\d+/,
  /^Line \|/,
];

/** Lines on a terminal that no user should ever see: errors of the hook's own code, and stack traces. */
export function complaints(raw: string): string[] {
  return raw.split(/[\r\n]+/).filter((line) => patterns.some((pattern) => pattern.test(line)));
}
