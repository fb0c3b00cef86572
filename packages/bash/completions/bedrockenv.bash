# Completions of bedrockenv for bash. Made from the table of commands: node scripts/docs.ts

_bedrockenv_complete() {
  local IFS=$' \t\n' command='' flag='' ended='' word i position=0 sources='' typed lead=''
  local words=() at=() found=() asked=()
  _bedrockenv_split
  local last=$((${#words[@]} - 1)) current=${words[${#words[@]} - 1]}

  for ((i = 1; i < last; i++)); do
    word=${words[i]}
    if [ -n "$flag" ]; then
      flag=
    elif [ -z "$command" ]; then
      case $word in -*) ;; *) command=$word ;; esac
    elif [ -z "$ended" ] && [ "$word" = -- ]; then
      ended=1
    else
      case $ended$word in
        --*=*) ;;
        -*) case "$command $word" in 'setup --shell' | 'setup --profile' | 'setup --region' | 'setup --model' | 'setup --scope' | 'setup --login' | 'use --profile' | 'use --region' | 'models --region' | 'login --profile' | 'login --session' | 'login --flow' | 'credentials --profile' | 'claude-settings --scope' | 'export --dir' | 'export --format' | 'exec --dir' | 'exec --profile' | 'exec --model' | 'iam-policy --model' | 'iam-policy --profile' | 'iam-policy --region' | 'demo --shell') flag=$word ;; esac ;;
        *)
          case $command in
            exec) _bedrockenv_program "${at[i]}" && return ;;
          esac
          position=$((position + 1))
          ;;
      esac
    fi
  done

  if [ -z "$command" ]; then
    sources='=setup =status =explain =use =allow =deny =revoke =edit =prune =profiles =sessions =models =login =credentials =doctor =claude-settings =export =exec =iam-policy =hook =uninstall =completions =schema =demo =--help =--version'
  elif [ -n "$flag" ]; then
    _bedrockenv_takes "$command $flag"
  elif [ -z "$ended" ] && [ "${current:0:1}" = - ]; then
    case $current in
      --*=*)
        _bedrockenv_takes "$command ${current%%=*}"
        lead=${current%%=*}=
        ;;
      *)
        case $command in
          setup) sources='=--help =--yes =--shell =--profile =--region =--model =--scope =--login =--claude-settings =--no-rc =--dry-run' ;;
          status) sources='=--help =--json' ;;
          explain) sources='=--help =--json' ;;
          use) sources='=--help =--profile =--region =--pin =--global' ;;
          allow) sources='=--help' ;;
          deny) sources='=--help' ;;
          revoke) sources='=--help' ;;
          edit) sources='=--help' ;;
          prune) sources='=--help' ;;
          profiles) sources='=--help =--json' ;;
          sessions) sources='=--help =--json' ;;
          models) sources='=--help =--region =--refresh =--json' ;;
          login) sources='=--help =--profile =--session =--flow =--no-tty' ;;
          credentials) sources='=--help =--profile =--no-fallback' ;;
          doctor) sources='=--help =--json =--live =--invoke' ;;
          claude-settings) sources='=--help =--scope =--diff =--write =--undo =--json' ;;
          export) sources='=--help =--dir =--format' ;;
          exec) sources='=--help =--dir =--profile =--model' ;;
          iam-policy) sources='=--help =--least =--model =--profile =--region =--no-marketplace' ;;
          hook) sources='=--help' ;;
          uninstall) sources='=--help =--yes =--keep-config =--dry-run' ;;
          completions) sources='=--help' ;;
          schema) sources='=--help' ;;
          demo) sources='=--help =--shell' ;;
        esac
        ;;
    esac
  else
    case "$command $position" in
      'explain 0') sources='variables' ;;
      'use '*) sources='models aliases profiles environments' ;;
      'allow 0') sources='directories' ;;
      'deny 0') sources='directories' ;;
      'revoke 0') sources='directories' ;;
      'edit 0') sources='directories' ;;
      'hook 0') sources='=zsh =bash =fish =powershell =direnv' ;;
      'completions 0') sources='=zsh =bash =fish =powershell' ;;
      'schema 0') sources='=bedrockrc =config =policy' ;;
      'exec '*) _bedrockenv_program "${at[last]}" && return ;;
    esac
  fi

  for word in $sources; do
    case $word in
      =*) found+=("${word#=}") ;;
      models) found+=(opus sonnet haiku claude-opus-5-5 claude-opus-5 claude-opus-4-8 claude-opus-4-7 claude-opus-4-6 claude-opus-4-5 claude-opus-4-1 claude-sonnet-5-5 claude-sonnet-5 claude-sonnet-4-6 claude-sonnet-4-5 claude-sonnet-4 claude-haiku-5-5 claude-haiku-4-5) ;;
      regions) found+=(af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 me-west-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 us-gov-east-1 us-gov-west-1 cn-north-1 cn-northwest-1 eusc-de-east-1) ;;
      variables) found+=(CLAUDE_CODE_USE_BEDROCK AWS_PROFILE AWS_REGION ANTHROPIC_MODEL ANTHROPIC_DEFAULT_OPUS_MODEL ANTHROPIC_DEFAULT_SONNET_MODEL ANTHROPIC_DEFAULT_HAIKU_MODEL ANTHROPIC_SMALL_FAST_MODEL ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION DISABLE_PROMPT_CACHING ENABLE_PROMPT_CACHING_1H CLAUDE_CODE_MAX_OUTPUT_TOKENS MAX_THINKING_TOKENS CLAUDE_CODE_EFFORT_LEVEL ANTHROPIC_BEDROCK_SERVICE_TIER AWS_BEARER_TOKEN_BEDROCK ANTHROPIC_BEDROCK_BASE_URL BEDROCKENV_DIR BEDROCKENV_PROFILE BEDROCKENV_MODEL) ;;
      directories) compopt -o dirnames 2>/dev/null ;;
      *) asked+=("$word") ;;
    esac
  done
  if [ "${#asked[@]}" -gt 0 ]; then
    while IFS= read -r word; do found+=("$word"); done < <(command bedrockenv candidates "${asked[@]}" 2>/dev/null)
  fi
  _bedrockenv_reply
}

