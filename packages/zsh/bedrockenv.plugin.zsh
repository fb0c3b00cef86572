# bedrockenv for zsh (5.3 and later): sets what a directory needs to run Claude Code on Amazon Bedrock.
#
# The CLI compiles each directory's environment into a plan, NUL-separated fields in a file; this hook reads it with
# builtins and exports the pairs. It evaluates no text and, while nothing changes, starts no process.
# The fields and the algorithm: docs/plan.md. The same sections stand in the same order in every shell's hook.

# ── 1. Guards ────────────────────────────────────────────────────────────────────────────────────────────────────────

# Start-up is only this block: a sourced file is parsed command by command, so what stands below its `return` costs
# nothing until the first prompt sources the file again. Text given to `eval` has been parsed already. Quoted words are
# no aliases. Functions that are read under `emulate -c` run with these options whatever the user's are, without a
# statement for it in each call; a trace would show API keys. POSIX_IDENTIFIERS finds the end of a name faster, and wants
# ${#x} where $#x stands else.
if 'builtin' 'test' "${-//[^i]/}${CLAUDECODE-}${_bedrockenv_load-}:${zsh_eval_context[-1]}" = i:file; then
  'builtin' 'typeset' -g _bedrockenv_load=${(%):-%x}
  _bedrockenv_precmd() {
    'builtin' 'emulate' 'zsh' '-o' 'no_aliases' '-o' 'extended_glob' '-o' 'no_err_exit' '-o' 'no_err_return' \
      '-o' 'no_warn_create_global' '-o' 'posix_identifiers' '-o' 'no_xtrace' '-c' '
        if [[ -r $_bedrockenv_load ]]; then
          source $_bedrockenv_load
          [[ -n ${_bedrockenv_load-} ]] || _bedrockenv_precmd
        else
          unfunction _bedrockenv_precmd
        fi'
  }
  'builtin' 'typeset' -ga precmd_functions
  () {
    'builtin' 'emulate' '-L' 'zsh'
    (( $precmd_functions[(Ie)_bedrockenv_precmd] )) || precmd_functions+=( _bedrockenv_precmd )
  }
  'builtin' 'return' 0
fi

# The rest. An older zsh has no `[[ -v` and is left as it is, without a word.
[[ -o interactive && -z ${CLAUDECODE-} && $ZSH_VERSION != 4.* && $ZSH_VERSION != 5.[0-2] &&
  $ZSH_VERSION != 5.[0-2][.-]* ]] || return 0
unset _bedrockenv_load

# Evaluated again, it keeps what it knows.
if (( ! ${+_bedrockenv_records} )); then
  # Where we are, and the directory files from there up to the applied one (or to the root), which must stay absent.
  typeset -g _bedrockenv_state= _bedrockenv_pwd= _bedrockenv_failed= _bedrockenv_safe=
  typeset -ga _bedrockenv_nearer
  # What is applied: its directory file and the directory of that; the label of its status line, and all that the line is
  # for; its kind of session.
  typeset -g _bedrockenv_file= _bedrockenv_dir= _bedrockenv_label= _bedrockenv_key= _bedrockenv_kind=
  # The place where what belongs to a plan is kept. 0: nothing is applied. 1 to 16: the usual case of the plans that were
  # used lately, for coming back; _bedrockenv_places has their directories. 17: any other plan.
  #   notes_N    its notes
  #   absent_N   inputs that must stay absent
  #   watch_N    files that need no closer look as long as their times are seen[N]: the inputs that were there, the folder
  #              of their stamps, and, if it is there, the token file
  #   tokens[N]  the token file; expiries[N]: as below
  #   records[N] the record as this shell wrote it
  # Only of 17, an array each:
  #   present_17 inputs that were there, each with its stamp
  #   sign_17    name of the session, profile to sign in with, policy, cool-down file
  # Only of 1 to 16:
  #   signs[N]   the same four, each followed by U+001F
  #   pairs_N    NAME=value; values[N]: what each name of the closed list then holds, in its order
  #   texts[N]   the directory file; times[N]: those of the inputs when the plan was compiled
  #   labels[N], keys[N], kinds[N]: as above
  typeset -gi _bedrockenv_at=0 _bedrockenv_place=0
  typeset -ga _bedrockenv_places _bedrockenv_texts _bedrockenv_records _bedrockenv_values _bedrockenv_labels \
    _bedrockenv_keys _bedrockenv_kinds _bedrockenv_tokens _bedrockenv_signs _bedrockenv_expiries _bedrockenv_times \
    _bedrockenv_seen _bedrockenv_notes_0 _bedrockenv_absent_0 \
    _bedrockenv_sign_17 _bedrockenv_notes_17 _bedrockenv_absent_17 _bedrockenv_present_17 _bedrockenv_watch_17
  # What was changed by hand in the place that was left.
  typeset -ga _bedrockenv_kept
  # A secret's value lies in no record: the one that we set, and, if there was one before, that one too (only while there
  # is, else unset). Is there one that only an outer shell knows?
  typeset -g +x _bedrockenv_secret= _bedrockenv_lost=
  # When the session expires; the same of the token file that was read last, with its kind, path and time; the expiry
  # that was parsed last, as text and in seconds; by token file, when to sign in next.
  typeset -g _bedrockenv_expires= _bedrockenv_last_token= _bedrockenv_last_expires= _bedrockenv_until= _bedrockenv_note=
  typeset -gi _bedrockenv_seconds=0
  typeset -gA _bedrockenv_pauses
  # What was passed over (file, real directory, verdict), and what has been said of it.
  typeset -ga _bedrockenv_pending
  typeset -gA _bedrockenv_reported
  typeset -g _bedrockenv_shown= _bedrockenv_unsafe= _bedrockenv_said= _bedrockenv_gone=
  typeset -g _bedrockenv_adopt=
  typeset -gi _bedrockenv_settled=0
fi
# The closed list. A name from a plan or from an inherited record is looked up here before anything else is done with
# it: `${(P)name}` would run a command hidden in a subscript.
typeset -ga _bedrockenv_names=(
  CLAUDE_CODE_USE_BEDROCK AWS_PROFILE AWS_REGION ANTHROPIC_MODEL ANTHROPIC_DEFAULT_OPUS_MODEL
  ANTHROPIC_DEFAULT_SONNET_MODEL ANTHROPIC_DEFAULT_HAIKU_MODEL ANTHROPIC_SMALL_FAST_MODEL
  ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION DISABLE_PROMPT_CACHING ENABLE_PROMPT_CACHING_1H
  CLAUDE_CODE_MAX_OUTPUT_TOKENS MAX_THINKING_TOKENS CLAUDE_CODE_EFFORT_LEVEL ANTHROPIC_BEDROCK_SERVICE_TIER
  AWS_BEARER_TOKEN_BEDROCK ANTHROPIC_BEDROCK_BASE_URL BEDROCKENV_DIR BEDROCKENV_PROFILE BEDROCKENV_MODEL
)
(( ${+builtins[sysread]} )) || zmodload -F zsh/system b:sysread
(( ${+builtins[zstat]} )) || zmodload -F zsh/stat b:zstat
# Before zsh 5.6, zstat gives whole seconds: then inputs are compared with their stamps each time.
typeset -g _bedrockenv_exact=
[[ $ZSH_VERSION != (<6->.*|5.<6->*) ]] || _bedrockenv_exact=1

