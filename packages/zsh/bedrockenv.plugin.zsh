# bedrockenv for zsh (5.3 and later): sets what a directory needs to run Claude Code on Amazon Bedrock.
#
# The CLI compiles each directory's environment into a plan, NUL-separated fields in a file; this hook reads it with
# builtins and exports the pairs. It evaluates no text and, while nothing changes, starts no process.
# The fields and the algorithm: docs/plan.md. The same sections stand in the same order in every shell's hook.

# ── 1. Guards ────────────────────────────────────────────────────────────────────────────────────────────────────────

# Start-up is only this block: a sourced file is parsed command by command, so what stands below its `return` costs
# nothing until the first prompt sources the file again. Text given to `eval` has been parsed already. Quoted words are
# no aliases.
if 'builtin' 'test' "${-//[^i]/}${CLAUDECODE-}${_bedrockenv_load-}:${zsh_eval_context[-1]}" = i:file; then
  'builtin' 'typeset' -g _bedrockenv_load=${(%):-%x}
  _bedrockenv_precmd() {
    'builtin' 'emulate' '-L' 'zsh' '-o' 'no_aliases'
    if 'builtin' 'test' -r "$_bedrockenv_load"; then
      'builtin' 'source' $_bedrockenv_load
      _bedrockenv_precmd
    else
      'builtin' 'unfunction' _bedrockenv_precmd
    fi
  }
  'builtin' 'typeset' -ga precmd_functions
  () {
    'builtin' 'emulate' '-L' 'zsh'
    (( $precmd_functions[(Ie)_bedrockenv_precmd] )) || precmd_functions+=( _bedrockenv_precmd )
  }
  'builtin' 'return' 0
fi

# The rest.
[[ -o interactive && -z ${CLAUDECODE-} ]] || return 0
unset _bedrockenv_load

# An alias would be expanded while these functions are parsed.
[[ ! -o aliases ]] || typeset -g _bedrockenv_aliases=1
'builtin' 'setopt' 'no_aliases'

# Evaluated again, it keeps what it knows.
if (( ! ${+_bedrockenv_own} )); then
  # Where we are, and the directory files from there up to the applied one (or to the root), which must stay absent.
  typeset -g _bedrockenv_state= _bedrockenv_pwd= _bedrockenv_failed= _bedrockenv_safe=
  typeset -ga _bedrockenv_nearer
  # What is applied: the directory file, what to watch (pairs of file and stamp; files that must stay absent), the
  # fields of its plan, the record as this shell wrote it.
  typeset -g _bedrockenv_file= _bedrockenv_root= _bedrockenv_generation= _bedrockenv_label= _bedrockenv_kind=
  typeset -g _bedrockenv_session= _bedrockenv_profile= _bedrockenv_token= _bedrockenv_login= _bedrockenv_cooldown=
  typeset -g _bedrockenv_stamps= _bedrockenv_expires= _bedrockenv_own=
  typeset -ga _bedrockenv_present _bedrockenv_absent _bedrockenv_notes _bedrockenv_kept _bedrockenv_plan
  # The assignments made, when they can be taken back by one `unset`.
  typeset -ga _bedrockenv_quick
  # What was passed over (file, real directory, verdict), and what has been said of it.
  typeset -ga _bedrockenv_pending
  typeset -gA _bedrockenv_reported
  typeset -g _bedrockenv_shown= _bedrockenv_unsafe= _bedrockenv_said= _bedrockenv_gone= _bedrockenv_adopt=
  typeset -gi _bedrockenv_next=0 _bedrockenv_settled=0
  # Places that were entered lately, for coming back: $PWD to the number of an array _bedrockenv_place_N.
  typeset -gA _bedrockenv_places
  typeset -gi _bedrockenv_place=0
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

# ── 2. Reading ───────────────────────────────────────────────────────────────────────────────────────────────────────
# A function call costs as much as five stats, so what each prompt does is written out in place.

# Reads a regular file, at most $2 bytes of it, into REPLY, and their number into size. The type check keeps a FIFO
# from hanging the prompt.
_bedrockenv_read() {
  REPLY= size=0
  [[ -f $1 && -r $1 ]] || return 1
  sysread -s $2 -c size REPLY <$1
  return 0
}

