# shellcheck shell=bash
# bedrockenv for direnv (2.30 and later): `use bedrock` in an .envrc. Lies in ~/.config/direnv/lib.
#
#   use bedrock                              what the nearest .bedrockrc says, once `bedrockenv allow` approved it
#   use bedrock profile=corp-dev model=opus  these words; they are approved with the .envrc, by `direnv allow`
#
# The CLI compiles each environment into a plan, NUL-separated fields in a file; this reads it with builtins and exports
# the pairs. It evaluates no text, and Node runs only after a change. Fields: docs/plan.md; rules: docs/direnv.md.

# ── 1. The command ───────────────────────────────────────────────────────────────────────────────────────────────────

# direnv reads its libraries for every .envrc, and most do not use bedrock. So at first only this is read; all the rest
# when it is used, or when a hook has left its record (at the very end).
if [[ ! ${_bedrockenv_direnv_file-} ]]; then
  _bedrockenv_direnv_file=${BASH_SOURCE[0]}
  # direnv sources its libraries with the arguments of its own `source_env FILE`, in the directory that it was called in.
  _bedrockenv_direnv_cwd=$PWD _bedrockenv_direnv_owner=${PWD%/}/
  [[ ${1-} != source_env || ${2-} != /* ]] || _bedrockenv_direnv_owner=${2%/*}/

  # Status 3: not approved; 1: broken, or anything else that keeps it from being used. Then nothing is set.
  use_bedrock() {
    # macOS has bash 3.2: it parses this file, but cannot read NUL-separated fields.
    if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 404)); then
      log_error "bedrockenv: needs bash 4.4 or later, direnv runs $BASH_VERSION; set bash_path in direnv.toml"
      return 1
    fi
    declare -F _bedrockenv_direnv_use >/dev/null || _bedrockenv_direnv_read_on
    # A pattern must not take one letter for another.
    if shopt -q nocasematch; then
      local status=0
      shopt -u nocasematch
      _bedrockenv_direnv_use "$@" || status=$?
      shopt -s nocasematch
      return "$status"
    fi
    _bedrockenv_direnv_use "$@"
  }

  # Reads the rest, under none of the options of the .envrc. In the C locale bash parses half as fast again.
  _bedrockenv_direnv_read_on() {
    local - LC_ALL=C
    set +aefkuxET
    # shellcheck disable=SC1090 # this file
    source "$_bedrockenv_direnv_file"
  }

  if [[ ${BEDROCKENV_STATE+set} ]] && ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)); then
    _bedrockenv_direnv_read_on
    _bedrockenv_direnv_above_hook
  fi
  return 0
fi

_bedrockenv_direnv_use() {
  local options=$- state=/${HOME#/}/.local/state config status file mode='' approval=''
  # The options of strict_env and of the .envrc come back on return.
  local - REPLY
  set -f +aekuxET
  local -a plan=() watch=() key=()
  local -i end_env=0 end_inputs=0 end_notes=0 end_vars=0
  _bedrockenv_direnv_undo
  [[ -z $BEDROCKENV_DISABLE ]] || return 0
  # Whatever comes of it, direnv is in charge here: where `$PWD/` begins with this, the shell's own hook does nothing.
  export "BEDROCKENV_DIRENV=$_bedrockenv_direnv_owner"
  config=$HOME/.config
  [[ $XDG_CONFIG_HOME != /* ]] || config=$XDG_CONFIG_HOME
  [[ $XDG_STATE_HOME != /* ]] || state=$XDG_STATE_HOME
  state+=/bedrockenv config=${BEDROCKENV_CONFIG:-$config/bedrockenv/config.yaml}
  [[ $config == /* ]] || config=$HOME/$config
  watch=("$config")
  # Whose folder is that? bash cannot see modes. It is asked here and read below, after the others have run.
  [[ ! -e $state ]] || exec {mode}< <(exec ls -ldnL -- "$state")
  if (($#)); then _bedrockenv_direnv_words "$@"
  else _bedrockenv_direnv_nearest
  fi
  status=$?
  if [[ $mode ]]; then
    IFS='' read -r REPLY <&"$mode"
    exec {mode}<&-
    ((status)) || _bedrockenv_direnv_safe || status=1
  fi
  if ((status)); then
    # All at once: each call of watch_file starts direnv.
    watch_file "${watch[@]}"
    return "$status"
  fi
  _bedrockenv_direnv_watch
  _bedrockenv_direnv_apply
}

# A problem in direnv's red. Under `strict_env` a failure makes direnv forget what it was to watch.
_bedrockenv_direnv_fail() {
  _bedrockenv_direnv_visible "$1"
  [[ $options != *e* || $1 != *'bedrockenv allow'* ]] || REPLY+='; then: direnv reload'
  log_error "bedrockenv: $REPLY"
}

# ── 2. What applies here ─────────────────────────────────────────────────────────────────────────────────────────────

# Finds the plan of the nearest directory file from the .envrc's directory upwards. A denied one is passed over in
# silence; without any, what the user config says for outside of projects is taken.
_bedrockenv_direnv_nearest() {
  local dir=${PWD%/} real text
  while :; do
    file=$dir/.bedrockrc
    watch+=("$file")
    if [[ -e $file ]]; then
      _bedrockenv_direnv_real "${dir:-/}"
      real=$REPLY
      approval=$state/approvals$real/.bedrockrc
      watch+=("$approval")
      if [[ ! -e $state/denied$real/.bedrockrc ]]; then
        if ! _bedrockenv_direnv_read "$file"; then
          _bedrockenv_direnv_fail "$file is broken ($REPLY); see: bedrockenv status"
          return 1
        fi
        text=$REPLY
        _bedrockenv_direnv_find "$state/plans$real/.bedrockrc" "$real" "$text" ||
          _bedrockenv_direnv_compile "$file" "$real" "$text" || return
        key=(--dir "$real")
        _bedrockenv_direnv_watch_inputs
        return 0
      fi
    fi
    [[ $dir ]] || break
    dir=${dir%/*}
  done
  if [[ -e $config ]]; then
    if ! _bedrockenv_direnv_find "$state/default" '' ''; then
      _bedrockenv_direnv_run compile --default || return 1
      _bedrockenv_direnv_find "$state/default" '' '' || _bedrockenv_direnv_fail_compile "$config" || return 1
    fi
    file=$config key=(--dir /)
    _bedrockenv_direnv_watch_inputs
    # An empty `default:` has neither variables nor notes.
    ((end_vars == end_inputs)) || return 0
  fi
  _bedrockenv_direnv_fail "there is no .bedrockrc in $PWD or above; to write one: bedrockenv use <model or profile>"
  return 1
}

# Compiles the plan of the file $1 in the real directory $2 with the text $3, if that is approved, and finds it.
_bedrockenv_direnv_compile() {
  local approval=$state/approvals$2/.bedrockrc dir=${1%/.bedrockrc}
  # Without a field there is an approval of an empty file.
  local -a approved=('' none)
  [[ ! -f $approval || ! -O $approval || ! -r $approval ]] || mapfile -t -d '' -n 2 approved <"$approval"
  if ((${#approved[@]} > 1)) || ! [ "${approved[0]}" = "$3" ]; then
    if [ "$dir" = "${_bedrockenv_direnv_cwd%/}" ]; then dir=
    else printf -v dir ' %q' "${dir:-/}"
    fi
    _bedrockenv_direnv_fail "$1 is not approved; to use it: bedrockenv allow$dir"
    return 3
  fi
  # When it fails, the CLI says why.
  _bedrockenv_direnv_run compile --dir "$2" || return 1
  _bedrockenv_direnv_find "$state/plans$2/.bedrockrc" "$2" "$3" || _bedrockenv_direnv_fail_compile "$1"
}

_bedrockenv_direnv_fail_compile() {
  _bedrockenv_direnv_fail "$1 could not be compiled; see: bedrockenv status"
  return 1
}

# Finds the plan of the words. It is kept by the .envrc's directory, and its text is the words, one on each line.
_bedrockenv_direnv_words() {
  local word text=''
  for word; do text+=$word$'\n'; done
  _bedrockenv_direnv_real "$PWD"
  file=$PWD/.envrc key=(--words "$REPLY" -- "$@")
  if ! _bedrockenv_direnv_find "$state/direnv${REPLY%/}/.envrc" "$REPLY" "$text"; then
    # The CLI says which word is wrong.
    _bedrockenv_direnv_run compile "${key[@]}" || return 1
    _bedrockenv_direnv_find "$state/direnv${REPLY%/}/.envrc" "$REPLY" "$text" ||
      _bedrockenv_direnv_fail_compile "$file" || return 1
  fi
  _bedrockenv_direnv_watch_inputs
}

# Runs the CLI: the recorded one, or else whatever `bedrockenv` is on PATH (a new Node version, a moved install).
_bedrockenv_direnv_run() {
  # shellcheck disable=SC2154 # assigned by the lines that `bedrockenv hook` puts in front
  if [[ -x $_bedrockenv_node && -f $_bedrockenv_cli ]]; then "$_bedrockenv_node" "$_bedrockenv_cli" "$@" </dev/null
  elif type -P bedrockenv >/dev/null; then command bedrockenv "$@" </dev/null
  else
    _bedrockenv_direnv_fail 'the bedrockenv command is gone; install it again: npm install -g bedrockenv'
    return 127
  fi
}

# ── 3. Reading: files, plans ─────────────────────────────────────────────────────────────────────────────────────────

# The text of a directory file into REPLY; when it fails, why. The type check keeps a FIFO from hanging direnv.
_bedrockenv_direnv_read() {
  local LC_ALL=C
  if [[ ! -f $1 ]]; then REPLY='not a regular file'
  elif [[ ! -r $1 ]]; then REPLY='not readable'
  elif ! IFS='' read -r -d '' -n 65537 REPLY <"$1"; then return 0
  elif ((${#REPLY} > 65536)); then REPLY='larger than 64 KiB'
  else REPLY='contains a NUL byte'
  fi
  return 1
}

# The real directory of $1, into REPLY. Only a path through a symbolic link costs a fork.
_bedrockenv_direnv_real() {
  local dir=$1
  REPLY=$1
  while [[ $dir == /?* && ! -L $dir ]]; do dir=${dir%/*}; done
  [[ $dir == /?* ]] || return 0
  # The slash keeps a newline at the end of a name.
  REPLY=$(cd -P -- "$1" && printf '%s/' "$PWD")
  [[ $REPLY == / ]] || REPLY=${REPLY%/}
}

# Finds the plan of the directory $2 with the text $3 at $1 or beside it that fits the environment and whose inputs are
# as they were. Leaves its fields in `plan`, and where its lists end in the end_….
_bedrockenv_direnv_find() {
  local slot name i n seen
  for slot in '' .1 .2 .3; do
    [[ -f $1$slot && -O $1$slot && -r $1$slot ]] || continue
    mapfile -t -d '' plan <"$1$slot"
    [ "${plan[0]}/${plan[2]}/${plan[3]}" = "bedrockenv-plan/1/$2/$3" ] || continue
    for n in "${plan[@]:12:4}"; do [[ $n == @(0|[123456789]?([0123456789])?([0123456789])) ]] || continue 2; done
    ((end_env = 16 + 2 * plan[12], end_inputs = end_env + 2 * plan[13], end_notes = end_inputs + plan[14],
    end_vars = end_notes + 3 * plan[15], ${#plan[@]} == end_vars + 1)) || continue
    [[ ${plan[end_vars]} == end && -d ${plan[11]} && ${plan[1]} != *[!0123456789abcdef]* ]] || continue
    for ((i = 16; i < end_env; i += 2)); do
      name=${plan[i]}
      case $name in
        AWS_PROFILE | AWS_DEFAULT_PROFILE | AWS_REGION | AWS_DEFAULT_REGION) ;;
        AWS_CONFIG_FILE | AWS_SHARED_CREDENTIALS_FILE | BEDROCKENV_CONFIG) ;;
        *) continue 2 ;;
      esac
      # Only what is exported reaches the CLI that compiled the plan.
      if [[ ${!name@a} == *x* ]]; then [ "=${!name}" = "${plan[i + 1]}" ] || continue 2
      else [[ -z ${plan[i + 1]} ]] || continue 2
      fi
    done
    # A stamp has its input's time. Both `-nt` and `-ot` are false for equal times, and for a missing file too.
    for ((n = 0; i < end_inputs; n++, i += 2)); do
      name=${plan[i]}
      if [[ -z ${plan[i + 1]} ]]; then [[ ! -e $name ]] || continue 2
      else [[ -e $name && ! $name -nt ${plan[11]}/$n && ! $name -ot ${plan[11]}/$n ]] || continue 2
      fi
    done
    seen=
    for ((i = end_notes; i < end_vars; i += 3)); do
      name=${plan[i + 1]}
      # A variable that is there twice could not be put back.
      _bedrockenv_direnv_known "$name" || continue 2
      [[ $seen != *" $name "* ]] || continue 2
      seen+=" $name "
    done
    return 0
  done
  plan=()
  return 1
}

# The closed list. A name from a plan or from a record is compared with it before anything else is done with it:
# `${!name}` would run a command hidden in a subscript.
_bedrockenv_direnv_known() {
  case $1 in
    CLAUDE_CODE_USE_BEDROCK | AWS_PROFILE | AWS_REGION | ANTHROPIC_MODEL | ANTHROPIC_DEFAULT_OPUS_MODEL) ;;
    ANTHROPIC_DEFAULT_SONNET_MODEL | ANTHROPIC_DEFAULT_HAIKU_MODEL | ANTHROPIC_SMALL_FAST_MODEL) ;;
    ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION | DISABLE_PROMPT_CACHING | ENABLE_PROMPT_CACHING_1H) ;;
    CLAUDE_CODE_MAX_OUTPUT_TOKENS | MAX_THINKING_TOKENS | CLAUDE_CODE_EFFORT_LEVEL) ;;
    ANTHROPIC_BEDROCK_SERVICE_TIER | AWS_BEARER_TOKEN_BEDROCK | ANTHROPIC_BEDROCK_BASE_URL) ;;
    BEDROCKENV_DIR | BEDROCKENV_PROFILE | BEDROCKENV_MODEL) ;;
    *) return 1 ;;
  esac
}

# Is the state folder the user's alone? REPLY is its line of `ls`.
_bedrockenv_direnv_safe() {
  if [[ ! -O $state ]]; then _bedrockenv_direnv_fail "$state belongs to another user; nothing is applied"
  elif [[ $REPLY != d????-??-* ]]; then
    printf -v REPLY '%q' "$state"
    _bedrockenv_direnv_fail "$state is writable by others; nothing is applied; run: chmod 700 $REPLY"
  else return 0
  fi
  return 1
}

# ── 4. Applying, and putting back what was there before ──────────────────────────────────────────────────────────────

# Applies the plan in `plan`, which was made for `file`; `key` says so to `bedrockenv api-key`.
_bedrockenv_direnv_apply() {
  local i name value
  local -a notes=("${plan[@]:end_inputs:plan[14]}")
  # What the user must mend becomes a note of a plan that sets nothing.
  if ((plan[15] == 0)); then
    _bedrockenv_direnv_fail "${notes[0]:-$file sets nothing}"
    return 1
  fi
  for ((i = end_notes; i < end_vars; i += 3)); do
    name=${plan[i + 1]} value=${plan[i + 2]}
    case ${plan[i]} in
      set) ;;
      unset)
        _bedrockenv_direnv_remember "$name" ''
        unset -v "$name"
        continue
        ;;
      *)
        _bedrockenv_direnv_secret "${plan[i]}" "$value" || continue
        value=$REPLY
        ;;
    esac
    _bedrockenv_direnv_remember "$name" "=$value"
    export "$name=$value"
  done
  _bedrockenv_direnv_tell_lost
  for i in "${notes[@]}"; do
    _bedrockenv_direnv_visible "$i"
    log_status "bedrockenv: $REPLY"
  done
  name=
  if [[ ${plan[5]} && ${plan[9]} != off && -z ${BEDROCKENV_NO_LOGIN-}${CI-} ]] && _bedrockenv_direnv_stale; then
    # `bedrockenv login` goes by the .bedrockrc here, which says nothing where words are used.
    [[ ${key[0]} != --words ]] || printf -v name ' --profile %q' "${plan[7]}"
    _bedrockenv_direnv_visible "session ${plan[6]} is expired; sign in with: bedrockenv login$name"
    log_status "bedrockenv: $REPLY"
  fi
  return 0
}

_bedrockenv_direnv_watch_inputs() {
  local i
  for ((i = end_env; i < end_inputs; i += 2)); do watch+=("${plan[i]}"); done
  for ((i = end_notes; i < end_vars; i += 3)); do [[ ${plan[i]} != file ]] || watch+=("${plan[i + 2]}"); done
}

# Tells direnv what to watch: takes as long as all the rest, as it starts direnv. So what came of it is kept beside the
# plan's stamps, and taken from there while direnv watches the same as then (at least this .envrc) and each file is as it
# was: an input of the plan, absent, or the approval, which has a stamp of its own.
_bedrockenv_direnv_watch() {
  local kept=${plan[11]}/watches before=$DIRENV_WATCHES path paths i n
  local -a fields=()
  for ((n = ${#watch[@]} - 1; n >= 0; n--)); do
    path=${watch[n]}
    [[ -e $path && $path != "$approval" ]] || continue
    for ((i = end_env; i < end_inputs; i += 2)); do [ "$path" = "${plan[i]}" ] && continue 2; done
    watch_file "${watch[@]}"
    return
  done
  printf -v paths '%s\n' "${watch[@]}"
  if [[ -f $kept && -O $kept ]] &&
    [[ ! $approval || (-e $kept-approval && ! $approval -nt $kept-approval && ! $approval -ot $kept-approval) ]]; then
    mapfile -t -d '' -n 5 fields <"$kept"
    if ((${#fields[@]} == 4)) && [ "${fields[3]}" = end ] && [ "${fields[0]}" = "$before" ] &&
      [ "${fields[1]}" = "$paths" ]; then
      export DIRENV_WATCHES="${fields[2]}"
      return
    fi
  fi
  watch_file "${watch[@]}"
  # By rename, as others may load at the same time. Where it cannot be kept, it is asked again.
  (
    umask 077
    set +C
    exec 2>/dev/null
    [[ ! $approval ]] || touch -r "$approval" -- "$kept-approval" || exit
    printf '%s\0' "$before" "$paths" "$DIRENV_WATCHES" end >"$kept.$BASHPID" && mv -f -- "$kept.$BASHPID" "$kept"
  )
}

# A secret's value into REPLY, from the place that the plan names: it never lies in a plan.
_bedrockenv_direnv_secret() {
  REPLY=
  case $1 in
    env) [[ $2 != [A-Za-z_]* || $2 == *[!A-Za-z0-9_]* ]] || REPLY=${!2} ;;
    file)
      [[ ! -f $2 || ! -r $2 ]] || IFS='' read -r REPLY <"$2"
      REPLY=${REPLY%$'\r'}
      ;;
    command) REPLY=$(_bedrockenv_direnv_run api-key "${key[@]}") ;;
  esac
  [[ $REPLY ]]
}

# Keeps what the variable $1 was before it becomes $2 (`=value`, or `` for unset), for an .envrc that uses bedrock
# twice: its own after that of `source_up`. Leaving the directory is direnv's.
_bedrockenv_direnv_remember() {
  local how=u
  case ${!1@a}${!1+=} in
    *x*=) how=x ;;
    *=) how=l ;;
  esac
  _bedrockenv_direnv_record+=("$1" "$2" "$how" "${!1}")
}

# Puts back what an earlier `use bedrock` has set, and what a hook had set in the shell: a plan is for the environment
# without them. direnv brings the shell's values back, and with them the hook's record, on leaving.
_bedrockenv_direnv_undo() {
  local -a record=("${_bedrockenv_direnv_record[@]}")
  _bedrockenv_direnv_record=()
  _bedrockenv_direnv_put_back
  record=("${_bedrockenv_direnv_hook[@]}")
  _bedrockenv_direnv_hook=()
  _bedrockenv_direnv_put_back
  unset -v BEDROCKENV_STATE
}

# Ends an .envrc that did not use bedrock, with the status that it had. Has it set one of the variables that the hook
# has set, then the hook's value must not come back alone: all of them go, and with them the record. direnv brings them
# back together on leaving, and until then the hook may set its own above those of the .envrc.
_bedrockenv_direnv_at_exit() {
  local status=$? i name
  local -
  set -f +aekuxET
  local -a record=("${_bedrockenv_direnv_hook[@]}")
  for ((i = 0; i < ${#record[@]}; i += 4)); do
    name=${record[i]}
    [ "${!name+=}${!name}" = "${record[i + 1]}" ] || {
      _bedrockenv_direnv_undo
      _bedrockenv_direnv_tell_lost
      break
    }
  done
  return "$status"
}

# Is a secret unset here that the hook had replaced? It comes back with the hook's own, on leaving.
_bedrockenv_direnv_tell_lost() {
  [[ ! ${_bedrockenv_direnv_lost-} || ${!_bedrockenv_direnv_lost+set} ]] || log_status \
    "bedrockenv: $_bedrockenv_direnv_lost is unset here: only the shell that replaced it knows its value"
}

# Each variable in `record` that still has our value; what the .envrc or the user changed since stays.
_bedrockenv_direnv_put_back() {
  local i name
  for ((i = 0; i < ${#record[@]}; i += 4)); do
    name=${record[i]}
    [ "${!name+=}${!name}" = "${record[i + 1]}" ] || continue
    case ${record[i + 2]} in
      u) unset -v "$name" ;;
      x) export "$name=${record[i + 3]}" ;;
      l) export -n "$name=${record[i + 3]}" ;;
    esac
  done
}

# Splits the hook's record into _bedrockenv_direnv_hook, without its head; fails unless every part of it is in order.
_bedrockenv_direnv_hook_record() {
  local - i name IFS=$'\x1f' state=$BEDROCKENV_STATE$'\x1f'
  set -f +aekuxET
  # shellcheck disable=SC2206 # split on purpose: IFS is the separator, and globbing is off
  local -a record=($state)
  [ "${record[0]}" = 1 ] && ((${#record[@]} % 4 == 3)) || return 1
  if [[ $state == *%* ]]; then
    record=("${record[@]//\%1F/$'\x1f'}")
    record=("${record[@]//\%25/%}")
  fi
  record=("${record[@]:3}")
  for ((i = 0; i < ${#record[@]}; i += 4)); do
    name=${record[i]}
    _bedrockenv_direnv_known "$name" && [[ ${record[i + 1]:-=} == [=*]* && ${record[i + 2]} == [uxlXL] ]] || return 1
    case ${record[i + 1]} in
      '*') record[i + 1]=${!name+=}${!name} ;;
      '*'*) return 1 ;;
    esac
    # A value that the shell did not export never was here, and a secret is only known to the shell itself.
    [[ ${record[i + 2]} != X ]] || _bedrockenv_direnv_lost=$name
    [[ ${record[i + 2]} != [lXL] ]] || record[i + 2]=u
  done
  _bedrockenv_direnv_hook=("${record[@]}")
}

# ── 5. The session ───────────────────────────────────────────────────────────────────────────────────────────────────

# Is the session of the plan stale? Nobody signs in here: an .envrc is also loaded where there is no one to ask.
_bedrockenv_direnv_stale() {
  local now margin=300 expires='' kind=${plan[5]} i
  local -a json=()
  local -A field=()
  printf -v now '%(%s)T' -1
  [[ -f ${plan[8]} && -r ${plan[8]} ]] || return 0
  # Again after a torn read: the AWS CLI rewrites the file in place. Split at its quotes, JSON has its strings at the
  # odd places.
  for _ in 1 2; do
    mapfile -t -n 1000 -d '"' json <"${plan[8]}"
    for ((i = 1; i < ${#json[@]}; i += 2)); do
      case ${json[i]} in
        accessToken | expiresAt | refreshToken | clientId | clientSecret | registrationExpiresAt | dpopKey | \
          accessKeyId | secretAccessKey | sessionToken | accountId)
          # In the file of `aws login`, accessToken is an object: any string in it will do.
          [[ ${json[i + 1]} == *[!$': \t\r\n{']* ]] || field[${json[i]}]=${json[i + 2]}
          ;;
      esac
    done
    [[ -z ${field[accessToken]} ]] || ! _bedrockenv_direnv_epoch "${field[expiresAt]}" || expires=$REPLY
    [[ -z $expires ]] || break
  done
  [[ $expires ]] || return 0
  # What both clients ask of a file of `aws login`, however fresh it is.
  [[ $kind != login || (${field[clientId]} && ${field[refreshToken]} && ${field[dpopKey]} && ${field[accountId]} &&
    ${field[accessKeyId]} && ${field[secretAccessKey]} && ${field[sessionToken]}) ]] || return 0
  [[ $kind != sso-legacy ]] || margin=0
  ((expires <= now + margin)) || return 1
  case $kind:${field[refreshToken]:+r}${field[clientId]:+r}${field[clientSecret]:+r} in
    login:r*) return 1 ;;
    # The AWS CLI and the SDK renew it; once it has expired, only while the client's registration lasts.
    sso:rrr)
      ((expires <= now)) || return 1
      _bedrockenv_direnv_epoch "${field[registrationExpiresAt]}" && ((REPLY > now)) && return 1
      ;;
  esac
  return 0
}

# Seconds since 1970 of an ISO 8601 time in UTC, into REPLY: days from civil, without TZ, strftime or a process.
_bedrockenv_direnv_epoch() {
  local digits=${1:0:19} y m d
  digits=${digits//[!0123456789]/}
  [[ ${#digits} == 14 && $1 == ????-??-??T??:??:??* && ($1 == *Z || $1 == *UTC || $1 == *+00:00) ]] || return 1
  ((y = 10#${digits:0:4}, m = 10#${digits:4:2}, d = 10#${digits:6:2}, y -= m < 3))
  # shellcheck disable=SC2017 # whole centuries and years are meant
  ((d += y / 400 * 146097 + y % 400 * 365 + y % 400 / 4 - y % 400 / 100 + (153 * ((m + 9) % 12) + 2) / 5 - 719469))
  REPLY=$((((d * 24 + 10#${digits:8:2}) * 60 + 10#${digits:10:2}) * 60 + 10#${digits:12:2}))
}

# ── 6. Messages ──────────────────────────────────────────────────────────────────────────────────────────────────────

# $1 as it may be shown, into REPLY: without controls, and without those that reorder what a person reads.
_bedrockenv_direnv_visible() {
  REPLY=${1//[![:print:]]/?}
  REPLY=${REPLY//$'\xe2\x80'[$'\x8e\x8f\xaa\xab\xac\xad\xae']/?}
  REPLY=${REPLY//$'\xe2\x81'[$'\xa6\xa7\xa8\xa9']/?}
}

# ── 7. Above a hook ──────────────────────────────────────────────────────────────────────────────────────────────────

# The shell that direnv loads for may have our hook too, with something applied: its record is in the environment. This
# must hold for every .envrc, also for one that does not use bedrock.
_bedrockenv_direnv_above_hook() {
  if ! _bedrockenv_direnv_hook_record; then unset -v BEDROCKENV_STATE
  elif declare -F __dump_at_exit >/dev/null; then
    # direnv's own trap. Written so that it sees the same status, and is reached under errexit too.
    trap 'if _bedrockenv_direnv_at_exit; then __dump_at_exit; else __dump_at_exit; fi' EXIT
  fi
}