# ── 2. Reading ───────────────────────────────────────────────────────────────────────────────────────────────────────
# A function call costs as much as ten stats, so what each event does is written out in place.

# Reads a regular file, at most $2 bytes of it, into REPLY. The type check keeps a FIFO from hanging the prompt.
_bedrockenv_read_file() {
  REPLY=
  [[ -f $1 && -r $1 ]] || return 1
  sysread -s $2 REPLY <$1
  return 0
}

# The verdict on a directory file $1 whose real directory is $2, into REPLY: `broken …`, `denied` or `text …`.
_bedrockenv_judge() {
  local size=0
  if [[ -e $_bedrockenv_state/denied$2/.bedrockrc ]]; then REPLY=denied
  elif [[ ! -f $1 ]]; then REPLY='broken (not a regular file)'
  elif [[ ! -r $1 ]]; then REPLY='broken (not readable)'
  else
    REPLY=
    # A large buffer has to be mapped; nearly all files are small.
    sysread -s 4096 -c size REPLY <$1
    (( size < 4096 )) || sysread -s 65537 -c size REPLY <$1
    if (( size > 65536 )); then REPLY='broken (larger than 64 KiB)'
    elif [[ $REPLY == *$'\0'* ]]; then REPLY='broken (contains a NUL byte)'
    else REPLY="text $REPLY"
    fi
  fi
}

# Is $2 what the user approved for the directory $1?
_bedrockenv_approved() {
  local REPLY file=$_bedrockenv_state/approvals$1/.bedrockrc
  [[ -O $file ]] && _bedrockenv_read_file $file 65537 && [[ $REPLY == "$2" ]]
}