# The verdict on a directory file $1 whose real directory is $2, into REPLY: `broken …`, `denied` or `text …`.
_bedrockenv_judge() {
  if [[ -e $_bedrockenv_state/denied$2/.bedrockrc ]]; then REPLY=denied
  elif [[ ! -f $1 ]]; then REPLY='broken (not a regular file)'
  elif [[ ! -r $1 ]]; then REPLY='broken (not readable)'
  else
    REPLY= size=0
    sysread -s 65537 -c size REPLY <$1
    if (( size > 65536 )); then REPLY='broken (larger than 64 KiB)'
    elif [[ $REPLY == *$'\0'* ]]; then REPLY='broken (contains a NUL byte)'
    else REPLY="text $REPLY"
    fi
  fi
}

# Is $2 what the user approved for the directory $1?
_bedrockenv_approved() {
  local REPLY file=$_bedrockenv_state/approvals$1/.bedrockrc
  [[ -O $file ]] && _bedrockenv_read $file 65537 && [[ $REPLY == "$2" ]]
}

# Finds a plan of directory $1 ('' for outside of projects) whose text is $2, that fits the ambient environment and
# whose inputs are as they were; leaves its fields in _bedrockenv_plan and what to watch in _bedrockenv_present and
# _bedrockenv_absent.
_bedrockenv_find_plan() {
  local plan=$_bedrockenv_state/default slot op name value
  local -a p
  local -i i vars
  [[ -z $1 ]] || plan=$_bedrockenv_state/plans$1/.bedrockrc
  for slot in '' .1 .2 .3; do
    [[ -O $plan$slot && -f $plan$slot ]] || continue
    sysread -s 262144 REPLY <$plan$slot
    p=( "${(@0)REPLY}" )
    # `end`, and the empty element that a final NUL leaves: the plan is whole.
    [[ $p[1] == bedrockenv-plan/1 && $p[3] == "$1" && $p[4] == "$2" && $p[-2] == end && -z $p[-1] && -d $p[12] &&
      "$p[13] $p[14] $p[15] $p[16]" == <0-999>\ <0-999>\ <0-999>\ <0-999> ]] || continue
    (( vars = 17 + 2 * p[13] + 2 * p[14] + p[15], $#p == vars + 3 * p[16] + 1 )) || continue
    for name value in "${(@)p[17,16+2*p[13]]}"; do
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
    for op name value in "${(@)p[vars,-3]}"; do
      (( $_bedrockenv_names[(Ie)$name] )) && [[ $op == (set|unset|env|file|command) ]] || continue 2
    done
    i=0 _bedrockenv_present=() _bedrockenv_absent=()
    for name value in "${(@)p[17+2*p[13],16+2*p[13]+2*p[14]]}"; do
      if [[ -n $value ]]; then _bedrockenv_present+=( $name $p[12]/$i ); else _bedrockenv_absent+=( $name ); fi
      (( i++ ))
    done
    for name in $_bedrockenv_absent; do [[ ! -e $name ]] || continue 2; done
    for name value in $_bedrockenv_present; do
      [[ -e $name && ! $name -nt $value && ! $name -ot $value ]] || continue 2
    done
    _bedrockenv_plan=( "$p[@]" )
    return 0
  done
  return 1
}

# ── 3. What applies here ─────────────────────────────────────────────────────────────────────────────────────────────

# Runs the CLI: the recorded one, or else whatever `bedrockenv` is on PATH (a new Node version, a moved install).
_bedrockenv_run() {
  if [[ -x ${_bedrockenv_node-} && -f ${_bedrockenv_cli-} ]]; then
    command $_bedrockenv_node $_bedrockenv_cli "$@"
  elif (( $+commands[bedrockenv] )) || { rehash; (( $+commands[bedrockenv] )) }; then
    command bedrockenv "$@"
  else
    _bedrockenv_gone=${_bedrockenv_gone:-new}
    return 127
  fi
}

# Is the state folder the user's alone? Asked once per shell and folder, until the answer is yes.
_bedrockenv_check_state() {
  local -a safe
  _bedrockenv_unsafe=
  [[ -e $_bedrockenv_state ]] || return 0
  safe=( $_bedrockenv_state(N-/f:go-w:) )
  if [[ ! -O $_bedrockenv_state ]]; then
    _bedrockenv_unsafe="${(V)_bedrockenv_state} belongs to another user; nothing is applied"
  elif (( ! $#safe )); then
    _bedrockenv_unsafe="${(V)_bedrockenv_state} is writable by others; nothing is applied; run: chmod 700 ${(q)${(V)_bedrockenv_state}}"
  else
    _bedrockenv_safe=$_bedrockenv_state
  fi
  [[ -z $_bedrockenv_unsafe ]]
}

# Finds a plan as _bedrockenv_find_plan does, and compiles when there is none and the text is approved.
# 0: found, 1: not approved, 2: could not be compiled; then it is not tried again before $PWD changes.
_bedrockenv_plan_for() {
  _bedrockenv_find_plan "$1" "$2" && return 0
  [[ -z $1 ]] || _bedrockenv_approved "$1" "$2" || return 1
  [[ $_bedrockenv_failed != "${1:-/}" ]] || return 2
  if [[ -n $1 ]]; then _bedrockenv_run compile --dir "$1"; else _bedrockenv_run compile --default; fi
  _bedrockenv_find_plan "$1" "$2" && return 0
  _bedrockenv_failed=${1:-/}
  return 2
}

# Looks from $PWD upwards for the nearest directory file that may be applied and enters it. What it passes over is kept
# in _bedrockenv_pending, what does not exist in _bedrockenv_nearer.
_bedrockenv_settle() {
  local dir=$PWD file real text config=${BEDROCKENV_CONFIG:-${XDG_CONFIG_HOME:-$HOME/.config}/bedrockenv/config.yaml}
  _bedrockenv_nearer=()
  while [[ -n $dir ]]; do
    file=${dir%/}/.bedrockrc
    [[ $dir != / ]] && dir=${dir%/*} && dir=${dir:-/} || dir=
    if [[ ! -e $file && ! -h $file ]]; then
      _bedrockenv_nearer+=( $file )
      continue
    fi
    real=${file:h:A}
    _bedrockenv_judge $file $real
    if [[ $REPLY == text* ]]; then
      text=$REPLY
      _bedrockenv_plan_for $real "${text#text }"
      case $? in
        (0)
          _bedrockenv_file=$file
          _bedrockenv_enter
          (( $#_bedrockenv_pending )) || _bedrockenv_remember
          return ;;
        (1) REPLY=un$text ;;
        (2) REPLY=$text ;;
      esac
    fi
    _bedrockenv_pending+=( $file $real "$REPLY" )
  done
  if [[ -e $_bedrockenv_state/default || -e $config ]] && _bedrockenv_plan_for '' ''; then _bedrockenv_enter
  else
    _bedrockenv_present=() _bedrockenv_absent=() _bedrockenv_stamps=
    [[ -e $config ]] || _bedrockenv_absent=( $config )
  fi
}

# ── 4. Enter and leave ───────────────────────────────────────────────────────────────────────────────────────────────

# Applies the plan in _bedrockenv_plan and writes the record of what was there before.
_bedrockenv_enter() {
  local -a p=( "$_bedrockenv_plan[@]" )
  local op name value how ours previous record
  local -i kept vars=$(( 17 + 2 * p[13] + 2 * p[14] + p[15] ))
  _bedrockenv_generation=$p[2] _bedrockenv_root=$p[3] _bedrockenv_label=$p[5] _bedrockenv_kind=$p[6]
  _bedrockenv_session=$p[7] _bedrockenv_profile=$p[8] _bedrockenv_token=$p[9] _bedrockenv_login=$p[10]
  _bedrockenv_cooldown=$p[11] _bedrockenv_stamps=$p[12] _bedrockenv_expires=
  (( ! p[15] )) || _bedrockenv_notes=( "${(@)p[vars-p[15],vars-1]}" )
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
      (*) _bedrockenv_secret $op "$value" || continue; value=$REPLY ours='*' ;;
    esac
    kept=$_bedrockenv_kept[(Ie)$name]
    if (( kept )) && [[ $_bedrockenv_kept[1] == "$_bedrockenv_root" && $_bedrockenv_kept[kept+1] == "$ours" ]]; then
      # Changed by hand here since we set the same value: it stays, and so does the record of what was before us.
      how=$_bedrockenv_kept[kept+2] previous=$_bedrockenv_kept[kept+3]
    elif [[ -z $ours ]]; then unset $name
    else typeset -gx "$name=$value"
    fi
    ours=${${ours//\%/%25}//$'\x1f'/%1F} previous=${${previous//\%/%25}//$'\x1f'/%1F}
    record+=$'\x1f'$name$'\x1f'$ours$'\x1f'$how$'\x1f'$previous
  done
  _bedrockenv_own= _bedrockenv_kept=() _bedrockenv_quick=()
  if [[ -n $record ]]; then
    _bedrockenv_own=1$'\x1f'$p[2]$'\x1f'${${p[3]//\%/%25}//$'\x1f'/%1F}$record
    typeset -gx BEDROCKENV_STATE=$_bedrockenv_own
  fi
  # A shell started inside the project has nothing new to say.
  [[ -z $_bedrockenv_adopt || $_bedrockenv_adopt != "$_bedrockenv_generation:$_bedrockenv_root" ]] ||
    _bedrockenv_shown=$_bedrockenv_root:$_bedrockenv_label:${(pj:\0:)_bedrockenv_notes}
  _bedrockenv_adopt=
}

# A secret's value into REPLY, from the place that the plan names: it never lies in the plan or in the record.
_bedrockenv_secret() {
  REPLY=
  case $1 in
    (env) [[ $2 == [A-Za-z_]* && $2 != *[^A-Za-z0-9_]* ]] && REPLY=${(P)2-} ;;
    (file) _bedrockenv_read $2 65537 && REPLY=${${REPLY%%$'\n'*}%$'\r'} ;;
    (command) REPLY=$(_bedrockenv_run api-key --dir "${_bedrockenv_root:-/}") ;;
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
  if [[ $BEDROCKENV_STATE == "$_bedrockenv_own" ]] && (( $#_bedrockenv_quick )); then
    for name in "$_bedrockenv_quick[@]"; do
      [[ ${(P)${name%%=*}} == "${name#*=}" ]] || { inherited=1; break }
    done
    if (( ! inherited )); then
      unset BEDROCKENV_STATE ${_bedrockenv_quick%%=*}
      return 0
    fi
    inherited=0
  fi
  (( $#BEDROCKENV_STATE > 262144 )) || fields=( "${(@ps:\x1f:)BEDROCKENV_STATE}" )
  if [[ $BEDROCKENV_STATE != "$_bedrockenv_own" ]]; then
    inherited=1
    [[ $fields[1] == 1 ]] && (( $#fields % 4 == 3 )) || fields=()
    for name ours how previous in "${(@)fields[4,-1]}"; do
      (( $_bedrockenv_names[(Ie)$name] )) && [[ $ours == (|\*|=*) && $how == [uxl] ]] || { fields=(); break }
    done
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
    elif [[ ( -n $type && "=${(P)name}" == "$ours" ) || $ours == '*' || -z $ours$type ]]; then
      case $how in
        (x) typeset -gx "$name=$previous" ;;
        # A shell-local value of another shell never was in this one.
        (l) (( inherited )) && unset $name || typeset -g +x "$name=$previous" ;;
        (u) unset $name ;;
      esac
    else
      (( $#_bedrockenv_kept )) || _bedrockenv_kept=( "$fields[3]" )
      (( inherited )) && [[ $how == l ]] && how=u previous=
      _bedrockenv_kept+=( $name "$ours" $how "$previous" )
    fi
  done
}

# Keeps the place just entered for coming back to it, if none of the variables had a value before and no secret is among
# them. Sixteen places, of at most 4 KiB of text each.
_bedrockenv_remember() {
  local -a fields names
  local name ours how previous
  fields=( "${(@ps:\x1f:)_bedrockenv_own}" )
  [[ $_bedrockenv_own != *%* ]] && (( $#_bedrockenv_plan[4] < 4096 && $#fields > 3 )) || return 0
  for name ours how previous in "${(@)fields[4,-1]}"; do
    [[ $how == u && $ours == '='* ]] || return 0
    names+=( "$name$ours" )
  done
  _bedrockenv_quick=( "$names[@]" )
  local place=$_bedrockenv_places[$PWD]
  if [[ -z $place ]]; then
    place=$(( _bedrockenv_place = _bedrockenv_place % 16 + 1 ))
    for name in "${(@k)_bedrockenv_places}"; do
      [[ $_bedrockenv_places[$name] != $place ]] || _bedrockenv_places[$name]=
    done
    _bedrockenv_places[$PWD]=$place
  fi
  set -A _bedrockenv_place_$place "$_bedrockenv_plan[4]" \
    "${AWS_DEFAULT_PROFILE-}:${AWS_DEFAULT_REGION-}:${AWS_CONFIG_FILE-}:${AWS_SHARED_CREDENTIALS_FILE-}:${BEDROCKENV_CONFIG-}" \
    "$_bedrockenv_own" "$_bedrockenv_file" "$_bedrockenv_root" "$_bedrockenv_generation" "$_bedrockenv_label" \
    "$_bedrockenv_kind" "$_bedrockenv_session" "$_bedrockenv_profile" "$_bedrockenv_token" "$_bedrockenv_login" \
    "$_bedrockenv_cooldown" "$_bedrockenv_stamps" $#_bedrockenv_nearer $#_bedrockenv_absent $#_bedrockenv_present $#names \
    "$_bedrockenv_nearer[@]" "$_bedrockenv_absent[@]" "$_bedrockenv_present[@]" "$names[@]" "$_bedrockenv_notes[@]"
}

# Enters the place number $1 again, if all is as it was: one builtin sets all variables.
_bedrockenv_come_back() {
  local place=_bedrockenv_place_$1 file stamp
  local -a p=( "${(@P)place}" )
  local -i a=$(( 18 + p[15] )) b=$(( 18 + p[15] + p[16] )) c=$(( 18 + p[15] + p[16] + p[17] ))
  local -i d=$(( c + p[18] ))
  [[ -f $p[4] && -r $p[4] && -d $p[14] && $p[2] == "${AWS_DEFAULT_PROFILE-}:${AWS_DEFAULT_REGION-}:${AWS_CONFIG_FILE-}:${AWS_SHARED_CREDENTIALS_FILE-}:${BEDROCKENV_CONFIG-}" &&
    -z ${CLAUDE_CODE_USE_BEDROCK+1}${AWS_PROFILE+1}${AWS_REGION+1}${ANTHROPIC_MODEL+1}\
${ANTHROPIC_DEFAULT_OPUS_MODEL+1}${ANTHROPIC_DEFAULT_SONNET_MODEL+1}${ANTHROPIC_DEFAULT_HAIKU_MODEL+1}\
${ANTHROPIC_SMALL_FAST_MODEL+1}${ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION+1}${DISABLE_PROMPT_CACHING+1}\
${ENABLE_PROMPT_CACHING_1H+1}${CLAUDE_CODE_MAX_OUTPUT_TOKENS+1}${MAX_THINKING_TOKENS+1}${CLAUDE_CODE_EFFORT_LEVEL+1}\
${ANTHROPIC_BEDROCK_SERVICE_TIER+1}${AWS_BEARER_TOKEN_BEDROCK+1}${ANTHROPIC_BEDROCK_BASE_URL+1}${BEDROCKENV_DIR+1}\
${BEDROCKENV_PROFILE+1}${BEDROCKENV_MODEL+1} ]] || return 1
  sysread -s 4097 REPLY <$p[4]
  [[ $REPLY == "$p[1]" ]] || return 1
  for file in "${(@)p[19,b]}"; do [[ ! -e $file ]] || return 1; done
  for file stamp in "${(@)p[b+1,c]}"; do
    [[ -e $file && ! $file -nt $stamp && ! $file -ot $stamp ]] || return 1
  done
  _bedrockenv_quick=( "${(@)p[c+1,d]}" )
  typeset -gx "$_bedrockenv_quick[@]" "BEDROCKENV_STATE=$p[3]"
  _bedrockenv_own=$p[3] _bedrockenv_file=$p[4] _bedrockenv_root=$p[5] _bedrockenv_generation=$p[6] _bedrockenv_label=$p[7]
  _bedrockenv_kind=$p[8] _bedrockenv_session=$p[9] _bedrockenv_profile=$p[10] _bedrockenv_token=$p[11]
  _bedrockenv_login=$p[12] _bedrockenv_cooldown=$p[13] _bedrockenv_stamps=$p[14]
  # Read again: someone may have signed out, or in, meanwhile.
  _bedrockenv_expires=
  _bedrockenv_nearer=( "${(@)p[19,a]}" ) _bedrockenv_absent=( "${(@)p[a+1,b]}" ) _bedrockenv_present=( "${(@)p[b+1,c]}" )
  _bedrockenv_notes=( "${(@)p[d+1,-1]}" ) _bedrockenv_kept=()
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

# Reads the token file. _bedrockenv_expires becomes the expiry in epoch seconds, with an `r` before it if the session
# renews itself, or '' if there is no usable token. $1: now.
_bedrockenv_look() {
  local text expires
  _bedrockenv_expires=
  _bedrockenv_read $_bedrockenv_token 65537 || return 0
  text=$REPLY
  [[ $text == *\"accessToken\"[[:space:]]#:[[:space:]]#(\{|\"[^\"])* ]] || return 0
  # The opening quote tells "expiresAt" from "registrationExpiresAt".
  _bedrockenv_epoch ${text##*\"expiresAt\"[[:space:]]#:[[:space:]]#\"} || return 0
  expires=$REPLY
  if [[ $_bedrockenv_kind != sso-legacy && $text == *\"refreshToken\"[[:space:]]#:[[:space:]]#\"[^\"]* ]]; then
    if [[ $_bedrockenv_kind == login ]]; then expires=r$expires
    elif [[ $text == *\"clientId\"[[:space:]]#:[[:space:]]#\"[^\"]* &&
      $text == *\"clientSecret\"[[:space:]]#:[[:space:]]#\"[^\"]* ]]; then
      # An expired token is only renewed while the client's registration lasts.
      (( expires > $1 )) || _bedrockenv_epoch ${text##*\"registrationExpiresAt\"[[:space:]]#:[[:space:]]#\"}
      (( REPLY > $1 )) && expires=r$expires
    fi
  fi
  _bedrockenv_expires=$expires
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
  [[ $_bedrockenv_login != off && -z ${BEDROCKENV_NO_LOGIN-} && -z ${CI-} && -t 0 && -t 2 ]] || return 0
  (( $1 >= _bedrockenv_next )) || return 0
  if _bedrockenv_read $_bedrockenv_cooldown 32; then
    REPLY=${REPLY%$'\n'}
    # A time further away than any cool-down lasts comes of a clock that was set back.
    [[ $REPLY == <1-99999999999> ]] && (( $1 < REPLY && REPLY <= $1 + 600 )) && return 0
  fi
  # Whatever comes of it, this shell does not ask again for ten minutes.
  _bedrockenv_next=$(( $1 + 600 )) _bedrockenv_shown= _bedrockenv_settled=1
  if [[ $_bedrockenv_login == notify ]]; then
    local note="session ${(V)_bedrockenv_session} is expired; sign in with: bedrockenv login"
    (( $_bedrockenv_notes[(Ie)$note] )) || _bedrockenv_notes+=( $note )
    return 0
  fi
  local -a ask
  [[ $_bedrockenv_login != ask ]] || ask=( --ask )
  _bedrockenv_run login --hook $ask --profile "$_bedrockenv_profile"
  _bedrockenv_stale ${(%):-%D{%s}} || _bedrockenv_next=0
}

# ── 6. The status line and reports ───────────────────────────────────────────────────────────────────────────────────

# Says on stderr what is new since the last prompt: the status line with the plan's notes, and what was passed over.
# $1: now.
_bedrockenv_say() {
  local key= file dir verdict line
  local -A reported
  local -i left
  _bedrockenv_settled=0
  [[ -z $_bedrockenv_generation ]] || key=$_bedrockenv_root:$_bedrockenv_label:${(pj:\0:)_bedrockenv_notes}
  if [[ $key != "$_bedrockenv_shown" ]]; then
    _bedrockenv_shown=$key
    if [[ -n $_bedrockenv_label && -z ${BEDROCKENV_QUIET-} ]]; then
      line=$_bedrockenv_label left=$(( (${_bedrockenv_expires#r} - $1) / 60 ))
      if [[ -z $_bedrockenv_kind ]]; then
      elif (( left >= 60 )); then line+=" · session $(( left / 60 ))h $(( left % 60 ))m"
      elif [[ -z $_bedrockenv_expires ]]; then line+=' · not signed in'
      elif (( ${_bedrockenv_expires#r} > $1 )); then line+=" · session ${left}m"
      elif [[ $_bedrockenv_expires == r* ]]; then line+=' · session renews itself'
      else line+=' · session expired'
      fi
      print -ru2 -- "bedrockenv: $line"
    fi
    for line in $_bedrockenv_notes; do print -ru2 -- "bedrockenv: $line"; done
  fi
  (( $#_bedrockenv_pending + $#_bedrockenv_reported )) || [[ -n $_bedrockenv_unsafe$_bedrockenv_said$_bedrockenv_gone ]] ||
    return 0
  for file dir verdict in "$_bedrockenv_pending[@]"; do
    reported[$file]=$verdict
    [[ ${_bedrockenv_reported[$file]-} != "$verdict" ]] || continue
    dir=
    [[ ${file:h} == "$PWD" ]] || dir=" ${(q)${(V)file:h}}"
    file=${(V)file}
    case $verdict in
      (broken*) print -ru2 -- "bedrockenv: $file is $verdict; see: bedrockenv status" ;;
      (untext*) print -ru2 -- "bedrockenv: $file is not approved; to use it: bedrockenv allow$dir" ;;
      (text*)
        [[ -n $_bedrockenv_gone ]] ||
          print -ru2 -- "bedrockenv: $file could not be compiled; see: bedrockenv status" ;;
    esac
  done
  _bedrockenv_reported=( "${(@kv)reported}" )
  [[ $_bedrockenv_unsafe == "$_bedrockenv_said" || -z $_bedrockenv_unsafe ]] ||
    print -ru2 -- "bedrockenv: $_bedrockenv_unsafe"
  _bedrockenv_said=$_bedrockenv_unsafe
  if [[ $_bedrockenv_gone == new ]]; then
    print -ru2 -- 'bedrockenv: the bedrockenv command is gone; install it again (npm install -g bedrockenv) or take the hook out of .zshrc'
    _bedrockenv_gone=said
  fi
}

# ── 7. Events ────────────────────────────────────────────────────────────────────────────────────────────────────────

# Brings the variables in line with $PWD, at the `cd` itself ($1 = cd: so that `cd project && claude` is right) and at
# the prompt, where it also signs in and says what is new. Steady state: a few stats, nothing read, nothing said.
_bedrockenv_precmd() {
  emulate -L zsh -o extended_glob -o no_aliases -o no_err_exit -o no_err_return -o no_warn_create_global
  (( ! ZSH_SUBSHELL )) || return 0
  local REPLY file stamp
  local -i size now steady=1
  # direnv has this directory.
  if [[ -n ${BEDROCKENV_DISABLE-}${CLAUDECODE-} || ( -n ${BEDROCKENV_DIRENV-} && ( $PWD/ == "$BEDROCKENV_DIRENV"* ||
    ( $+functions[_direnv_hook] == 1 && "-$BEDROCKENV_DIRENV" == "${DIRENV_DIR-}/" ) ) ) ]]; then
    _bedrockenv_leave
    _bedrockenv_generation= _bedrockenv_state= _bedrockenv_pwd= _bedrockenv_shown=
    return 0
  fi
  # direnv took the record along when a variable was set below, or has brought an older one back.
  if [[ -n $_bedrockenv_generation && ${BEDROCKENV_STATE-} != "$_bedrockenv_own" ]] && (( $+functions[_direnv_hook] )); then
    _bedrockenv_pwd=
  fi

  if [[ $PWD == "$_bedrockenv_pwd" ]]; then
  elif [[ -n ${_bedrockenv_places[$PWD]-} && ( -z $_bedrockenv_file || $PWD/ != ${_bedrockenv_file%.bedrockrc}* ) ]]; then
    _bedrockenv_pwd=$PWD _bedrockenv_failed= steady=0
  else
    # Still below the applied file (or, with none, outside of all): then only what lies nearer is to be looked at.
    file=$PWD _bedrockenv_nearer=()
    while [[ $file/.bedrockrc != "$_bedrockenv_file" && -n $file ]]; do
      _bedrockenv_nearer+=( $file/.bedrockrc )
      file=${file%/*}
    done
    if [[ -z $file ]]; then
      [[ -z $_bedrockenv_file || $_bedrockenv_file == /.bedrockrc ]] || steady=0
      _bedrockenv_nearer+=( /.bedrockrc )
    fi
    (( ! $#_bedrockenv_pending )) && [[ -n $_bedrockenv_pwd ]] || steady=0
    _bedrockenv_pwd=$PWD _bedrockenv_failed=
  fi
  if (( steady )); then
    for file in $_bedrockenv_nearer $_bedrockenv_absent; do [[ ! -e $file ]] || { steady=0; break }; done
    [[ -z $_bedrockenv_stamps || -d $_bedrockenv_stamps ]] || steady=0
    for file stamp in $_bedrockenv_present; do
      [[ -e $file && ! $file -nt $stamp && ! $file -ot $stamp ]] || { steady=0; break }
    done
    if (( $#_bedrockenv_pending )); then
      local verdict
      for file stamp verdict in "$_bedrockenv_pending[@]"; do
        _bedrockenv_judge $file $stamp
        [[ $REPLY != text* ]] || _bedrockenv_approved $stamp "${REPLY#text }" || REPLY=un$REPLY
        [[ $REPLY == "$verdict" ]] || steady=0
      done
    fi
  fi
  if (( ! steady )); then
    # A `cd` in a function that has one of the variables as its own local: wait for the prompt.
    if [[ -n ${1-} ]] && (( $#funcstack > 2 )); then
      for file in $_bedrockenv_names; do [[ ${(Pt)file} != *local* ]] || { _bedrockenv_pwd=; return 0 }; done
    fi
    _bedrockenv_settled=1
    [[ -z ${BEDROCKENV_STATE-} ]] || _bedrockenv_leave
    _bedrockenv_generation= _bedrockenv_kind= _bedrockenv_file= _bedrockenv_root= _bedrockenv_label=
    _bedrockenv_pending=() _bedrockenv_notes=()
    _bedrockenv_state=${XDG_STATE_HOME:-$HOME/.local/state}/bedrockenv
    if [[ $_bedrockenv_safe != "$_bedrockenv_state" ]] && ! _bedrockenv_check_state; then
      _bedrockenv_nearer=() _bedrockenv_present=() _bedrockenv_absent=() _bedrockenv_stamps=
    elif [[ -z ${_bedrockenv_places[$PWD]-} || -n $_bedrockenv_kept ]] || ! _bedrockenv_come_back $_bedrockenv_places[$PWD]; then
      _bedrockenv_settle
    fi
  fi
  [[ -z ${1-} ]] || return 0

  if [[ -n $_bedrockenv_kind ]]; then
    # While the session lasts for five minutes or more, this comparison is all that it costs.
    now=${(%):-%D{%s}}
    [[ -n $_bedrockenv_expires ]] && (( ${_bedrockenv_expires#r} > now + 300 )) || _bedrockenv_sign_in $now
  fi
  if (( _bedrockenv_settled )); then
    if [[ -n $_bedrockenv_generation$_bedrockenv_unsafe$_bedrockenv_said$_bedrockenv_gone ]] ||
      (( $#_bedrockenv_pending + $#_bedrockenv_reported )); then _bedrockenv_say $now
    else _bedrockenv_shown= _bedrockenv_settled=0
    fi
  fi
  return 0
}

# At a `cd`, before direnv's turn (it puts its hook in front of all others): when it is about to switch, what we have set
# must be gone, for we are above it.
_bedrockenv_before_direnv() {
  emulate -L zsh
  [[ -n ${BEDROCKENV_STATE-} ]] && (( ! ZSH_SUBSHELL )) || return 0
  local dir=$PWD
  while [[ -n $dir && ! -f $dir/.envrc ]]; do dir=${dir%/*}; done
  [[ ${dir:+-}$dir != "${DIRENV_DIR-}" && ! $dir -ef ${${DIRENV_DIR-}#-} ]] || return 0
  _bedrockenv_leave
  _bedrockenv_generation= _bedrockenv_pwd=
}

_bedrockenv_chpwd() {
  # Not before the first prompt: start-up files may cd about.
  [[ -z ${_bedrockenv_state-} ]] || _bedrockenv_precmd cd
  return 0
}

# ── 8. Installing and unloading ──────────────────────────────────────────────────────────────────────────────────────

typeset -ga precmd_functions chpwd_functions
() {
  emulate -L zsh
  (( $precmd_functions[(Ie)_bedrockenv_precmd] )) || precmd_functions+=( _bedrockenv_precmd )
  (( $chpwd_functions[(Ie)_bedrockenv_chpwd] )) || chpwd_functions+=( _bedrockenv_chpwd )
  (( ! $+functions[_direnv_hook] || $chpwd_functions[(Ie)_bedrockenv_before_direnv] )) ||
    chpwd_functions=( _bedrockenv_before_direnv $chpwd_functions )
}

# Puts everything back and takes the hook away.
bedrockenv_plugin_unload() {
  emulate -L zsh -o no_aliases
  _bedrockenv_leave
  precmd_functions=( ${precmd_functions:#_bedrockenv_precmd} )
  chpwd_functions=( ${chpwd_functions:#_bedrockenv_(chpwd|before_direnv)} )
  (( $#precmd_functions )) || unset precmd_functions
  (( $#chpwd_functions )) || unset chpwd_functions
  unset -m '_bedrockenv_*'
  unfunction -m '_bedrockenv_*' bedrockenv_plugin_unload
}

if [[ -v _bedrockenv_aliases ]]; then 'builtin' 'setopt' 'aliases'; fi
unset _bedrockenv_aliases
