import { type CompletedCommand, type CompletedFlag, lists, type Source } from './commands.ts';

/** The completions for zsh: a function that is autoloaded from `fpath`, or defined by `eval`. `compadd` quotes. */
export function zshCompletions(commands: readonly CompletedCommand[]): string {
  const known = Object.entries(lists).map(([name, words]) => `      (${name}) found+=(${words.join(' ')}) ;;`);
  return `#compdef bedrockenv
# Completions of bedrockenv for zsh. Made from the table of commands: node scripts/docs.ts

_bedrockenv() {
  local curcontext=$curcontext state line ret=1
  local -A opt_args
  _arguments -C -S -A '-*' : '(- *)'{-h,--help}'[show help]' '(- *)'{-V,--version}'[print the version]' \\
    '1: :_bedrockenv_commands' '*:: :->words' && ret=0
  [[ $state == words ]] || return ret
  curcontext=\${curcontext%:*:*}:bedrockenv-$words[1]:
  case $words[1] in
${commands.map(ofCommand).join('\n')}
  esac
}

_bedrockenv_commands() {
  local -a commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary.replaceAll(':', '\\:')}`)}`).join('\n')}
  )
  _describe -t commands 'command' commands
}

# Words from lists, from this machine, or (after +) as they stand here. The names of this machine are data throughout.
_bedrockenv_words() {
  local label=$1 source expl
  local -a found asked
  shift
  for source; do
    case $source in
      (+*) found+=(\${source#+}) ;;
${known.join('\n')}
      (*) asked+=($source) ;;
    esac
  done
  (( \${#asked} )) && found+=("\${(@f)$(command bedrockenv candidates $asked 2>/dev/null)}")
  found=(\${found:#})
  (( \${#found} )) && _wanted words expl $label compadd -a found
}

if [[ \${funcstack[1]-} == _bedrockenv ]]; then
  _bedrockenv "$@"
elif (( \${+functions[compdef]} )); then
  compdef _bedrockenv bedrockenv
fi
`;
}

function ofCommand({ name, flags, args, isVariadic, passThrough }: CompletedCommand): string {
  const positional = args.map((sources, at) =>
    quoted(`${isVariadic && at === args.length - 1 ? '*' : at + 1}: :${action('argument', sources)}`),
  );
  const program = passThrough ? [quoted('(-)1: : _command_names -e'), quoted('*:: :_normal')] : [];
  const start = passThrough ? `_arguments -S -A '-*' :` : '_arguments -S :';
  const specs = [...flags.map(flagOf), ...positional, ...program];
  return [
    `    (${name})`,
    ...[start, ...specs].map((each, at) => `      ${at > 0 ? '  ' : ''}${each}`).map(joined),
    '      ;;',
  ].join('\n');
}

/** All lines but the last are continued. */
function joined(line: string, at: number, all: readonly string[]): string {
  return at < all.length - 1 ? `${line} \\` : line;
}

function flagOf({ name, summary, takes, isRepeatable }: CompletedFlag): string {
  const text = summary.replace(/[\\[\]:]/g, '\\$&');
  if (name === '--help') return `'(- *)'{-h,--help}${quoted(`[${text}]`)}`;
  const value = takes === undefined ? '' : `:${name.slice(2)}:${action(name.slice(2), takes)}`;
  return quoted(`${isRepeatable ? '*' : ''}${name}${value ? '=' : ''}[${text}]${value}`);
}

/** An action that begins with a space is called as it stands, without words for compadd. */
function action(label: string, sources: readonly Source[]): string {
  if (sources.includes('directories')) return '_files -/';
  // It is evaluated, and `=word` would be the path of a program.
  const words = sources.map((source) => source.replace(/^=/, '+'));
  return words.length > 0 ? ` _bedrockenv_words ${[label, ...words].join(' ')}` : '';
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