# Finds a plan of directory $1 ('' for outside of projects) whose text is $2, that fits the ambient environment and
# whose inputs are as they were; leaves its fields in the caller's `p`, the variables in its `ops` and `pairs`, and what
# to watch in place 17.
_bedrockenv_find_plan() {
  local plan=$_bedrockenv_state/default slot op name value stamps i size
  [[ -z $1 ]] || plan=$_bedrockenv_state/plans$1/.bedrockrc
  for slot in '' .1 .2 .3; do
    [[ -O $plan$slot && -f $plan$slot ]] || continue
    sysread -s 12288 -c size REPLY <$plan$slot
    (( size < 12288 )) || sysread -s 262144 REPLY <$plan$slot
    p=( "${(@0)REPLY}" )
    # `end`, and the empty element that a final NUL leaves: the plan is whole.
    [[ $p[1] == bedrockenv-plan/1 && $p[3] == "$1" && $p[4] == "$2" && $p[-2] == end && -z $p[-1] && -d $p[12] &&
      "$p[13] $p[14] $p[15] $p[16]" == <0-999>\ <0-999>\ <0-999>\ <0-999> && $p[2] == [0-9a-f](#c16) ]] || continue
    (( inputs = 17 + 2 * p[13], vars = inputs + 2 * p[14] + p[15], ${#p} == vars + 3 * p[16] + 1 )) || continue
    for name value in "${(@)p[17,inputs-1]}"; do
      case $name in
        (AWS_PROFILE|AWS_DEFAULT_PROFILE|AWS_REGION|AWS_DEFAULT_REGION) ;;
        (AWS_CONFIG_FILE|AWS_SHARED_CREDENTIALS_FILE|BEDROCKENV_CONFIG) ;;
        (*) continue 2 ;;
      esac
      # Only what is exported reaches the CLI that compiled the plan.
      if [[ ${(Pt)name} == *export* ]]; then [[ $value == "=${(P)name}" ]] || continue 2
      else [[ -z $value ]] || continue 2
      fi
    done
    ops= pairs=()
    for op name value in "${(@)p[vars,-3]}"; do
      (( $_bedrockenv_names[(Ie)$name] )) || continue 2
      ops+="$op " pairs+=( "$name=$value" )
    done
    # A variable that is there twice could not be put back.
    [[ $ops == ((set|unset|env|file|command)\ )# ]] && (( ${#${(@u)pairs%%=*}} == ${#pairs} )) || continue
    i=0 stamps=$p[12] _bedrockenv_absent_17=() _bedrockenv_present_17=() _bedrockenv_watch_17=( $stamps )
    _bedrockenv_seen[17]=
    for name value in "${(@)p[inputs,inputs+2*p[14]-1]}"; do
      if [[ -n $value ]]; then
        [[ -e $name && ! $name -nt $stamps/$i && ! $name -ot $stamps/$i ]] || continue 2
        _bedrockenv_present_17+=( $name $stamps/$i ) _bedrockenv_watch_17+=( $name )
      else
        [[ ! -e $name ]] || continue 2
        _bedrockenv_absent_17+=( $name )
      fi
      (( i++ ))
    done
    return 0
  done
  return 1
}

# Are the inputs that were there for the plan of place $1 as they were when it was compiled? Then it keeps the times of
# what is to be watched: as long as those are the same, no closer look is needed.
_bedrockenv_same_inputs() {
  local REPLY=_bedrockenv_watch_$1 token=$_bedrockenv_tokens[$1] file stamp
  local -a watch seen
  watch=( ${(P)REPLY} )
  if [[ -n $token ]]; then watch=( ${watch:#${(b)token}} ); fi
  if [[ -n $token && -e $token ]]; then watch+=( $token ); fi
  # Before they are compared, so that what changes meanwhile differs at the next look. It fails when one is gone.
  zstat -gF %y%m%d%H%M%S%9. -A seen +mtime $watch 2>/dev/null || return 1
  if (( $1 < 17 )); then
    [[ "${(j: :)seen} " == "$_bedrockenv_times[$1]"* ]] || return 1
  else
    # A stamp has its input's time.
    for file stamp in "$_bedrockenv_present_17[@]"; do
      [[ -e $file && ! $file -nt $stamp && ! $file -ot $stamp ]] || return 1
    done
  fi
  set -A _bedrockenv_watch_$1 $watch
  _bedrockenv_seen[$1]=${_bedrockenv_exact:+"$seen"} _bedrockenv_expiries[$1]=
}

# ── 3. What applies here ─────────────────────────────────────────────────────────────────────────────────────────────

# Runs the CLI: the recorded one, or else whatever `bedrockenv` is on PATH (a new Node version, a moved install).
_bedrockenv_run() {
  local -a reply
  _bedrockenv_find_cli || return 127
  command "$reply[@]" "$@"
}

# Leaves the command's words in `reply`.
_bedrockenv_find_cli() {
  if [[ -x ${_bedrockenv_node-} && -f ${_bedrockenv_cli-} ]]; then reply=( $_bedrockenv_node $_bedrockenv_cli )
  elif (( ${+commands[bedrockenv]} )) || { rehash; (( ${+commands[bedrockenv]} )) }; then reply=( bedrockenv )
  else
    _bedrockenv_gone=${_bedrockenv_gone:-new}
    return 1
  fi
}

# Is the state folder the user's alone? Asked once per shell and folder, until the answer is yes.
_bedrockenv_check_state() {
  local -a safe
  _bedrockenv_unsafe=
  # A relative folder would be another one in each directory, where a repository could bring its own.
  [[ $_bedrockenv_state == /* ]] || _bedrockenv_state=/${HOME#/}/.local/state/bedrockenv
  [[ -e $_bedrockenv_state ]] || return 0
  safe=( $_bedrockenv_state(N-/f:go-w:) )
  if [[ ! -O $_bedrockenv_state ]]; then
    _bedrockenv_unsafe="${(V)_bedrockenv_state} belongs to another user; nothing is applied"
  elif (( ! ${#safe} )); then
    _bedrockenv_unsafe="${(V)_bedrockenv_state} is writable by others; nothing is applied; run: chmod 700 ${(q)${(V)_bedrockenv_state}}"
  else
    _bedrockenv_safe=$_bedrockenv_state
  fi
  [[ -z $_bedrockenv_unsafe ]]
}

# After _bedrockenv_find_plan has found none for the same arguments: compiles, if the text is approved.
# 0: found, 1: not approved, 2: could not be compiled; then it is not tried again before $PWD changes.
_bedrockenv_compile() {
  [[ -z $1 ]] || _bedrockenv_approved "$1" "$2" || return 1
  [[ $_bedrockenv_failed != "${1:-/}" ]] || return 2
  _bedrockenv_unveil
  if [[ -n $1 ]]; then _bedrockenv_run compile --dir "$1"; else _bedrockenv_run compile --default; fi
  _bedrockenv_find_plan "$1" "$2" && return 0
  _bedrockenv_failed=${1:-/}
  return 2
}

# Looks from $PWD upwards for the nearest directory file that may be applied and enters it. What it passes over is kept
# in _bedrockenv_pending, what does not exist in _bedrockenv_nearer.
_bedrockenv_settle() {
  local dir=${PWD%/} file real text ops inputs vars
  local -a p pairs
  _bedrockenv_nearer=()
  while :; do
    while [[ -n $dir && ! -e $dir/.bedrockrc && ! -h $dir/.bedrockrc ]]; do
      _bedrockenv_nearer+=( $dir/.bedrockrc ) dir=${dir%/*}
    done
    file=$dir/.bedrockrc
    if [[ -z $dir && ! -e $file && ! -h $file ]]; then
      _bedrockenv_nearer+=( $file )
      break
    fi
    real=${file:h:A}
    _bedrockenv_judge $file $real
    if [[ $REPLY == text* ]]; then
      text=$REPLY
      _bedrockenv_find_plan $real "${text#text }" || _bedrockenv_compile $real "${text#text }"
      case $? in
        (0) _bedrockenv_enter $file; return ;;
        (1) REPLY=un$text ;;
        (2) REPLY=$text ;;
      esac
    fi
    _bedrockenv_pending+=( $file $real "$REPLY" )
    [[ -n $dir ]] || break
    dir=${dir%/*}
  done
  # Outside of all.
  local config=${BEDROCKENV_CONFIG:-${${(M)XDG_CONFIG_HOME:#/*}:-$HOME/.config}/bedrockenv/config.yaml}
  [[ $config == /* ]] || config=$HOME/$config
  if [[ -e $_bedrockenv_state/default || -e $config ]] &&
    { _bedrockenv_find_plan '' '' || _bedrockenv_compile '' '' }; then _bedrockenv_enter ''
  else
    _bedrockenv_absent_0=()
    [[ -e $config ]] || _bedrockenv_absent_0=( $config )
  fi
}

# ── 4. Enter and leave ───────────────────────────────────────────────────────────────────────────────────────────────

# Applies the plan that _bedrockenv_find_plan left in `p`, `ops` and `pairs`, for the directory file $1, and writes the
# record of what was there before.
_bedrockenv_enter() {
  local record separator=$'\x1f' op name value how ours previous
  local -i kept
  _bedrockenv_notes_17=( "${(@)p[vars-p[15],vars-1]}" ) _bedrockenv_sign_17=( "$p[7]" "$p[8]" "$p[10]" "$p[11]" )
  _bedrockenv_tokens[17]=$p[9] _bedrockenv_records[17]=
  _bedrockenv_at=17 _bedrockenv_file=$1 _bedrockenv_dir=${1%/.bedrockrc} _bedrockenv_label=$p[5] _bedrockenv_kind=$p[6]
  _bedrockenv_key=$p[3]:$p[5]:${(pj:\x1f:)_bedrockenv_notes_17} _bedrockenv_expires=
  for op name value in "${(@)p[vars,-3]}"; do
    case ${(Pt)name} in
      ('') how=u previous= ;;
      (*readonly*) continue ;;
      (scalar*export*) how=x previous=${(P)name} ;;
      (scalar*) how=l previous=${(P)name} ;;
      (*) continue ;;
    esac
    case $op in
      (set) ours="=$value" ;;
      (unset) ours= ;;
      (*)
        _bedrockenv_secret $op "$value" || continue
        value=$REPLY ours='*'
        [[ $how != x || $value != "$previous" ]] || continue
        ;;
    esac
    kept=$_bedrockenv_kept[(Ie)$name]
    if (( kept )) && [[ $_bedrockenv_kept[1] == "$p[3]" && $_bedrockenv_kept[kept+1] == "$ours" ]]; then
      # Changed by hand here since we set the same value: it stays, and so does the record of what was before us.
      how=$_bedrockenv_kept[kept+2] previous=$_bedrockenv_kept[kept+3]
    else
      if [[ $name == AWS_BEARER_TOKEN_BEDROCK ]]; then
        unset _bedrockenv_before
        case $how$_bedrockenv_lost in
          (u) ;;
          (u*) how=X ;;
          (*) typeset -g +x _bedrockenv_before=$previous; how=${(U)how} previous= ;;
        esac
        _bedrockenv_lost=
      fi
      if [[ -z $ours ]]; then unset $name; else typeset -gx "$name=$value"; fi
    fi
    [[ $ours != '*' ]] || _bedrockenv_secret=$value
    ours=${${ours//\%/%25}//$separator/%1F} previous=${${previous//\%/%25}//$separator/%1F}
    record+=$separator$name$separator$ours$separator$how$separator$previous
  done
  if [[ -n $record ]]; then
    _bedrockenv_records[17]=1$separator$p[2]$separator${${p[3]//\%/%25}//$separator/%1F}$record
    typeset -gx BEDROCKENV_STATE=$_bedrockenv_records[17]
  fi
  _bedrockenv_kept=()
  # A shell started inside the project has nothing new to say.
  [[ -z $_bedrockenv_adopt || $_bedrockenv_adopt != "$p[2]:$p[3]" ]] || _bedrockenv_shown=$_bedrockenv_key
  _bedrockenv_adopt=
}

# A secret's value into REPLY, from the place that the plan names: it never lies in the plan or in the record.
_bedrockenv_secret() {
  REPLY=
  case $1 in
    (env) [[ $2 == [A-Za-z_]* && $2 != *[^A-Za-z0-9_]* ]] && REPLY=${(P)2-} ;;
    (file) _bedrockenv_read_file $2 65537 && REPLY=${${REPLY%%$'\n'*}%$'\r'} ;;
    (command) REPLY=$(_bedrockenv_run api-key --dir "${p[3]:-/}") ;;
  esac
  [[ -n $REPLY ]]
}

# Puts back what was there before, exactly; what the user changed by hand meanwhile stays. A record that is not in
# order in every part is dropped, and nothing else is touched.
_bedrockenv_leave() {
  local -a fields
  local name ours how previous type separator=$'\x1f'
  local -i inherited=0
  _bedrockenv_kept=()
  [[ -n ${BEDROCKENV_STATE-} ]] || return 0
  (( ${#BEDROCKENV_STATE} > 262144 )) || fields=( "${(@ps:\x1f:)BEDROCKENV_STATE}" )
  [[ $fields[1] == 1 ]] && (( ${#fields} % 4 == 3 )) || fields=()
  for name ours how previous in "${(@)fields[4,-1]}"; do
    (( $_bedrockenv_names[(Ie)$name] )) && [[ $ours == (|\*|=*) && $how == [uxlXL] ]] || { fields=(); break }
  done
  if [[ $BEDROCKENV_STATE != "$_bedrockenv_records[_bedrockenv_at]" ]]; then
    inherited=1
    _bedrockenv_adopt=${fields[2]-}:${fields[3]-}
  fi
  if [[ $BEDROCKENV_STATE == *%* ]]; then
    fields=( "${(@)fields//\%1F/$separator}" )
    fields=( "${(@)fields//\%25/%}" )
  fi
  unset BEDROCKENV_STATE
  for name ours how previous in "${(@)fields[4,-1]}"; do
    type=${(Pt)name}
    if [[ $how$type == uscalar-export && "=${(P)name}" == "$ours" ]]; then unset $name
    elif [[ $type == *readonly* ]]; then continue
    elif [[ -n $type && ( "=${(P)name}" == "$ours" || ( $ours == '*' && ${(P)name} == "$_bedrockenv_secret" ) ) ||
      -z $ours$type || ( $ours == '*' && $inherited != 0 ) ]]; then
      case $how in
        (x) typeset -gx "$name=$previous" ;;
        # A shell-local value of another shell never was in this one.
        (l) (( inherited )) && unset $name || typeset -g +x "$name=$previous" ;;
        (u) unset $name ;;
        (*)
          if [[ $how == L && $inherited != 0 ]]; then unset $name
          elif (( ! ${+_bedrockenv_before} )); then
            unset $name
            _bedrockenv_lost=1
          elif [[ $how == L ]]; then typeset -g +x "$name=$_bedrockenv_before"
          else typeset -gx "$name=$_bedrockenv_before"
          fi
          ;;
      esac
    else
      (( ${#_bedrockenv_kept} )) || _bedrockenv_kept=( "$fields[3]" )
      (( inherited )) && [[ $how == [lL] ]] && how=u previous=
      _bedrockenv_kept+=( $name "$ours" $how "$previous" )
    fi
  done
}

# ── 5. The session: expiry and sign-in ───────────────────────────────────────────────────────────────────────────────

# Seconds since 1970 of an ISO 8601 time in UTC at the start of $1, into REPLY ('' if there is none): days from civil,
# without TZ, strftime or a process.
_bedrockenv_epoch() {
  REPLY=
  [[ $1 == <1970-9999>-<1-12>-<1-31>T<0-23>:<0-59>:<0-60>(|.<->)(Z|UTC|+00:00)\"* ]] || return 1
  local -i 10 y=10#${1[1,4]} m=10#${1[6,7]} d=10#${1[9,10]} h=10#${1[12,13]} min=10#${1[15,16]} s=10#${1[18,19]}
  (( m > 2 || y-- ))
  REPLY=$(( ((y / 400 * 146097 + y % 400 * 365 + y % 400 / 4 - y % 400 / 100 + (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5
    + d - 719469) * 24 + h) * 3600 + min * 60 + s ))
}

# Reads the caller's `token`, the file: _bedrockenv_expires becomes the expiry in epoch seconds, with an `r` before it if
# the session renews itself, or '' if there is no usable token. $1: now.
_bedrockenv_look() {
  local text until
  _bedrockenv_expires=
  _bedrockenv_read_file $token 65537 || return 0
  text=$REPLY
  [[ $text == *\"accessToken\"[[:space:]]#:[[:space:]]#(\{|\"[^\"])* ]] || return 0
  # What both clients ask of a file of `aws login`, however fresh it is.
  if [[ $_bedrockenv_kind == login ]]; then
    for until in clientId refreshToken dpopKey accessKeyId secretAccessKey sessionToken accountId; do
      [[ $text == *\"$until\"[[:space:]]#:[[:space:]]#\"[^\"]* ]] || return 0
    done
  fi
  # The opening quote tells "expiresAt" from "registrationExpiresAt".
  until=${${text##*\"expiresAt\"[[:space:]]#:[[:space:]]#\"}%%\"*}
  if [[ $until != "$_bedrockenv_until" ]]; then
    _bedrockenv_epoch $until\" || return 0
    _bedrockenv_until=$until _bedrockenv_seconds=$REPLY
  fi
  _bedrockenv_expires=$_bedrockenv_seconds
  # Whether it renews itself only matters near its end.
  (( _bedrockenv_expires <= $1 + 300 )) || return 0
  if [[ $_bedrockenv_kind != sso-legacy && $text == *\"refreshToken\"[[:space:]]#:[[:space:]]#\"[^\"]* ]]; then
    if [[ $_bedrockenv_kind == login ]]; then _bedrockenv_expires=r$_bedrockenv_expires
    elif [[ $text == *\"clientId\"[[:space:]]#:[[:space:]]#\"[^\"]* &&
      $text == *\"clientSecret\"[[:space:]]#:[[:space:]]#\"[^\"]* ]]; then
      # An expired token is only renewed while the client's registration lasts.
      REPLY=$_bedrockenv_seconds
      (( REPLY > $1 )) || _bedrockenv_epoch ${text##*\"registrationExpiresAt\"[[:space:]]#:[[:space:]]#\"}
      (( REPLY > $1 )) && _bedrockenv_expires=r$_bedrockenv_expires
    fi
  fi
}

# Is the session stale? $1: now. The SDK takes a token with less than five minutes left for expired; a legacy one is
# used to its end.
_bedrockenv_stale() {
  local -i margin=300
  [[ $_bedrockenv_kind != sso-legacy ]] || margin=0
  [[ -n $_bedrockenv_expires ]] && (( ${_bedrockenv_expires#r} > $1 + margin )) && return 1
  _bedrockenv_look $1
  [[ $_bedrockenv_expires != r* ]] && { [[ -z $_bedrockenv_expires ]] || (( _bedrockenv_expires <= $1 + margin )) }
}

# Signs in if the session is stale and the policy says so. $1: now.
_bedrockenv_sign_in() {
  _bedrockenv_stale $1 || return 0
  local session profile policy cooldown
  local -a sign ask
  if (( _bedrockenv_at == 17 )); then sign=( "$_bedrockenv_sign_17[@]" )
  else sign=( "${(@ps:\x1f:)_bedrockenv_signs[_bedrockenv_at]}" )
  fi
  session=$sign[1] profile=$sign[2] policy=$sign[3] cooldown=$sign[4]
  [[ $policy != off && -z ${BEDROCKENV_NO_LOGIN-} && -z ${CI-} ]] || return 0
  _bedrockenv_unveil
  [[ -t 0 && -t 2 ]] || return 0
  (( $1 >= ${_bedrockenv_pauses[$token]:-0} )) || return 0
  if _bedrockenv_read_file $cooldown 32; then
    REPLY=${REPLY%$'\n'}
    # A time further away than any cool-down lasts comes of a clock that was set back.
    [[ $REPLY == <1-99999999999> ]] && (( $1 < REPLY && REPLY <= $1 + 600 )) && return 0
  fi
  # Whatever comes of it, this shell does not ask again for ten minutes, for this session.
  _bedrockenv_pauses[$token]=$(( $1 + 600 )) _bedrockenv_shown= _bedrockenv_settled=1
  if [[ $policy == notify ]]; then
    _bedrockenv_note="session ${(V)session} is expired; sign in with: bedrockenv login"
    return 0
  fi
  [[ $policy != ask ]] || ask=( --ask )
  _bedrockenv_run login --hook $ask --profile "$profile"
  _bedrockenv_stale ${(%):-%D{%s}} || _bedrockenv_pauses[$token]=0
}

# At the prompt, with five minutes or less left, or on entering: finds out, and signs in if need be. $1: now.
_bedrockenv_session() {
  local REPLY token=$_bedrockenv_tokens[_bedrockenv_at] last
  # Mostly the expiry is still the one that was parsed last.
  if [[ -z $_bedrockenv_expires && _bedrockenv_seconds -gt $1+300 && $_bedrockenv_kind != login &&
    -f $token && -r $token ]] &&
    sysread -s 8193 last <$token && [[ $last == *\"accessToken\"[[:space:]]#:[[:space:]]#(\{|\"[^\"])*\
\"expiresAt\"[[:space:]]#:[[:space:]]#\"$_bedrockenv_until\"* ]]; then _bedrockenv_expires=$_bedrockenv_seconds
  else _bedrockenv_sign_in $1
  fi
  _bedrockenv_expiries[_bedrockenv_at]=$_bedrockenv_expires
  [[ -n $_bedrockenv_expires ]] || return 0
  REPLY=_bedrockenv_watch_$_bedrockenv_at
  last=${${(P)REPLY}[-1]}
  # A token that has come since is to be watched too; what is known of another goes for each plan with the same.
  if [[ $last != "$token" ]]; then _bedrockenv_seen[_bedrockenv_at]=
  else
    _bedrockenv_last_token="$_bedrockenv_kind $token ${_bedrockenv_seen[_bedrockenv_at]##* }"
    _bedrockenv_last_expires=$_bedrockenv_expires
  fi
}

# ── 6. The status line and reports ───────────────────────────────────────────────────────────────────────────────────

# Before something is said or asked. The instant prompt of powerlevel10k stands on the terminal while start-up files are
# read and until the first real prompt; meanwhile stdin is /dev/null, and what is printed goes to a file, of which it warns.
_bedrockenv_unveil() {
  [[ ${+__p9k_instant_prompt_active} == 0 || ${functions[p10k]-} != *clear-instant-prompt* ]] || p10k clear-instant-prompt
}

# Says on stderr what is new since the last prompt of the files that were passed over, and what keeps all from working.
_bedrockenv_report() {
  local file dir verdict
  local -a reply
  local -A reported
  for file dir verdict in "$_bedrockenv_pending[@]"; do
    reported[$file]=$verdict
    [[ ${_bedrockenv_reported[$file]-} != "$verdict" ]] || continue
    [[ $verdict == denied ]] || _bedrockenv_unveil
    dir=
    [[ ${file:h} == "$PWD" ]] || dir=" ${(q)${(V)file:h}}"
    file=${(V)file}
    case $verdict in
      (broken*) print -ru2 -- "bedrockenv: $file is $verdict; see: bedrockenv status" ;;
      # Without the CLI there is nothing to approve it with; that is said below, once.
      (untext*)
        ! _bedrockenv_find_cli || print -ru2 -- "bedrockenv: $file is not approved; to use it: bedrockenv allow$dir" ;;
      (text*)
        [[ -n $_bedrockenv_gone ]] ||
          print -ru2 -- "bedrockenv: $file could not be compiled; see: bedrockenv status" ;;
    esac
  done
  _bedrockenv_reported=( "${(@kv)reported}" )
  [[ $_bedrockenv_unsafe == "$_bedrockenv_said" || -z $_bedrockenv_unsafe ]] || {
    _bedrockenv_unveil
    print -ru2 -- "bedrockenv: $_bedrockenv_unsafe"
  }
  _bedrockenv_said=$_bedrockenv_unsafe
  if [[ -n $_bedrockenv_lost ]]; then
    _bedrockenv_unveil
    print -ru2 -- 'bedrockenv: AWS_BEARER_TOKEN_BEDROCK is unset here: only the shell that replaced it knows its value'
    _bedrockenv_lost=
  fi
  if [[ $_bedrockenv_gone == new ]]; then
    print -ru2 -- 'bedrockenv: the bedrockenv command is gone; install it again (npm install -g bedrockenv) or take the hook out of .zshrc'
    _bedrockenv_gone=said
  fi
}

# ── 7. Events ────────────────────────────────────────────────────────────────────────────────────────────────────────

# Is there nothing to be done here?
_bedrockenv_elsewhere() {
  # direnv has this directory.
  [[ -n ${BEDROCKENV_DISABLE-}${CLAUDECODE-} || $PWD/ == "$BEDROCKENV_DIRENV"* ||
    ( ${+functions[_direnv_hook]} == 1 && "-$BEDROCKENV_DIRENV" == "${DIRENV_DIR-}/" ) ]] || return 1
  _bedrockenv_leave
  _bedrockenv_key= _bedrockenv_state= _bedrockenv_pwd= _bedrockenv_shown= _bedrockenv_kind= _bedrockenv_label= \
    _bedrockenv_at=0 _bedrockenv_absent_0=()
}

# Reads what is ready-made for the directory $file beside the stamps of its plan, for an environment in which none of
# the variables has a value, into one of the sixteen places: `place`, which stays 0 when the plan itself is to be read.
_bedrockenv_read_usual() {
  local usual=$_bedrockenv_state/plans$file/.bedrockrc
  local -a fields absent watch
  local -i n=$_bedrockenv_places[(Ie)$file]
  [[ -O $usual && -f $usual && -f $file/.bedrockrc && -r $file/.bedrockrc ]] || return 0
  # Its generation, which names the folder of stamps, begins at the 19th byte.
  sysread -s 34 REPLY <$usual && usual=$_bedrockenv_state/stamps/${REPLY[19,34]} || return 0
  [[ -O $usual/usual.zsh && -f $usual/usual.zsh ]] && sysread -s 12288 REPLY <$usual/usual.zsh || return 0
  fields=( "${(@0)REPLY}" )
  [[ ${#fields} == 17 && $fields[1]$fields[16] == bedrockenv-usual-zsh/1end && $fields[3] == "$file" &&
    $fields[9] == "$usual" ]] || return 0
  sysread -s 4097 REPLY <$file/.bedrockrc && [[ $REPLY == "$fields[4]" ]] || return 0
  absent=( ${(ps:\x1f:)fields[12]} )
  for REPLY in $absent; do if [[ -e $REPLY ]]; then return 0; fi; done
  watch=( ${(ps:\x1f:)fields[13]} )
  if [[ -n $fields[7] && -e $fields[7] ]]; then watch+=( $fields[7] ); fi
  zstat -gF %y%m%d%H%M%S%9. -A seen +mtime $watch 2>/dev/null && [[ "${(j: :)seen} " == "$fields[14]"* ]] || return 0
  # The value of each name of the closed list, in its order. As only these are set, there is no name to be checked.
  set -- "${(@ps:\x1f:)fields[11]}"
  (( $# == 21 )) || return 0
  (( n )) || (( n = _bedrockenv_place = _bedrockenv_place % 16 + 1 ))
  set -A _bedrockenv_pairs_$n ${1:+CLAUDE_CODE_USE_BEDROCK=${1#=}} ${2:+AWS_PROFILE=${2#=}} ${3:+AWS_REGION=${3#=}} \
    ${4:+ANTHROPIC_MODEL=${4#=}} ${5:+ANTHROPIC_DEFAULT_OPUS_MODEL=${5#=}} \
    ${6:+ANTHROPIC_DEFAULT_SONNET_MODEL=${6#=}} ${7:+ANTHROPIC_DEFAULT_HAIKU_MODEL=${7#=}} \
    ${8:+ANTHROPIC_SMALL_FAST_MODEL=${8#=}} ${9:+ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION=${9#=}} \
    ${10:+DISABLE_PROMPT_CACHING=${10#=}} ${11:+ENABLE_PROMPT_CACHING_1H=${11#=}} \
    ${12:+CLAUDE_CODE_MAX_OUTPUT_TOKENS=${12#=}} ${13:+MAX_THINKING_TOKENS=${13#=}} \
    ${14:+CLAUDE_CODE_EFFORT_LEVEL=${14#=}} ${15:+ANTHROPIC_BEDROCK_SERVICE_TIER=${15#=}} \
    ${16:+AWS_BEARER_TOKEN_BEDROCK=${16#=}} ${17:+ANTHROPIC_BEDROCK_BASE_URL=${17#=}} ${18:+BEDROCKENV_DIR=${18#=}} \
    ${19:+BEDROCKENV_PROFILE=${19#=}} ${20:+BEDROCKENV_MODEL=${20#=}}
  set -A _bedrockenv_absent_$n $absent
  set -A _bedrockenv_watch_$n $watch
  set -A _bedrockenv_notes_$n ${(ps:\x1f:)fields[15]}
  _bedrockenv_texts[n]=$fields[4] _bedrockenv_labels[n]=$fields[5] _bedrockenv_kinds[n]=$fields[6]
  _bedrockenv_tokens[n]=$fields[7] _bedrockenv_signs[n]=$fields[8] _bedrockenv_records[n]=$fields[10]
  _bedrockenv_values[n]=$fields[11] _bedrockenv_times[n]=$fields[14] _bedrockenv_seen[n]="$seen" _bedrockenv_expiries[n]=
  _bedrockenv_keys[n]=$fields[3]:$fields[5]:${fields[15]%$'\x1f'} _bedrockenv_places[n]=$file place=$n
  if [[ "$fields[6] $fields[7] $seen[-1]" == "$_bedrockenv_last_token" ]]; then
    _bedrockenv_expiries[n]=$_bedrockenv_last_expires
  fi
}

# Is what was passed over as it was?
_bedrockenv_still_pending() {
  local file real verdict
  for file real verdict in "$_bedrockenv_pending[@]"; do
    _bedrockenv_judge $file $real
    [[ $REPLY != text* ]] || _bedrockenv_approved $real "${REPLY#text }" || REPLY=un$REPLY
    [[ $REPLY == "$verdict" ]] || return 1
  done
}

# Is one of the variables another function's own? Then what is to be done waits for the prompt.
_bedrockenv_shadowed() {
  local name
  for name in $_bedrockenv_names; do [[ ${(Pt)name} != *local* ]] || { _bedrockenv_pwd=; return 0 }; done
  return 1
}

# Says each of the notes.
_bedrockenv_remark() {
  local line
  _bedrockenv_unveil
  for line; do print -ru2 -- "bedrockenv: $line"; done
  _bedrockenv_note=
}

# Brings the variables in line with $PWD, at the `cd` itself (so that `cd project && claude` is right) and at the prompt,
# where it also signs in and says what is new. Steady state: a few stats, nothing read, nothing said.
#
# In zsh a statement that runs a builtin costs four system calls more than one that only tests and assigns, and so does
# each block around it, even if its condition does not hold. So here are no such blocks, but `condition || builtin`.
#
# Which of the two it is: before 5.9, $0 in a function that zsh calls by itself is that of the shell.
function _bedrockenv_precmd _bedrockenv_chpwd {
  # No `cd` before the first prompt: start-up files may cd about.
  [[ $ZSH_SUBSHELL == 0 && ( -n $_bedrockenv_state || $funcstack[1] == *precmd ) ]] || return 0
  local REPLY file seen now steady=1 place=0
  [[ -z ${BEDROCKENV_DISABLE-}${CLAUDECODE-}${BEDROCKENV_DIRENV-} ]] || ! _bedrockenv_elsewhere || return 0
  # direnv took the record along when a variable was set below, or has brought an older one back.
  [[ -z $_bedrockenv_key || ${+functions[_direnv_hook]} == 0 ||
    ${BEDROCKENV_STATE-} == "$_bedrockenv_records[_bedrockenv_at]" ]] || _bedrockenv_pwd=

  if [[ $PWD != "$_bedrockenv_pwd" ]]; then
    file=$PWD
    if [[ $file == / ]]; then file=; fi
    if [[ -n $_bedrockenv_pwd && -z $_bedrockenv_pending &&
      ( ( -z $_bedrockenv_file && ! -e $file/.bedrockrc ) || ( -n $_bedrockenv_file && $PWD/ == "$_bedrockenv_dir"/* ) )
      ]]; then
      # Still below the applied file (or, with none, outside of all): then only what lies nearer is to be looked at.
      _bedrockenv_nearer=()
      while [[ -n $file && ( -z $_bedrockenv_file || $file != "$_bedrockenv_dir" ) ]]; do
        _bedrockenv_nearer+=( $file/.bedrockrc ) file=${file:h}
        if [[ $file == / ]]; then file=; fi
      done
      if [[ -z $_bedrockenv_file ]]; then _bedrockenv_nearer+=( /.bedrockrc ); fi
    else
      steady=
    fi
    _bedrockenv_pwd=$PWD _bedrockenv_failed=
  fi
  if [[ -n $steady ]]; then
    REPLY=_bedrockenv_absent_$_bedrockenv_at
    for file in $_bedrockenv_nearer ${(P)REPLY}; do if [[ -e "$file" ]]; then steady=; fi; done
  fi
  REPLY=_bedrockenv_watch_$_bedrockenv_at
  [[ -z $steady || $_bedrockenv_at == 0 ]] || zstat -gF %y%m%d%H%M%S%9. -A seen +mtime ${(P)REPLY} 2>/dev/null
  [[ -z $steady || $_bedrockenv_at == 0 || ( -n $seen && "$seen" == "$_bedrockenv_seen[_bedrockenv_at]" ) ]] ||
    _bedrockenv_same_inputs $_bedrockenv_at || steady=
  [[ -z $steady || -z $_bedrockenv_pending ]] || _bedrockenv_still_pending || steady=

  [[ -n $steady ]] || {
    # A `cd` in a function that has one of the variables as its own local: wait for the prompt.
    [[ $funcstack[1] == *precmd || ${#funcstack} == 1 ]] || ! _bedrockenv_shadowed || return 0
    _bedrockenv_settled=1 _bedrockenv_state=${XDG_STATE_HOME:-$HOME/.local/state}/bedrockenv
    _bedrockenv_pending=() _bedrockenv_nearer=()
    if [[ $_bedrockenv_at -gt 0 && $_bedrockenv_at -lt 17 &&
      ${BEDROCKENV_STATE-} == "$_bedrockenv_records[_bedrockenv_at]" ]]; then
      # All that is set now, and how: when it is what we set and nothing else, one builtin takes it back.
      seen=${(t)CLAUDE_CODE_USE_BEDROCK}${(t)AWS_PROFILE}${(t)AWS_REGION}${(t)ANTHROPIC_MODEL}
      seen+=${(t)ANTHROPIC_DEFAULT_OPUS_MODEL}${(t)ANTHROPIC_DEFAULT_SONNET_MODEL}${(t)ANTHROPIC_DEFAULT_HAIKU_MODEL}
      seen+=${(t)ANTHROPIC_SMALL_FAST_MODEL}${(t)ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION}${(t)DISABLE_PROMPT_CACHING}
      seen+=${(t)ENABLE_PROMPT_CACHING_1H}${(t)CLAUDE_CODE_MAX_OUTPUT_TOKENS}${(t)MAX_THINKING_TOKENS}
      seen+=${(t)CLAUDE_CODE_EFFORT_LEVEL}${(t)ANTHROPIC_BEDROCK_SERVICE_TIER}${(t)AWS_BEARER_TOKEN_BEDROCK}
      seen+=${(t)ANTHROPIC_BEDROCK_BASE_URL}${(t)BEDROCKENV_DIR}${(t)BEDROCKENV_PROFILE}${(t)BEDROCKENV_MODEL}
      file="${CLAUDE_CODE_USE_BEDROCK+=$CLAUDE_CODE_USE_BEDROCK}"$'\x1f'"${AWS_PROFILE+=$AWS_PROFILE}"$'\x1f'
      file+="${AWS_REGION+=$AWS_REGION}"$'\x1f'"${ANTHROPIC_MODEL+=$ANTHROPIC_MODEL}"$'\x1f'
      file+="${ANTHROPIC_DEFAULT_OPUS_MODEL+=$ANTHROPIC_DEFAULT_OPUS_MODEL}"$'\x1f'
      file+="${ANTHROPIC_DEFAULT_SONNET_MODEL+=$ANTHROPIC_DEFAULT_SONNET_MODEL}"$'\x1f'
      file+="${ANTHROPIC_DEFAULT_HAIKU_MODEL+=$ANTHROPIC_DEFAULT_HAIKU_MODEL}"$'\x1f'
      file+="${ANTHROPIC_SMALL_FAST_MODEL+=$ANTHROPIC_SMALL_FAST_MODEL}"$'\x1f'
      file+="${ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION+=$ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION}"$'\x1f'
      file+="${DISABLE_PROMPT_CACHING+=$DISABLE_PROMPT_CACHING}"$'\x1f'
      file+="${ENABLE_PROMPT_CACHING_1H+=$ENABLE_PROMPT_CACHING_1H}"$'\x1f'
      file+="${CLAUDE_CODE_MAX_OUTPUT_TOKENS+=$CLAUDE_CODE_MAX_OUTPUT_TOKENS}"$'\x1f'
      file+="${MAX_THINKING_TOKENS+=$MAX_THINKING_TOKENS}"$'\x1f'
      file+="${CLAUDE_CODE_EFFORT_LEVEL+=$CLAUDE_CODE_EFFORT_LEVEL}"$'\x1f'
      file+="${ANTHROPIC_BEDROCK_SERVICE_TIER+=$ANTHROPIC_BEDROCK_SERVICE_TIER}"$'\x1f'
      file+="${AWS_BEARER_TOKEN_BEDROCK+=$AWS_BEARER_TOKEN_BEDROCK}"$'\x1f'
      file+="${ANTHROPIC_BEDROCK_BASE_URL+=$ANTHROPIC_BEDROCK_BASE_URL}"$'\x1f'
      file+="${BEDROCKENV_DIR+=$BEDROCKENV_DIR}"$'\x1f'"${BEDROCKENV_PROFILE+=$BEDROCKENV_PROFILE}"$'\x1f'
      file+="${BEDROCKENV_MODEL+=$BEDROCKENV_MODEL}"$'\x1f'
      if [[ $file == "$_bedrockenv_values[_bedrockenv_at]" && $seen != *readonly* ]]; then
        place=$_bedrockenv_at _bedrockenv_kept=()
      fi
    fi
    (( ! place )) || unset $_bedrockenv_names BEDROCKENV_STATE
    [[ -z ${BEDROCKENV_STATE-} ]] || _bedrockenv_leave
    [[ $_bedrockenv_safe == "$_bedrockenv_state" ]] || _bedrockenv_check_state
    _bedrockenv_key= _bedrockenv_file= _bedrockenv_label= _bedrockenv_kind= _bedrockenv_at=0 place=0
    file=$PWD seen=
    if [[ $file == / ]]; then file=; fi
    # The usual case: none of the variables that a plan may set or depend on has a value before us.
    if [[ -v CLAUDE_CODE_USE_BEDROCK || -v AWS_PROFILE || -v AWS_REGION || -v ANTHROPIC_MODEL ||
      -v ANTHROPIC_DEFAULT_OPUS_MODEL || -v ANTHROPIC_DEFAULT_SONNET_MODEL || -v ANTHROPIC_DEFAULT_HAIKU_MODEL ||
      -v ANTHROPIC_SMALL_FAST_MODEL || -v ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION || -v DISABLE_PROMPT_CACHING ||
      -v ENABLE_PROMPT_CACHING_1H || -v CLAUDE_CODE_MAX_OUTPUT_TOKENS || -v MAX_THINKING_TOKENS ||
      -v CLAUDE_CODE_EFFORT_LEVEL || -v ANTHROPIC_BEDROCK_SERVICE_TIER || -v AWS_BEARER_TOKEN_BEDROCK ||
      -v ANTHROPIC_BEDROCK_BASE_URL || -v BEDROCKENV_DIR || -v BEDROCKENV_PROFILE || -v BEDROCKENV_MODEL ||
      -v AWS_DEFAULT_PROFILE || -v AWS_DEFAULT_REGION || -v AWS_CONFIG_FILE || -v AWS_SHARED_CREDENTIALS_FILE ||
      -v BEDROCKENV_CONFIG || -n $_bedrockenv_kept$_bedrockenv_adopt$_bedrockenv_unsafe ]]; then file=-
    else
      while [[ -n $file && ! -e $file/.bedrockrc && ! -h $file/.bedrockrc ]]; do
        _bedrockenv_nearer+=( $file/.bedrockrc ) file=${file:h}
        if [[ $file == / ]]; then file=; fi
      done
      # One that was here lately, with the same text, and nothing has happened since to the files that it comes from.
      if [[ -n $file && -f $file/.bedrockrc && -r $file/.bedrockrc ]]; then
        place=$_bedrockenv_places[(Ie)$file]
      fi
    fi
    (( ! place )) || sysread -s 4097 REPLY <$file/.bedrockrc || place=0
    if [[ $place != 0 && $REPLY != "$_bedrockenv_texts[place]" ]]; then place=0; fi
    REPLY=_bedrockenv_watch_$place
    (( ! place )) || zstat -gF %y%m%d%H%M%S%9. -A seen +mtime ${(P)REPLY} 2>/dev/null
    if (( place )); then
      REPLY=_bedrockenv_absent_$place
      if [[ -z $seen || "$seen" != "$_bedrockenv_seen[place]" ]]; then place=0; fi
      for seen in ${(P)REPLY}; do if [[ -e "$seen" ]]; then place=0; fi; done
    fi
    [[ $place != 0 || $file != /* || -z $_bedrockenv_exact ]] || _bedrockenv_read_usual
    if (( place )); then
      _bedrockenv_at=$place _bedrockenv_file=$file/.bedrockrc _bedrockenv_dir=$file
      _bedrockenv_label=$_bedrockenv_labels[place] _bedrockenv_key=$_bedrockenv_keys[place]
      _bedrockenv_kind=$_bedrockenv_kinds[place] _bedrockenv_expires=$_bedrockenv_expiries[place]
      REPLY=_bedrockenv_pairs_$place
    fi
    (( ! place )) || typeset -gx BEDROCKENV_STATE=$_bedrockenv_records[place] "${(@P)REPLY}"
    if [[ $place == 0 && -z $file && ! -e /.bedrockrc && ! -h /.bedrockrc && ${XDG_CONFIG_HOME:-/} == /* &&
      ! -e $_bedrockenv_state/default && ! -e ${XDG_CONFIG_HOME:-$HOME/.config}/bedrockenv/config.yaml ]]; then
      # Outside of all.
      steady=1
      _bedrockenv_nearer+=( /.bedrockrc )
      _bedrockenv_absent_0=( ${XDG_CONFIG_HOME:-$HOME/.config}/bedrockenv/config.yaml )
    fi
    [[ -n $steady || $place != 0 || -n $_bedrockenv_unsafe ]] || _bedrockenv_settle
    # What was changed by hand in a place is of interest to the same place only, when it is settled anew.
    _bedrockenv_kept=()
  }
  [[ $funcstack[1] == *precmd ]] || return 0

  # While the session lasts for five minutes or more, this comparison is all that it costs.
  if [[ -n $_bedrockenv_kind ]]; then now=${(%):-%D{%s}}; fi
  [[ -z $_bedrockenv_kind || ( -n $_bedrockenv_expires && ${_bedrockenv_expires#r} -gt $now+300 ) ]] ||
    _bedrockenv_session $now
  (( _bedrockenv_settled )) || return 0
  _bedrockenv_settled=0
  if [[ $_bedrockenv_key == "$_bedrockenv_shown" ]]; then file=
  else
    _bedrockenv_shown=$_bedrockenv_key file=1 seen=
    if [[ -n $_bedrockenv_kind ]]; then
      (( steady = (${_bedrockenv_expires#r} - now) / 60 ))
      if (( steady >= 60 )); then seen=" · session $(( steady / 60 ))h $(( steady % 60 ))m"
      elif [[ -z $_bedrockenv_expires ]]; then seen=' · not signed in'
      elif (( ${_bedrockenv_expires#r} > now )); then seen=" · session ${steady}m"
      elif [[ $_bedrockenv_expires == r* ]]; then seen=' · session renews itself'
      else seen=' · session expired'
      fi
    fi
  fi
  [[ -z $file || -z $_bedrockenv_label || -n ${BEDROCKENV_QUIET-} || ${+__p9k_instant_prompt_active} == 0 ]] ||
    _bedrockenv_unveil
  [[ -z $file || -z $_bedrockenv_label || -n ${BEDROCKENV_QUIET-} ]] ||
    print -ru2 -- "bedrockenv: $_bedrockenv_label$seen"
  REPLY=_bedrockenv_notes_$_bedrockenv_at
  [[ -z $file || -z ${(P)REPLY}$_bedrockenv_note ]] || _bedrockenv_remark "${(@P)REPLY}" $_bedrockenv_note
  [[ -z $_bedrockenv_pending$_bedrockenv_reported$_bedrockenv_unsafe$_bedrockenv_said$_bedrockenv_gone$_bedrockenv_lost ]] ||
    _bedrockenv_report
  return 0
}

# At a `cd`, before direnv's turn (it puts its hook in front of all others): when it is about to switch, what we have set
# must be gone, for we are above it.
_bedrockenv_before_direnv() {
  [[ -n ${BEDROCKENV_STATE-} ]] && (( ! ZSH_SUBSHELL )) || return 0
  local dir=$PWD
  while [[ -n $dir && ! -f $dir/.envrc ]]; do dir=${dir%/*}; done
  [[ ${dir:+-}$dir != "${DIRENV_DIR-}" && ! $dir -ef ${${DIRENV_DIR-}#-} ]] || return 0
  _bedrockenv_leave
  _bedrockenv_key= _bedrockenv_pwd=
}

# ── 8. Installing and unloading ──────────────────────────────────────────────────────────────────────────────────────

typeset -ga precmd_functions chpwd_functions
() {
  (( $precmd_functions[(Ie)_bedrockenv_precmd] )) || precmd_functions+=( _bedrockenv_precmd )
  (( $chpwd_functions[(Ie)_bedrockenv_chpwd] )) || chpwd_functions+=( _bedrockenv_chpwd )
  (( ! ${+functions[_direnv_hook]} || $chpwd_functions[(Ie)_bedrockenv_before_direnv] )) ||
    chpwd_functions=( _bedrockenv_before_direnv $chpwd_functions )
}

# Puts everything back and takes the hook away. The builtin `sysread` stays: someone else may count on it by now.
bedrockenv_plugin_unload() {
  _bedrockenv_leave
  [[ -z $_bedrockenv_lost ]] || _bedrockenv_report
  precmd_functions=( ${precmd_functions:#_bedrockenv_precmd} )
  chpwd_functions=( ${chpwd_functions:#_bedrockenv_(chpwd|before_direnv)} )
  (( ${#precmd_functions} )) || unset precmd_functions
  (( ${#chpwd_functions} )) || unset chpwd_functions
  unset -m '_bedrockenv_*'
  unfunction -m '_bedrockenv_*' bedrockenv_plugin_unload
}