# The words as the shell takes them: bash also splits at the characters of COMP_WORDBREAKS (`a:b`, `--flag=value`).
# Sets words, and at: the place of each one's first piece in COMP_WORDS.
_bedrockenv_split() {
  local rest=$COMP_LINE trimmed i=0 piece
  for ((i = 0; i <= COMP_CWORD; i++)); do
    piece=${COMP_WORDS[i]}
    trimmed=${rest#"${rest%%[!$' \t\n']*}"}
    if [ "$trimmed" != "$rest" ] || [ "${#words[@]}" -eq 0 ]; then
      words+=("$piece")
      at+=("$i")
    else
      words[${#words[@]} - 1]+=$piece
    fi
    rest=${trimmed#"$piece"}
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
    mapfile -t COMPREPLY < <(compgen -c -- "${COMP_WORDS[COMP_CWORD]}")
  else
    compopt -o default 2>/dev/null
  fi
}

# COMPREPLY from found: what begins with the word at the cursor, quoted as that is. Names are data: nothing is evaluated.
_bedrockenv_reply() {
  local open='' body=${current#"$lead"} last=${COMP_WORDS[COMP_CWORD]} prefix='' text each
  typed=$body
  case $body in
    \'*) open=\' typed=${body#?} ;;
    \"*) open=\" typed=${body#?} ;;
  esac
  # What bash itself took apart stays; it replaces what stands after the last of these characters.
  if [ -z "$open" ]; then
    case $last in
      [:=@\<\>\;\|\&\(]) prefix=$current ;;
      *) prefix=${current%"$last"} ;;
    esac
  fi
  [ "$open" = "'" ] || _bedrockenv_unescape
  for each in "${found[@]+"${found[@]}"}"; do
    [ "${each:0:${#typed}}" = "$typed" ] || continue
    case $open in
      '')
        printf -v text %q "$each"
        text=$lead$text
        [ "${text:0:${#prefix}}" = "$prefix" ] || continue
        COMPREPLY+=("${text:${#prefix}}")
        ;;
      \') COMPREPLY+=("${each//\'/\'\\\'\'}") ;;
      *)
        # The history is expanded in double quotes, and nothing there can quote it.
        case $each in *!*) continue ;; esac
        text=${each//\\/\\\\}
        text=${text//\"/\\\"}
        text=${text//\$/\\\$}
        COMPREPLY+=("${text//\`/\\\`}")
        ;;
    esac
  done
}

# Takes the backslashes out of typed.
_bedrockenv_unescape() {
  local rest=$typed
  typed=
  while case $rest in *\\?*) true ;; *) false ;; esac do
    typed+=${rest%%\\*}
    rest=${rest#*\\}
    typed+=${rest:0:1}
    rest=${rest:1}
  done
  typed+=${rest%\\}
}

# What the word after a flag may be, into sources.
_bedrockenv_takes() {
  case $1 in
    'setup --shell') sources='=zsh =bash =fish =powershell' ;;
    'setup --profile') sources='profiles' ;;
    'setup --region') sources='regions' ;;
    'setup --model') sources='models aliases' ;;
    'setup --scope') sources='=shell =claude' ;;
    'setup --login') sources='=auto =ask =notify =off' ;;
    'use --profile') sources='profiles' ;;
    'use --region') sources='regions' ;;
    'models --region') sources='regions' ;;
    'login --profile') sources='profiles' ;;
    'login --session') sources='sessions' ;;
    'login --flow') sources='=auto =browser =device' ;;
    'credentials --profile') sources='profiles' ;;
    'claude-settings --scope') sources='=user =project =local =managed' ;;
    'export --dir') sources='directories' ;;
    'export --format') sources='=zsh =bash =fish =powershell =json =dotenv =github' ;;
    'exec --dir') sources='directories' ;;
    'exec --profile') sources='profiles' ;;
    'exec --model') sources='models aliases' ;;
    'iam-policy --model') sources='models aliases' ;;
    'iam-policy --profile') sources='profiles' ;;
    'iam-policy --region') sources='regions' ;;
    'demo --shell') sources='=zsh =bash =fish =powershell' ;;
  esac
}

complete -F _bedrockenv_complete bedrockenv
