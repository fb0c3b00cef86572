import { type CompletedCommand, lists, type Source } from './commands.ts';

/** The completions for bash 4.4 and newer. They need no bash-completion, and quote each word for where it stands. */
export function bashCompletions(commands: readonly CompletedCommand[]): string {
  const takes = commands.flatMap(({ name, flags }) =>
    flags.flatMap((flag) => (flag.takes ? [{ of: `${name} ${flag.name}`, sources: flag.takes }] : [])),
  );
  const args = commands.flatMap(({ name, args: each, isVariadic }) =>
    each.map((sources, at) => ({ of: `${name} ${isVariadic && at === each.length - 1 ? '*' : at}`, sources })),
  );
  const through = commands.filter(({ passThrough }) => passThrough).map(({ name }) => name);
  return `# Completions of bedrockenv for bash. Made from the table of commands: node scripts/docs.ts

_bedrockenv_complete() {
  local IFS=$' \\t\\n' command='' flag='' ended='' word i position=0 sources='' typed lead=''
  local words=() at=() found=() asked=()
  _bedrockenv_split
  local last=$((\${#words[@]} - 1)) current=\${words[\${#words[@]} - 1]}

  for ((i = 1; i < last; i++)); do
    word=\${words[i]}
    if [ -n "$flag" ]; then
      flag=
    elif [ -z "$command" ]; then
      case $word in -*) ;; *) command=$word ;; esac
    elif [ -z "$ended" ] && [ "$word" = -- ]; then
      ended=1
    else
      case $ended$word in
        --*=*) ;;
        -*) case "$command $word" in ${takes.map(({ of }) => `'${of}'`).join(' | ')}) flag=$word ;; esac ;;
        *)
          case $command in
            ${through.join(' | ')}) _bedrockenv_program "\${at[i]}" && return ;;
          esac
          position=$((position + 1))
          ;;
      esac
    fi
  done

  if [ -z "$command" ]; then
    sources='${commands.map(({ name }) => `=${name}`).join(' ')} =--help =--version'
  elif [ -n "$flag" ]; then
    _bedrockenv_takes "$command $flag"
  elif [ -z "$ended" ] && [ "\${current:0:1}" = - ]; then
    case $current in
      --*=*)
        _bedrockenv_takes "$command \${current%%=*}"
        lead=\${current%%=*}=
        ;;
      *)
        case $command in
${commands.map(({ name, flags }) => `          ${name}) sources='${flags.map((flag) => `=${flag.name}`).join(' ')}' ;;`).join('\n')}
        esac
        ;;
    esac
  else
    case "$command $position" in
${args.map(({ of, sources }) => `      '${of.replace(/\*$/, '')}'${of.endsWith('*') ? '*' : ''}) sources='${sources.join(' ')}' ;;`).join('\n')}
      ${through.map((name) => `'${name} '*`).join(' | ')}) _bedrockenv_program "\${at[last]}" && return ;;
    esac
  fi

  for word in $sources; do
    case $word in
      =*) found+=("\${word#=}") ;;
${Object.entries(lists)
  .map(([name, words]) => `      ${name}) found+=(${words.join(' ')}) ;;`)
  .join('\n')}
      directories) compopt -o dirnames 2>/dev/null ;;
      *) asked+=("$word") ;;
    esac
  done
  if [ "\${#asked[@]}" -gt 0 ]; then
    while IFS= read -r word; do found+=("$word"); done < <(command bedrockenv candidates "\${asked[@]}" 2>/dev/null)
  fi
  _bedrockenv_reply
}

# The words as the shell takes them: bash also splits at the characters of COMP_WORDBREAKS (\`a:b\`, \`--flag=value\`).
# Sets words, and at: the place of each one's first piece in COMP_WORDS.
_bedrockenv_split() {
  local rest=$COMP_LINE trimmed i=0 piece
  for ((i = 0; i <= COMP_CWORD; i++)); do
    piece=\${COMP_WORDS[i]}
    trimmed=\${rest#"\${rest%%[!$' \\t\\n']*}"}
    if [ "$trimmed" != "$rest" ] || [ "\${#words[@]}" -eq 0 ]; then
      words+=("$piece")
      at+=("$i")
    else
      words[\${#words[@]} - 1]+=$piece
    fi
    rest=\${trimmed#"$piece"}
  done
}

# The completions of another program, whose first word is COMP_WORDS[$1].
_bedrockenv_program() {
  if declare -F _comp_command_offset >/dev/null; then
    _comp_command_offset "$1"
  elif declare -F _command_offset >/dev/null; then
    _command_offset "$1"
  elif [ "$1" -eq "$COMP_CWORD" ]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -c -- "\${COMP_WORDS[COMP_CWORD]}")
  else
    compopt -o default 2>/dev/null
  fi
}

# COMPREPLY from found: what begins with the word at the cursor, quoted as that is. Names are data: nothing is evaluated.
_bedrockenv_reply() {
  local open='' body=\${current#"$lead"} last=\${COMP_WORDS[COMP_CWORD]} prefix='' text each
  typed=$body
  case $body in
    \\'*) open=\\' typed=\${body#?} ;;
    \\"*) open=\\" typed=\${body#?} ;;
  esac
  # What bash itself took apart stays; it replaces what stands after the last of these characters.
  if [ -z "$open" ]; then
    case $last in
      [:=@\\<\\>\\;\\|\\&\\(]) prefix=$current ;;
      *) prefix=\${current%"$last"} ;;
    esac
  fi
  [ "$open" = "'" ] || _bedrockenv_unescape
  for each in "\${found[@]+"\${found[@]}"}"; do
    [ "\${each:0:\${#typed}}" = "$typed" ] || continue
    case $open in
      '')
        printf -v text %q "$each"
        text=$lead$text
        [ "\${text:0:\${#prefix}}" = "$prefix" ] || continue
        COMPREPLY+=("\${text:\${#prefix}}")
        ;;
      \\') COMPREPLY+=("\${each//\\'/\\'\\\\\\'\\'}") ;;
      *)
        # The history is expanded in double quotes, and nothing there can quote it.
        case $each in *!*) continue ;; esac
        text=\${each//\\\\/\\\\\\\\}
        text=\${text//\\"/\\\\\\"}
        text=\${text//\\$/\\\\\\$}
        COMPREPLY+=("\${text//\\\`/\\\\\\\`}")
        ;;
    esac
  done
}

# Takes the backslashes out of typed.
_bedrockenv_unescape() {
  local rest=$typed
  typed=
  while case $rest in *\\\\?*) true ;; *) false ;; esac do
    typed+=\${rest%%\\\\*}
    rest=\${rest#*\\\\}
    typed+=\${rest:0:1}
    rest=\${rest:1}
  done
  typed+=\${rest%\\\\}
}

# What the word after a flag may be, into sources.
_bedrockenv_takes() {
  case $1 in
${takes.map(({ of, sources }) => `    '${of}') sources='${joined(sources)}' ;;`).join('\n')}
  esac
}

complete -F _bedrockenv_complete bedrockenv
`;
}

function joined(sources: readonly Source[]): string {
  return sources.join(' ');
}
