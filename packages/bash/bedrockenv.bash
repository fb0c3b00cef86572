# shellcheck shell=bash
# bedrockenv for bash (4.4 and later): sets what a directory needs to run Claude Code on Amazon Bedrock.
#
# The CLI compiles each directory's environment into a plan, NUL-separated fields in a file; this hook reads it with
# builtins and exports the pairs. It evaluates no text and, while nothing changes, starts no process.
# Fields and algorithm: docs/plan.md. The same sections stand in the same order in every shell's hook.

# ── 1. Guards ────────────────────────────────────────────────────────────────────────────────────────────────────────

# An older bash (macOS has 3.2) must be able to parse this file, and is left as it is, without a word: it cannot read
# NUL-separated fields. Nor is there a way in past a readonly PROMPT_COMMAND. The text may be given to `eval`, where
# `return` would end the file around it: hence one `if` around everything.
if [[ $- == *i* && -z ${CLAUDECODE-} ]] && ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)) &&
  [[ -z ${PROMPT_COMMAND+set} || ${PROMPT_COMMAND@a} != *r* ]]; then
  # In front, so that `$?` is the user's command's and a prompt that is built later shows what was set. Of an array, the
  # first element: before 5.1 the others are not run. Where the first prompt reads this file, someone calls us already.
  if [[ ${1-} != _bedrockenv_prompt && ${PROMPT_COMMAND[*]-} != *_bedrockenv_prompt* ]]; then
    _bedrockenv_commands=${PROMPT_COMMAND+set}
    # Behind direnv's, whose values are what was there before; loaded later, it puts itself in front.
    case ${BLE_ATTACHED:+ble.sh}:${PROMPT_COMMAND-} in
      # Once attached, ble.sh has PROMPT_COMMAND put away, and does not look at what start-up files then make of it.
      ble.sh:*) blehook PRECMD!=_bedrockenv_prompt ;;
      *_direnv_hook*) PROMPT_COMMAND=${PROMPT_COMMAND/_direnv_hook/_direnv_hook;_bedrockenv_prompt} ;;
      *) PROMPT_COMMAND=_bedrockenv_prompt${PROMPT_COMMAND:+;$PROMPT_COMMAND} ;;
    esac
  fi

  # Start-up is only this: a sourced file is parsed command by command, so what stands below the `return` costs nothing
  # until the first prompt sources the file again. Is it this file that is sourced, or one that evaluates its text?
  _bedrockenv_load=${BASH_SOURCE[0]-} _bedrockenv_lines=()
  [[ ${1-} == _bedrockenv_prompt || ! -f $_bedrockenv_load ]] ||
    \builtin mapfile -t -n 5 _bedrockenv_lines <"$_bedrockenv_load"
  if [[ ${_bedrockenv_lines[*]-} == *'# bedrockenv for bash (4.4 and later): '* ]]; then
    [[ $_bedrockenv_load == /* ]] || _bedrockenv_load=$PWD/$_bedrockenv_load
    _bedrockenv_prompt() {
      \local "previous=$?"
      [[ ! -r $_bedrockenv_load ]] || \builtin . "$_bedrockenv_load" _bedrockenv_prompt
      [[ ${_bedrockenv_load-} ]] || _bedrockenv_prompt "$previous"
    }
    bedrockenv_plugin_unload() {
      \builtin . "$_bedrockenv_load" _bedrockenv_prompt
      bedrockenv_plugin_unload
    }
    \return 0
  fi
fi

# An alias would be expanded while these functions are parsed.
if \builtin shopt -q expand_aliases; then
  _bedrockenv_aliases=1
  \builtin shopt -u expand_aliases
fi
# As above, or else there is nothing to define.
if [[ ${_bedrockenv_load+set} ]]; then

# In bash every command counts, each call by the length of the function, and expanding an array by its contents: hence
# strings split at U+001F instead of arrays, as few commands in a loop as can be, and short cuts for what is usual.
# `case` and `[[ a == b ]]` take `A` for `a` under nocasematch, so bytes are compared with `test`. A function of the
# user's own may be called `cd` or `test`: hence `builtin`.

# The closed list, and the variables that a plan may depend on. A name from a plan or from an inherited record is looked
# up here before anything else is done with it: `${!name}` would run a command hidden in a subscript. With the `=`, an
# empty name is no error. (Under `set -k`, `declare` would take assignments for its environment.)
builtin declare -gA _bedrockenv_names _bedrockenv_ambient _bedrockenv_places _bedrockenv_sessions _bedrockenv_pauses
_bedrockenv_names=(
  [=CLAUDE_CODE_USE_BEDROCK]=w [=AWS_PROFILE]=w [=AWS_REGION]=w [=ANTHROPIC_MODEL]=w
  [=ANTHROPIC_DEFAULT_OPUS_MODEL]=w [=ANTHROPIC_DEFAULT_SONNET_MODEL]=w [=ANTHROPIC_DEFAULT_HAIKU_MODEL]=w
  [=ANTHROPIC_SMALL_FAST_MODEL]=w [=ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION]=w [=DISABLE_PROMPT_CACHING]=w
  [=ENABLE_PROMPT_CACHING_1H]=w [=CLAUDE_CODE_MAX_OUTPUT_TOKENS]=w [=MAX_THINKING_TOKENS]=w
  [=CLAUDE_CODE_EFFORT_LEVEL]=w [=ANTHROPIC_BEDROCK_SERVICE_TIER]=w [=AWS_BEARER_TOKEN_BEDROCK]=w
  [=ANTHROPIC_BEDROCK_BASE_URL]=w [=BEDROCKENV_DIR]=w [=BEDROCKENV_PROFILE]=w [=BEDROCKENV_MODEL]=w
)
_bedrockenv_ambient=(
  [=AWS_PROFILE]=r [=AWS_DEFAULT_PROFILE]=r [=AWS_REGION]=r [=AWS_DEFAULT_REGION]=r [=AWS_CONFIG_FILE]=r
  [=AWS_SHARED_CREDENTIALS_FILE]=r [=BEDROCKENV_CONFIG]=r
)
# Places that were come to lately, for coming back: $PWD to the index in the arrays _bedrockenv_place_…. And what was
# read in token files lately, and by token file, when to sign in next.
_bedrockenv_places=() _bedrockenv_sessions=() _bedrockenv_pauses=()

# `local -` puts the options back when a function ends, also by Ctrl-C. Before 5.1 it sets every option anew then, changed
# or not: the history file is read once more, what is being sourced gets into the history, and IGNOREEOF becomes 10.
# There these take the places of `-`, `builtin` and `return`; after Ctrl-C the prompt that follows puts the options back.
_bedrockenv_local=- _bedrockenv_builtin=builtin _bedrockenv_return=return
((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] > 500)) || _bedrockenv_local=was \
  _bedrockenv_builtin=_bedrockenv_keep_options _bedrockenv_return=_bedrockenv_put_back _bedrockenv_options=
_bedrockenv_keep_options() {
  _bedrockenv_options=${_bedrockenv_options:-$-}
  [[ $_bedrockenv_options != *e* ]] || previous=0
  builtin "$@"
}
_bedrockenv_put_back() {
  local set=${_bedrockenv_options//[!aefkuxET]/}
  _bedrockenv_options=
  [[ $set == *f* ]] || builtin set +f
  # Without a trace of what is still to be done here.
  [[ -z $set ]] || { builtin set "-$set" && return "$1"; } 2>/dev/null
  return "$1"
}

# ── 2. Reading: files, plans ──────────────────────────────────────────────────────────────────────────────────────────

# Finds a plan of directory $1 ('' for outside of projects) whose text is $2, that fits the ambient environment and
# whose inputs are as they were. Leaves its fields in _bedrockenv_plan, the ends of its lists in end_…, and what to
# watch in _bedrockenv_absent, _bedrockenv_present (file, stamp) and _bedrockenv_stamps, joined with U+001F. (A path
# with U+001F in it never fits.)
_bedrockenv_find_plan() {
  local file=$_bedrockenv_state/default slot i n counts seen ops='@(set|unset|env|file|command)'
  [[ -z $1 ]] || file=$_bedrockenv_state/plans$1/.bedrockrc
  for slot in '' .1 .2 .3; do
    # The type check keeps a FIFO from hanging the prompt.
    [[ -f $file$slot && -O $file$slot && -r $file$slot ]] || continue
    builtin mapfile -t -d '' _bedrockenv_plan <"$file$slot"
    builtin test "${_bedrockenv_plan[0]}/${_bedrockenv_plan[2]}/${_bedrockenv_plan[3]}" = "bedrockenv-plan/1/$1/$2" ||
      continue
    counts=" ${_bedrockenv_plan[12]} ${_bedrockenv_plan[13]} ${_bedrockenv_plan[14]} ${_bedrockenv_plan[15]} "
    # shellcheck disable=SC2015 # whichever of them fails
    [[ $counts != *[!0123456789\ ]* && $counts != *'  '* && ${_bedrockenv_plan[1]} != *[!0123456789abcdef]* ]] &&
      ((end_env = 16 + 2 * 10#${_bedrockenv_plan[12]}, end_inputs = end_env + 2 * 10#${_bedrockenv_plan[13]},
      end_notes = end_inputs + 10#${_bedrockenv_plan[14]}, end_vars = end_notes + 3 * 10#${_bedrockenv_plan[15]},
      end_vars + 1 == ${#_bedrockenv_plan[@]})) && builtin test "${_bedrockenv_plan[end_vars]}" = end || continue
    wants='' i=15
    while (((i += 2) < end_env)); do wants+=${_bedrockenv_plan[i]}; done
    [[ $bare && -z $wants ]] || _bedrockenv_fits || continue
    i=$((end_notes - 2)) seen=' '
    while (((i += 3) < end_vars)); do
      # A variable that is there twice could not be put back. With a value of 128 KiB in its environment, no program
      # starts.
      # shellcheck disable=SC2053 # a pattern
      [[ ${_bedrockenv_names[=${_bedrockenv_plan[i]}]} && $seen != *" ${_bedrockenv_plan[i]} "* &&
        ${_bedrockenv_plan[i - 1]} == $ops && ${#_bedrockenv_plan[i + 1]} -lt 32768 ]] || continue 2
      seen+="${_bedrockenv_plan[i]} "
    done
    _bedrockenv_stamps=${_bedrockenv_plan[11]} _bedrockenv_absent='' _bedrockenv_present=''
    n=-1 i=$((end_env - 2))
    while ((n++, (i += 2) < end_inputs)); do
      case ${_bedrockenv_plan[i + 1]} in
        '') _bedrockenv_absent+=${_bedrockenv_plan[i]}$'\x1f' ;;
        *) _bedrockenv_present+=${_bedrockenv_plan[i]}$'\x1f'${_bedrockenv_plan[11]}/$n$'\x1f' ;;
      esac
    done
    ! _bedrockenv_same_inputs || return 0
  done
  _bedrockenv_stamps='' _bedrockenv_absent='' _bedrockenv_present=''
  return 1
}

# Is the ambient environment the one that the plan was compiled for?
_bedrockenv_fits() {
  local i name
  for ((i = 16; i < end_env; i += 2)); do
    name=${_bedrockenv_plan[i]}
    [[ ${_bedrockenv_ambient[=$name]} ]] || return 1
    # Only what is exported reaches the CLI that compiled the plan.
    if [[ ${!name@a} == *x* ]]; then builtin test "=${!name}" = "${_bedrockenv_plan[i + 1]}" || return 1
    else [[ -z ${_bedrockenv_plan[i + 1]} ]] || return 1
    fi
  done
}

# Has no other directory file come nearer, and are the inputs of the plan as they were? A stamp has its input's time;
# `-nt` and `-ot` are both false for equal times, and where both files are missing: then the stamps' folder is gone too.
# (Before 5.1, bash compares whole seconds: it misses a change in the very second of the compile.)
_bedrockenv_same_inputs() {
  # shellcheck disable=SC2086 # split on purpose; the events set IFS and turn globbing off
  builtin set -- $_bedrockenv_near$_bedrockenv_absent
  # Eight at a time: a command costs more than what it looks at.
  while (($# > 8)); do
    if [[ -e $1 || -e $2 || -e $3 || -e $4 || -e $5 || -e $6 || -e $7 || -e $8 ]]; then return 1; fi
    builtin shift 8
  done
  if [[ -e $1 || -e $2 || -e $3 || -e $4 || -e $5 || -e $6 || -e $7 || -e $8 ]]; then return 1
  elif [[ -d $_bedrockenv_stamps ]]; then
    # shellcheck disable=SC2086
    builtin set -- $_bedrockenv_present
    while
      if [[ $1 -nt $2 || $1 -ot $2 || $3 -nt $4 || $3 -ot $4 || $5 -nt $6 || $5 -ot $6 || $7 -nt $8 || $7 -ot $8 ]]; then
        return 1
      fi
      (($# > 8))
    do builtin shift 8; done
  else [[ -z $_bedrockenv_stamps ]]
  fi
}

# ── 3. What applies here ──────────────────────────────────────────────────────────────────────────────────────────────

# The verdict on a directory file $1 whose directory is $2, into REPLY: `broken …`, `denied` or `text …`.
_bedrockenv_judge() {
  if [[ -e $_bedrockenv_state/denied$2/.bedrockrc ]]; then REPLY=denied
  elif [[ ! -f $1 ]]; then REPLY='broken (not a regular file)'
  elif [[ ! -r $1 ]]; then REPLY='broken (not readable)'
  elif ! builtin read -r -d '' -n 65537 <"$1" && ((${#REPLY} <= 16384)); then REPLY="text $REPLY"
  else _bedrockenv_judge_bytes "$1"
  fi
}

# The same for a file that is large (a character has up to four bytes) or in which `read` has found a NUL.
_bedrockenv_judge_bytes() {
  local LC_ALL=C
  if ! builtin read -r -d '' -n 65537 <"$1"; then REPLY="text $REPLY"
  elif ((${#REPLY} > 65536)); then REPLY='broken (larger than 64 KiB)'
  else REPLY='broken (contains a NUL byte)'
  fi
}

# The real directory of $1, into REPLY. Only a path through a symbolic link costs a fork.
_bedrockenv_real() {
  local dir=$1
  REPLY=${1:-/}
  while [[ $dir == /?* && ! -L $dir ]]; do dir=${dir%/*}; done
  [[ $dir == /?* ]] || return
  # The slash keeps a newline at the end of a name; aliases are expanded in `$( )` when it runs.
  REPLY=$(\builtin cd -P -- "$1" && \builtin printf '%s/' "$PWD")
  [[ $REPLY == / ]] || REPLY=${REPLY%/}
}

# Is $2 what the user approved for the directory $1?
_bedrockenv_approved() {
  local file=$_bedrockenv_state/approvals$1/.bedrockrc
  local -a text=()
  [[ -f $file && -O $file && -r $file ]] || return 1
  builtin mapfile -t -d '' -n 2 text <"$file"
  ((${#text[@]} < 2)) && builtin test "${text[0]}" = "$2"
}

# The CLI, into `cli`: the recorded one, or else whatever `bedrockenv` is on PATH (a new Node version, a moved install,
# a hook that a plugin manager has loaded).
_bedrockenv_find_cli() {
  # shellcheck disable=SC2154 # assigned by the lines that `bedrockenv hook` puts in front
  if [[ -x $_bedrockenv_node && -f $_bedrockenv_cli ]]; then cli=("$_bedrockenv_node" "$_bedrockenv_cli")
  elif builtin type -P bedrockenv >/dev/null; then cli=(builtin command bedrockenv)
  else
    _bedrockenv_gone=${_bedrockenv_gone:-new}
    return 127
  fi
}

_bedrockenv_run() {
  local -a cli
  _bedrockenv_find_cli && "${cli[@]}" "$@"
}

# Compiles the plan of the directory $1 ('' for outside of projects) whose text is $2, and finds it. When that fails, or
# is ended by Ctrl-C, it is not tried again before $PWD changes.
_bedrockenv_compile() {
  local -a args=(--default)
  ! builtin test "$_bedrockenv_failed" = "${1:-default}" || return 1
  _bedrockenv_failed=${1:-default}
  [[ -z $1 ]] || args=(--dir "$1")
  # The CLI has said why when it failed here before.
  if builtin test "$_bedrockenv_retry" = "$_bedrockenv_failed"; then
    _bedrockenv_run compile "${args[@]}" </dev/null 2>/dev/null
  else _bedrockenv_run compile "${args[@]}" </dev/null
  fi
  _bedrockenv_find_plan "$1" "$2" && _bedrockenv_failed=
}

# Is the state folder the user's alone? If not, _bedrockenv_unsafe says why. bash cannot see modes: one `ls` per shell.
_bedrockenv_safe() {
  _bedrockenv_unsafe=
  [[ -e $_bedrockenv_state ]] || return 0
  REPLY=$(\builtin command ls -ldnL -- "$_bedrockenv_state")
  if [[ -O $_bedrockenv_state && $REPLY == d????-??-* ]]; then
    _bedrockenv_checked=$_bedrockenv_state
    return 0
  fi
  _bedrockenv_visible "$_bedrockenv_state"
  _bedrockenv_unsafe="$REPLY belongs to another user; nothing is applied"
  if [[ -O $_bedrockenv_state ]]; then
    builtin printf -v _bedrockenv_unsafe '%s is writable by others; nothing is applied; run: chmod 700 %q' "$REPLY" \
      "$_bedrockenv_state"
  fi
  return 1
}

# After a change of $PWD: is what was found from here upwards the same as at the last settling? The candidates that do
# not exist go into _bedrockenv_near. `dir` becomes `-` when the walk got to the top.
_bedrockenv_walk() {
  _bedrockenv_pwd=$PWD _bedrockenv_near='' dir=${PWD%/} found=''
  _bedrockenv_retry=$_bedrockenv_failed _bedrockenv_failed=''
  while :; do
    while [[ $dir == /?* && $dir != "$_bedrockenv_dir" && ! -e $dir/.bedrockrc && ! -L $dir/.bedrockrc ]]; do
      _bedrockenv_near+=$dir/.bedrockrc$'\x1f' dir=${dir%/*}
    done
    if [[ $dir == "$_bedrockenv_dir" ]]; then break
    elif [[ -e $dir/.bedrockrc || -L $dir/.bedrockrc ]]; then
      found+=$dir$'\n'
      [[ $_bedrockenv_found == "$found"* ]] || return 1
    else _bedrockenv_near+=$dir/.bedrockrc$'\x1f'
    fi
    if [[ $dir != /?* ]]; then
      dir=-
      break
    fi
    dir=${dir%/*}
  done
  [[ $_bedrockenv_state && -z $_bedrockenv_retry ]] &&
    builtin test "$found/$dir" = "$_bedrockenv_found/$_bedrockenv_dir"
}

# Is the verdict still the same on each directory file that was passed over?
_bedrockenv_still_pending() {
  local i
  for ((i = 0; i < ${#_bedrockenv_pending[@]}; i += 3)); do
    _bedrockenv_judge "${_bedrockenv_pending[i]}" "${_bedrockenv_pending[i + 1]}"
    [[ $REPLY != 'text '* ]] || _bedrockenv_approved "${_bedrockenv_pending[i + 1]}" "${REPLY#text }" || REPLY=un$REPLY
    builtin test "$REPLY" = "${_bedrockenv_pending[i + 2]}" || return 1
  done
}

# Looks from $PWD upwards for the nearest directory file that may be applied and enters it; what it passed over is in
# _bedrockenv_pending (file, real directory, verdict).
_bedrockenv_settle() {
  local config bare='' wants text end_env end_inputs end_notes end_vars stamps p i n
  # A relative folder would be another one in each directory, where a repository could bring its own.
  _bedrockenv_state=$XDG_STATE_HOME _bedrockenv_settled=1 _bedrockenv_dir=-
  [[ $_bedrockenv_state == /* ]] || _bedrockenv_state=/${HOME#/}/.local/state
  _bedrockenv_state+=/bedrockenv
  # Ctrl-C may end what follows; then the next prompt does it again.
  _bedrockenv_found=- _bedrockenv_kind='' _bedrockenv_key='' _bedrockenv_pending=() _bedrockenv_absent='' \
    _bedrockenv_stamps='' _bedrockenv_present=''
  if builtin test "$_bedrockenv_checked" = "$_bedrockenv_state" || _bedrockenv_safe; then
    # The walk may have come to the first directory file, or to the top, without passing any: then go on from there.
    if ! builtin test "$found" = "$dir"$'\n' && ! builtin test "$dir$found" = -; then
      _bedrockenv_near='' dir=${PWD%/}
    fi
    found=
    while [[ $dir != - ]]; do
      while [[ $dir == /?* && ! -e $dir/.bedrockrc && ! -L $dir/.bedrockrc ]]; do
        _bedrockenv_near+=$dir/.bedrockrc$'\x1f' dir=${dir%/*}
      done
      ! _bedrockenv_bare || bare=1
      [[ -z $bare || -z $dir ]] || ! _bedrockenv_usual || break
      ! _bedrockenv_try || break
      [[ $dir == /?* ]] || dir=-/
      dir=${dir%/*}
    done
    if [[ $dir == - ]]; then
      config=$XDG_CONFIG_HOME
      [[ $config == /* ]] || config=$HOME/.config
      config=${BEDROCKENV_CONFIG:-$config/bedrockenv/config.yaml}
      [[ $config == /* ]] || config=$HOME/$config
      if [[ ! -e $_bedrockenv_state/default && ! -e $config ]]; then
        _bedrockenv_absent=$config$'\x1f'
        [[ $found$_bedrockenv_unsafe ]] || _bedrockenv_remember 1
      else
        ! _bedrockenv_bare || bare=1
        if _bedrockenv_find_plan '' '' || _bedrockenv_compile '' ''; then _bedrockenv_enter
        elif [[ ! -e $config ]]; then _bedrockenv_absent=$config$'\x1f'
        fi
      fi
    fi
  fi
  _bedrockenv_dir=$dir _bedrockenv_found=$found
}

# Is no variable set that a plan may depend on or set? Mostly so, and then much is simpler.
_bedrockenv_bare() {
  REPLY=\
${AWS_PROFILE+x}${AWS_DEFAULT_PROFILE+x}${AWS_REGION+x}${AWS_DEFAULT_REGION+x}${AWS_CONFIG_FILE+x}\
${AWS_SHARED_CREDENTIALS_FILE+x}${BEDROCKENV_CONFIG+x}${CLAUDE_CODE_USE_BEDROCK+x}${ANTHROPIC_MODEL+x}\
${ANTHROPIC_DEFAULT_OPUS_MODEL+x}${ANTHROPIC_DEFAULT_SONNET_MODEL+x}${ANTHROPIC_DEFAULT_HAIKU_MODEL+x}\
${ANTHROPIC_SMALL_FAST_MODEL+x}${ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION+x}${DISABLE_PROMPT_CACHING+x}\
${ENABLE_PROMPT_CACHING_1H+x}${CLAUDE_CODE_MAX_OUTPUT_TOKENS+x}${MAX_THINKING_TOKENS+x}${CLAUDE_CODE_EFFORT_LEVEL+x}\
${ANTHROPIC_BEDROCK_SERVICE_TIER+x}${AWS_BEARER_TOKEN_BEDROCK+x}${ANTHROPIC_BEDROCK_BASE_URL+x}${BEDROCKENV_DIR+x}\
${BEDROCKENV_PROFILE+x}${BEDROCKENV_MODEL+x}${kept[0]}
  [[ -z $REPLY ]]
}

# What the variables of the closed list hold, into REPLY: for one comparison of all of them. IFS is U+001F.
_bedrockenv_values() {
  REPLY=\
${CLAUDE_CODE_USE_BEDROCK+=$CLAUDE_CODE_USE_BEDROCK}$IFS\
${AWS_PROFILE+=$AWS_PROFILE}$IFS\
${AWS_REGION+=$AWS_REGION}$IFS\
${ANTHROPIC_MODEL+=$ANTHROPIC_MODEL}$IFS\
${ANTHROPIC_DEFAULT_OPUS_MODEL+=$ANTHROPIC_DEFAULT_OPUS_MODEL}$IFS\
${ANTHROPIC_DEFAULT_SONNET_MODEL+=$ANTHROPIC_DEFAULT_SONNET_MODEL}$IFS\
${ANTHROPIC_DEFAULT_HAIKU_MODEL+=$ANTHROPIC_DEFAULT_HAIKU_MODEL}$IFS\
${ANTHROPIC_SMALL_FAST_MODEL+=$ANTHROPIC_SMALL_FAST_MODEL}$IFS\
${ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION+=$ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION}$IFS\
${DISABLE_PROMPT_CACHING+=$DISABLE_PROMPT_CACHING}$IFS\
${ENABLE_PROMPT_CACHING_1H+=$ENABLE_PROMPT_CACHING_1H}$IFS\
${CLAUDE_CODE_MAX_OUTPUT_TOKENS+=$CLAUDE_CODE_MAX_OUTPUT_TOKENS}$IFS\
${MAX_THINKING_TOKENS+=$MAX_THINKING_TOKENS}$IFS\
${CLAUDE_CODE_EFFORT_LEVEL+=$CLAUDE_CODE_EFFORT_LEVEL}$IFS\
${ANTHROPIC_BEDROCK_SERVICE_TIER+=$ANTHROPIC_BEDROCK_SERVICE_TIER}$IFS\
${AWS_BEARER_TOKEN_BEDROCK+=$AWS_BEARER_TOKEN_BEDROCK}$IFS\
${ANTHROPIC_BEDROCK_BASE_URL+=$ANTHROPIC_BEDROCK_BASE_URL}$IFS\
${BEDROCKENV_DIR+=$BEDROCKENV_DIR}$IFS\
${BEDROCKENV_PROFILE+=$BEDROCKENV_PROFILE}$IFS\
${BEDROCKENV_MODEL+=$BEDROCKENV_MODEL}$IFS
}

# Enters the directory `dir` in the usual case, which lies ready-made beside the stamps of its plan.
_bedrockenv_usual() {
  stamps=$_bedrockenv_state/plans$dir/.bedrockrc
  [[ -f $stamps && -O $stamps && -f $dir/.bedrockrc && -r $dir/.bedrockrc ]] || return
  builtin mapfile -t -d '' -n 2 p <"$stamps"
  stamps=$_bedrockenv_state/stamps/${p[1]}
  [[ -f $stamps/usual.bash && -O $stamps/usual.bash ]] || return
  builtin mapfile -t -d '' p <"$stamps/usual.bash"
  # Without a name, `read` takes the bytes as they are, whatever IFS is.
  ! builtin read -r -d '' -n 65537 <"$dir/.bedrockrc" && builtin test \
    "${#p[@]}/${p[0]}/${p[2]}/${p[11]}/${p[19]}/${p[3]}" = "20/bedrockenv-usual-bash/1/$dir/$stamps/end/$REPLY" || return
  text=$REPLY
  _bedrockenv_pairs=${p[13]} _bedrockenv_vars=${p[14]} _bedrockenv_set=${p[15]} _bedrockenv_absent=${p[16]} \
    _bedrockenv_present=${p[17]} _bedrockenv_stamps=$stamps _bedrockenv_own=${p[12]}
  # Mostly it is the same variables, which have been looked up before.
  if ! builtin test "$_bedrockenv_vars" = "$_bedrockenv_listed"; then
    for i in $_bedrockenv_vars; do [[ ${_bedrockenv_names[=$i]} ]] || return 1; done
    _bedrockenv_listed=$_bedrockenv_vars _bedrockenv_pattern=${_bedrockenv_vars//$IFS/=*$IFS}
  fi
  # As many pairs as there are names, each with its name in front.
  # shellcheck disable=SC2053,SC2086 # a pattern; split on purpose
  builtin set -- $_bedrockenv_vars && n=$# && builtin set -- $_bedrockenv_pairs && ((n == $#)) &&
    [[ $_bedrockenv_pairs && $_bedrockenv_pairs == $_bedrockenv_pattern ]] && _bedrockenv_same_inputs || return
  _bedrockenv_label=${p[4]} _bedrockenv_kind=${p[5]} _bedrockenv_token=${p[8]} _bedrockenv_fresh='' \
    _bedrockenv_sign=${p[6]}$IFS${p[7]}$IFS${p[9]}$IFS${p[10]} _bedrockenv_notes=() _bedrockenv_key=${p[2]}$'\n'${p[4]}
  if [[ ${p[18]} ]]; then
    # shellcheck disable=SC2206 # split on purpose
    _bedrockenv_notes=(${p[18]})
    for i in "${_bedrockenv_notes[@]}"; do _bedrockenv_key+=$'\n'$i; done
  fi
  BEDROCKENV_STATE=$_bedrockenv_own
  # shellcheck disable=SC2086,SC2163 # split on purpose, into NAME=value
  builtin export BEDROCKENV_STATE $_bedrockenv_pairs
  ! builtin test "$adopt" = "${p[1]}:${p[2]}" || _bedrockenv_shown=$_bedrockenv_key
  [[ $found ]] || _bedrockenv_remember ''
  return 0
}

# Enters the directory `dir` if its directory file may be applied.
_bedrockenv_try() {
  local file=$dir/.bedrockrc real=${dir:-/} verdict
  if [[ -z $dir && ! -e $file && ! -L $file ]]; then
    _bedrockenv_near+=$file$'\x1f'
    return 1
  fi
  _bedrockenv_judge "$file" "$real"
  verdict=$REPLY
  # Only a real directory has a plan: it says whether this is one.
  if [[ $verdict == 'text '* ]]; then
    text=${verdict#text }
    if _bedrockenv_find_plan "$real" "$text"; then
      _bedrockenv_enter
      [[ -z $_bedrockenv_set || $found$wants ]] || _bedrockenv_remember ''
      return 0
    fi
  fi
  _bedrockenv_real "$dir"
  if ! builtin test "$REPLY" = "$real"; then
    real=$REPLY
    _bedrockenv_judge "$file" "$real"
    verdict=$REPLY text=${REPLY#text }
    [[ $verdict != 'text '* ]] || ! _bedrockenv_find_plan "$real" "$text" || { _bedrockenv_enter && return 0; }
  fi
  if [[ $verdict == 'text '* ]]; then
    if ! _bedrockenv_approved "$real" "$text"; then verdict=un$verdict
    elif _bedrockenv_compile "$real" "$text"; then
      _bedrockenv_enter
      return 0
    fi
  fi
  _bedrockenv_pending+=("$file" "$real" "$verdict") found+=$dir$'\n'
  return 1
}

# ── 4. The restore record: enter, leave ───────────────────────────────────────────────────────────────────────────────

# Applies _bedrockenv_plan and writes the record of what was there before.
_bedrockenv_enter() {
  local i name value
  _bedrockenv_label=${_bedrockenv_plan[4]} _bedrockenv_kind=${_bedrockenv_plan[5]}
  _bedrockenv_token=${_bedrockenv_plan[8]} _bedrockenv_sign=${_bedrockenv_plan[6]}$'\x1f'${_bedrockenv_plan[7]}$'\x1f'
  _bedrockenv_sign+=${_bedrockenv_plan[9]}$'\x1f'${_bedrockenv_plan[10]}
  _bedrockenv_fresh=''
  _bedrockenv_key=${_bedrockenv_plan[2]}$'\n'${_bedrockenv_plan[4]} _bedrockenv_notes=()
  for ((i = end_inputs; i < end_notes; i++)); do
    _bedrockenv_notes+=("${_bedrockenv_plan[i]}") _bedrockenv_key+=$'\n'${_bedrockenv_plan[i]}
  done
  builtin test "$kept_root" = "${_bedrockenv_plan[2]}" || kept=()
  _bedrockenv_encode "${_bedrockenv_plan[2]}"
  _bedrockenv_own=1$'\x1f'${_bedrockenv_plan[1]}$'\x1f'$REPLY
  # The record first: it must be there whenever a variable of ours is.
  if [[ $bare ]] && _bedrockenv_plain; then
    # shellcheck disable=SC2086,SC2163 # split on purpose, into NAME=value
    builtin export "BEDROCKENV_STATE=$_bedrockenv_own" $_bedrockenv_pairs
    _bedrockenv_values
    _bedrockenv_set=$REPLY
  else
    _bedrockenv_set=''
    builtin export "BEDROCKENV_STATE=$_bedrockenv_own"
    for ((i = end_notes; i < end_vars; i += 3)); do
      name=${_bedrockenv_plan[i + 1]} value=${_bedrockenv_plan[i + 2]}
      _bedrockenv_enter_one "${_bedrockenv_plan[i]}"
    done
    _bedrockenv_own=$BEDROCKENV_STATE
  fi
  # A shell started inside the project has nothing new to say.
  ! builtin test "$adopt" = "${_bedrockenv_plan[1]}:${_bedrockenv_plan[2]}" || _bedrockenv_shown=$_bedrockenv_key
  return 0
}

# Is each variable of the plan just to be set where none was? Then the record, what to export and what to unset on
# leaving are strings.
_bedrockenv_plain() {
  local i=$((end_notes - 2)) own=$_bedrockenv_own
  _bedrockenv_vars='' _bedrockenv_pairs=''
  while (((i += 3) < end_vars)); do
    [[ ${_bedrockenv_plan[i - 1]} == set && ${_bedrockenv_plan[i + 1]} != *[%$'\x1f']* ]] || return 1
    _bedrockenv_vars+=${_bedrockenv_plan[i]}$'\x1f' \
      _bedrockenv_pairs+=${_bedrockenv_plan[i]}=${_bedrockenv_plan[i + 1]}$'\x1f' \
      own+=$'\x1f'${_bedrockenv_plan[i]}$'\x1f'=${_bedrockenv_plan[i + 1]}$'\x1f'u$'\x1f'
  done
  _bedrockenv_own=$own
}

# Keeps what was found here, for coming back to this place: of sixteen projects at most, where only unset variables were
# set, and, with $1, of sixteen directories outside of projects.
_bedrockenv_remember() {
  # A key stays when another place takes its index; a shell that gets around begins anew.
  ((${#_bedrockenv_places[@]} < 128)) || _bedrockenv_places=()
  # Only from the second time on: most are come to once.
  if [[ -z ${_bedrockenv_places[=$PWD]} ]]; then
    _bedrockenv_places[=$PWD]=+
    return
  fi
  if [[ $1 ]]; then n=$((16 + _bedrockenv_outsides++ % 16)); else n=$((_bedrockenv_insides++ % 16)); fi
  _bedrockenv_places[=$PWD]=$n
  _bedrockenv_place_pwd[n]=$XDG_STATE_HOME:$XDG_CONFIG_HOME:$BEDROCKENV_CONFIG:$HOME:$PWD
  _bedrockenv_place_dir[n]=$dir
  _bedrockenv_place_near[n]=$_bedrockenv_near _bedrockenv_place_absent[n]=$_bedrockenv_absent
  [[ -z $1 ]] || return 0
  _bedrockenv_place_text[n]=$text _bedrockenv_place_set[n]=$_bedrockenv_set
  _bedrockenv_place_present[n]=$_bedrockenv_present _bedrockenv_place_stamps[n]=$_bedrockenv_stamps
  _bedrockenv_place_own[n]=$_bedrockenv_own
  _bedrockenv_place_vars[n]=$_bedrockenv_vars _bedrockenv_place_pairs[n]=$_bedrockenv_pairs
  _bedrockenv_place_key[n]=$_bedrockenv_key _bedrockenv_place_label[n]=$_bedrockenv_label
  _bedrockenv_place_kind[n]=$_bedrockenv_kind _bedrockenv_place_token[n]=$_bedrockenv_token
  _bedrockenv_place_sign[n]=$_bedrockenv_sign _bedrockenv_place_notes[n]=${_bedrockenv_notes[*]}
}

# Comes to a place again, the one with the index $1, if nothing that was found then has changed. The stamps of a plan
# that is replaced or revoked are removed.
_bedrockenv_come_back() {
  builtin test "${_bedrockenv_place_pwd[$1]}" = \
    "$XDG_STATE_HOME:$XDG_CONFIG_HOME:$BEDROCKENV_CONFIG:$HOME:$PWD" || return 1
  if [[ ${_bedrockenv_place_dir[$1]} == - ]]; then
    _bedrockenv_near=${_bedrockenv_place_near[$1]} _bedrockenv_absent=${_bedrockenv_place_absent[$1]} \
      _bedrockenv_stamps='' _bedrockenv_present='' _bedrockenv_kind='' _bedrockenv_key='' \
      _bedrockenv_dir=- _bedrockenv_found='' _bedrockenv_pending=() _bedrockenv_settled=1
    _bedrockenv_same_inputs
    return
  fi
  # What was left just now as it had been entered has left none of the closed list behind.
  [[ $left && -z ${AWS_DEFAULT_PROFILE+x}${AWS_DEFAULT_REGION+x}${AWS_CONFIG_FILE+x} &&
    -z ${AWS_SHARED_CREDENTIALS_FILE+x}${BEDROCKENV_CONFIG+x} ]] || _bedrockenv_bare || return 1
  REPLY=${_bedrockenv_place_dir[$1]}/.bedrockrc
  # shellcheck disable=SC2015
  [[ -f $REPLY && -r $REPLY ]] && ! builtin read -r -d '' -n 65537 <"$REPLY" &&
    builtin test "$REPLY" = "${_bedrockenv_place_text[$1]}" || return 1
  _bedrockenv_near=${_bedrockenv_place_near[$1]} _bedrockenv_absent=${_bedrockenv_place_absent[$1]} \
    _bedrockenv_present=${_bedrockenv_place_present[$1]} _bedrockenv_stamps=${_bedrockenv_place_stamps[$1]}
  _bedrockenv_same_inputs || return 1
  # shellcheck disable=SC2206 # split on purpose
  _bedrockenv_own=${_bedrockenv_place_own[$1]} _bedrockenv_set=${_bedrockenv_place_set[$1]} \
    _bedrockenv_vars=${_bedrockenv_place_vars[$1]} _bedrockenv_key=${_bedrockenv_place_key[$1]} \
    _bedrockenv_label=${_bedrockenv_place_label[$1]} _bedrockenv_kind=${_bedrockenv_place_kind[$1]} \
    _bedrockenv_token=${_bedrockenv_place_token[$1]} _bedrockenv_sign=${_bedrockenv_place_sign[$1]} \
    _bedrockenv_dir=${_bedrockenv_place_dir[$1]} _bedrockenv_found='' _bedrockenv_pending=() _bedrockenv_settled=1 \
    _bedrockenv_fresh='' _bedrockenv_notes=(${_bedrockenv_place_notes[$1]})
  # A long word costs more than an assignment does.
  BEDROCKENV_STATE=$_bedrockenv_own
  # shellcheck disable=SC2086,SC2163 # split on purpose, into NAME=value
  builtin export BEDROCKENV_STATE ${_bedrockenv_place_pairs[$1]}
}

# $1 as a field of the record, into REPLY.
_bedrockenv_encode() {
  REPLY=$1
  [[ $REPLY == *[%$'\x1f']* ]] || return
  REPLY=${REPLY//\%/%25}
  REPLY=${REPLY//$'\x1f'/%1F}
}

# Enters one variable: $1 says what to do with `name` and `value`.
_bedrockenv_enter_one() {
  local op=$1 ours="=$value" how previous k hand=''
  # Readonly, an array, an integer (an assignment would evaluate the value): not ours to set.
  case ${!name@a}${!name+=} in
    '') how=u ;;
    x=) how=x ;;
    =) how=l ;;
    *) return ;;
  esac
  previous=${!name}
  case $op in
    set) ;;
    unset) ours='' ;;
    *)
      _bedrockenv_secret "$op" "$value" || return
      value=$REPLY ours='*'
      [[ $how != x ]] || ! builtin test "$value" = "$previous" || return
      ;;
  esac
  for ((k = 0; k < ${#kept[@]}; k += 4)); do
    # Changed by hand here since we set the same value: it stays, and so does the record of what was before us.
    if builtin test "${kept[k]}" = "$name" && builtin test "${kept[k + 1]}" = "$ours"; then
      how=${kept[k + 2]} previous=${kept[k + 3]} hand=1
    fi
  done
  if [[ $name == AWS_BEARER_TOKEN_BEDROCK ]]; then
    [[ $hand ]] || _bedrockenv_withhold
    _bedrockenv_secret_ours=$value
  fi
  _bedrockenv_encode "$ours"
  BEDROCKENV_STATE+=$'\x1f'$name$'\x1f'$REPLY$'\x1f'$how
  _bedrockenv_encode "$previous"
  BEDROCKENV_STATE+=$'\x1f'$REPLY
  case $hand$op in
    1*) ;;
    unset) builtin unset -v "$name" ;;
    *) builtin export "$name=$value" ;;
  esac
}

# A secret's value lies in no record. What it was before stays in this shell, if it is known: `how` says that there was
# one.
_bedrockenv_withhold() {
  case $how$_bedrockenv_lost in
    u) builtin unset -v _bedrockenv_secret_before ;;
    u*)
      builtin unset -v _bedrockenv_secret_before
      how=X
      ;;
    *) _bedrockenv_secret_before=$previous how=${how^} previous='' ;;
  esac
  _bedrockenv_lost=
}

# A secret's value into REPLY, from the place that the plan names: it never lies in the plan or in the record.
_bedrockenv_secret() {
  REPLY=
  case $1 in
    env) [[ $2 != [A-Za-z_]* || $2 == *[!A-Za-z0-9_]* ]] || REPLY=${!2} ;;
    file)
      [[ ! -f $2 || ! -r $2 ]] || IFS='' builtin read -r REPLY <"$2"
      REPLY=${REPLY%$'\r'}
      ;;
    command)
      REPLY=$(_bedrockenv_run api-key --dir "${_bedrockenv_plan[2]:-/}")
      (($? != 127)) || _bedrockenv_gone=${_bedrockenv_gone:-new}
      ;;
  esac
  [[ $REPLY ]]
}

# Splits the record into `record`, fields decoded; fails (and drops the record) unless every part of it is in order.
_bedrockenv_record() {
  local i state=$BEDROCKENV_STATE$'\x1f'
  # shellcheck disable=SC2206 # split on purpose; the events turn globbing off and set IFS
  record=($state)
  if builtin test "${record[0]}" = 1 && ((${#record[@]} % 4 == 3)); then
    if [[ $state == *%* ]]; then
      record=("${record[@]//\%1F/$'\x1f'}")
      record=("${record[@]//\%25/%}")
    fi
    for ((i = 3; i < ${#record[@]}; i += 4)); do
      [[ ${_bedrockenv_names[=${record[i]}]} && ${record[i + 1]:-=} == [=*]* && ${record[i + 2]} == [uxlXL] ]] || break
      [[ ${record[i + 1]} != '*'?* ]] || break
      # A shell-local value of another shell never was in this one.
      [[ $own || ${record[i + 2]} != [lL] ]] || record[i + 2]=u
    done
    if ((i >= ${#record[@]})); then
      [[ $own ]] || adopt=${record[1]}:${record[2]}
      return 0
    fi
  fi
  builtin unset -v BEDROCKENV_STATE
  return 1
}

# Puts back what was there before, exactly; what the user changed by hand meanwhile stays, and goes into `kept`.
_bedrockenv_leave() {
  # Mostly nothing was set before, and nothing has changed since. Of the record that is known here; only direnv brings
  # another.
  if [[ $_bedrockenv_set ]] &&
    { [[ -z $_bedrockenv_direnv ]] || builtin test "$BEDROCKENV_STATE" = "$_bedrockenv_own"; }; then
    _bedrockenv_values
    if builtin test "$REPLY" = "$_bedrockenv_set"; then
      # shellcheck disable=SC2086 # split on purpose, as above
      builtin unset -v $_bedrockenv_vars BEDROCKENV_STATE && left=1
      return
    fi
  fi
  _bedrockenv_leave_each
}

# The same with a look at each variable.
_bedrockenv_leave_each() {
  local i name own=''
  local -a record=()
  kept=()
  ! builtin test "$BEDROCKENV_STATE" = "$_bedrockenv_own" || own=1
  _bedrockenv_record || return
  kept_root=${record[2]}
  for ((i = 3; i < ${#record[@]}; i += 4)); do
    name=${record[i]}
    if ! builtin test "${!name@a}${!name+=}${!name}" = "${record[i + 1]:+x}${record[i + 1]}"; then
      # No longer exported it is still our value; readonly or an array it is no longer ours.
      case ${!name@a} in '' | x) ;; *) continue ;; esac
      if [[ ${record[i + 1]} == '*' ]]; then
        [[ -z $own ]] || builtin test "${!name+=}${!name}" = "=$_bedrockenv_secret_ours"
      else builtin test "${!name+=}${!name}" = "${record[i + 1]}"
      fi || {
        kept+=("${record[@]:i:4}")
        continue
      }
    fi
    case ${record[i + 2]} in
      u) builtin unset -v "$name" ;;
      x) builtin export "$name=${record[i + 3]}" ;;
      l) builtin export -n "$name=${record[i + 3]}" ;;
      *) _bedrockenv_give_back "${record[i + 2]}" ;;
    esac
  done
  # The record last: it must be there whenever a variable of ours is.
  builtin unset -v BEDROCKENV_STATE
}

# Gives `name`, a secret, what it was before; $1 is how it was.
_bedrockenv_give_back() {
  if [[ -z ${_bedrockenv_secret_before+set} ]]; then
    builtin unset -v "$name"
    _bedrockenv_lost=1
  elif [[ $1 == L ]]; then builtin export -n "$name=$_bedrockenv_secret_before"
  else builtin export "$name=$_bedrockenv_secret_before"
  fi
}

# ── 5. The session: expiry, time left, sign-in ────────────────────────────────────────────────────────────────────────

# Seconds since 1970 of an ISO 8601 time in UTC, into REPLY: days from civil, without TZ, strftime or a process.
_bedrockenv_epoch() {
  local digits=${1:0:19} y m d
  digits=${digits//[!0123456789]/}
  REPLY=
  [[ ${#digits} == 14 && $1 == ????-??-??T??:??:??* && ($1 == *Z || $1 == *UTC || $1 == *+00:00) ]] || return 1
  ((y = 10#${digits:0:4}, m = 10#${digits:4:2}, d = 10#${digits:6:2}, y -= m < 3))
  # shellcheck disable=SC2017 # whole days
  ((d += y / 400 * 146097 + y % 400 * 365 + y % 400 / 4 - y % 400 / 100 + (153 * ((m + 9) % 12) + 2) / 5 - 719469))
  REPLY=$((((d * 24 + 10#${digits:8:2}) * 60 + 10#${digits:10:2}) * 60 + 10#${digits:12:2}))
}

# Reads the token file: _bedrockenv_expires becomes its expiry in epoch seconds, `` when there is no usable token;
# _bedrockenv_renews until when the AWS clients renew it when it has expired, `` when they do not at all;
# _bedrockenv_fresh until when nobody needs to look again: 0 before bash 5, where EPOCHSECONDS is a variable like any
# other.
_bedrockenv_look() {
  _bedrockenv_expires='' _bedrockenv_renews='' _bedrockenv_fresh=0
  [[ -f $_bedrockenv_token && -r $_bedrockenv_token ]] || return
  # Split at its quotes, JSON has its strings at the odd places.
  builtin mapfile -t -n 1000 -d '"' json <"$_bedrockenv_token"
  # shellcheck disable=SC2086 # split on purpose
  builtin set -- ${_bedrockenv_sessions[=$_bedrockenv_kind:$_bedrockenv_token]}
  # As long as it is fresh, only the expiry and that there is a token matter. A file of `aws login` has more to look at.
  if [[ $9 && $_bedrockenv_kind != login ]] && {
    (($7 > now + 300)) &&
      builtin test "${#json[@]}:${json[$1]}:${json[$1 + 2]:+x}:${json[$2]}:${json[$2 + 2]}" = "$9" ||
      { _bedrockenv_gist "$@" && builtin test "$REPLY" = "$9:${10}"; }
  }; then
    _bedrockenv_expires=$7 _bedrockenv_renews=${8#-}
  else _bedrockenv_read_token || return
  fi
  _bedrockenv_fresh=$((BASH_VERSINFO[0] > 4 ? _bedrockenv_expires - 300 : 0))
}

# Of the strings in `json` whose places are $1 to $6, what is told below, into REPLY: the times, and of secrets only
# that they are there.
_bedrockenv_gist() {
  REPLY=${#json[@]}:${json[$1]}:${json[$1 + 2]:+x}:${json[$2]}:${json[$2 + 2]}:${json[$3]}:${json[$3 + 2]:+x}:
  REPLY+=${json[$4 + 2]:+x}:${json[$5 + 2]:+x}:${json[$6]}:${json[$6 + 2]}
}

# Finds in `json` what there is to know, and keeps it: a token that is read again mostly has not changed.
_bedrockenv_read_token() {
  local i expires until=''
  local -A field=() at=()
  for ((i = 1; i < ${#json[@]}; i += 2)); do
    case ${json[i]} in
      accessToken | expiresAt | refreshToken | clientId | clientSecret | registrationExpiresAt | dpopKey | \
        accessKeyId | secretAccessKey | sessionToken | accountId)
        # In the file of `aws login`, accessToken is an object: any string in it will do.
        [[ ${json[i + 1]} == *[!$': \t\r\n{']* ]] || field[${json[i]}]=${json[i + 2]} at[${json[i]}]=$i
        ;;
    esac
  done
  [[ ${field[accessToken]} ]] && _bedrockenv_epoch "${field[expiresAt]}" || return
  # What both clients ask of a file of `aws login`, however fresh it is.
  [[ $_bedrockenv_kind != login || (${field[clientId]} && ${field[refreshToken]} && ${field[dpopKey]} &&
    ${field[accessKeyId]} && ${field[secretAccessKey]} && ${field[sessionToken]} && ${field[accountId]}) ]] || return
  expires=$REPLY
  case $_bedrockenv_kind:${field[refreshToken]:+r} in
    login:r) until=99999999999 ;;
    sso:r)
      # In its last five minutes the registration does not matter: the SDK tries, is refused, and uses the token up.
      if [[ ${field[clientId]} && ${field[clientSecret]} ]]; then
        until=0
        ! _bedrockenv_epoch "${field[registrationExpiresAt]}" || until=$REPLY
      fi
      ;;
  esac
  _bedrockenv_expires=$expires _bedrockenv_renews=$until
  builtin set -- "${at[accessToken]}" "${at[expiresAt]}" "${at[refreshToken]:-1000}" "${at[clientId]:-1000}" \
    "${at[clientSecret]:-1000}" "${at[registrationExpiresAt]:-1000}"
  _bedrockenv_gist "$@"
  i="${#json[@]}:${json[$1]}:${json[$1 + 2]:+x}:${json[$2]}:${json[$2 + 2]}"
  i=$*$'\x1f'$expires$'\x1f'-$until$'\x1f'$i$'\x1f'${REPLY#"$i:"}
  _bedrockenv_sessions[=$_bedrockenv_kind:$_bedrockenv_token]=$i
}

# Is the session stale at `now`? The SDK takes a token with less than five minutes left for expired; a legacy token is
# used to its end.
_bedrockenv_stale() {
  local margin=300
  [[ $_bedrockenv_kind != sso-legacy ]] || margin=0
  [[ -z $_bedrockenv_expires ]] || ((_bedrockenv_expires <= now + margin)) || return 1
  _bedrockenv_look
  # The AWS CLI rewrites the file in place: what was torn at the first read may be whole at the second.
  [[ $_bedrockenv_expires || ! -f $_bedrockenv_token ]] || _bedrockenv_look
  [[ -z $_bedrockenv_expires ]] || ((_bedrockenv_expires <= now + margin)) &&
    { [[ -z $_bedrockenv_renews ]] || ((_bedrockenv_expires <= now && _bedrockenv_renews <= now)); }
}

# At the prompt, in a directory that has a session: signs in when it is stale and the policy says so.
_bedrockenv_sign_in() {
  local -a until=() ask=() sign
  local session profile login cooldown
  _bedrockenv_stale || return
  # shellcheck disable=SC2206 # split on purpose
  sign=($_bedrockenv_sign)
  session=${sign[0]} profile=${sign[1]} login=${sign[2]} cooldown=${sign[3]}
  [[ $login != off && -z $BEDROCKENV_NO_LOGIN && -z $CI && -t 0 && -t 2 ]] || return
  ((now >= ${_bedrockenv_pauses[=$_bedrockenv_token]:-0})) || return
  if [[ -f $cooldown && -r $cooldown ]]; then
    builtin mapfile -t -n 1 until <"$cooldown"
    # A time further away than any cool-down lasts is a clock that was set back.
    if [[ ${until[0]} && ${#until[0]} -lt 12 && ${until[0]} != *[!0123456789]* ]]; then
      ((now >= 10#${until[0]} || 10#${until[0]} > now + 600)) || return
    fi
  fi
  # Whatever happens now, Ctrl-C included, this shell does not ask again for ten minutes, for this session.
  _bedrockenv_pauses[=$_bedrockenv_token]=$((now + 600)) _bedrockenv_settled=1 _bedrockenv_shown=
  if [[ $login == notify ]]; then
    _bedrockenv_notes+=("session $session is expired; sign in with: bedrockenv login")
    return
  fi
  [[ $login != ask ]] || ask=(--ask)
  _bedrockenv_run login --hook "${ask[@]}" --profile "$profile"
  builtin printf -v now '%(%s)T' -1
  _bedrockenv_stale || _bedrockenv_pauses[=$_bedrockenv_token]=0
}

# ── 6. The status line and reports ────────────────────────────────────────────────────────────────────────────────────

# Says on stderr what is new since the last prompt: the status line with the plan's notes, and what was passed over.
_bedrockenv_say() {
  _bedrockenv_settled=
  if ! builtin test "$_bedrockenv_key" = "$_bedrockenv_shown"; then
    _bedrockenv_shown=$_bedrockenv_key REPLY=''
    if [[ $_bedrockenv_key && $_bedrockenv_label && -z $BEDROCKENV_QUIET ]]; then
      [[ -z $_bedrockenv_kind ]] || _bedrockenv_time_left
      builtin printf 'bedrockenv: %s\n' "$_bedrockenv_label$REPLY" >&2
    fi
    [[ -z $_bedrockenv_key || -z ${_bedrockenv_notes[0]} ]] ||
      builtin printf 'bedrockenv: %s\n' "${_bedrockenv_notes[@]}" >&2
  fi
  [[ -z ${_bedrockenv_pending[0]}${_bedrockenv_reported[0]} &&
    -z $_bedrockenv_unsafe$_bedrockenv_said$_bedrockenv_gone$_bedrockenv_lost ]] || _bedrockenv_report
}

# The session part of the status line, into REPLY.
_bedrockenv_time_left() {
  REPLY=$(((_bedrockenv_expires - now) / 60))
  if ((REPLY >= 60)); then REPLY=" · session $((REPLY / 60))h $((REPLY % 60))m"
  elif [[ -z $_bedrockenv_expires ]]; then REPLY=' · not signed in'
  elif ((_bedrockenv_expires > now)); then REPLY=" · session ${REPLY}m"
  elif [[ $_bedrockenv_renews ]] && ((_bedrockenv_renews > now)); then REPLY=' · session renews itself'
  else REPLY=' · session expired'
  fi
}

# Says what was passed over and what is wrong, each once.
_bedrockenv_report() {
  local file dir verdict line i k
  local -a reported=() lines=() cli
  for ((i = 0; i < ${#_bedrockenv_pending[@]}; i += 3)); do
    file=${_bedrockenv_pending[i]} verdict=${_bedrockenv_pending[i + 2]} dir=
    reported+=("$file" "$verdict")
    for ((k = 0; k < ${#_bedrockenv_reported[@]}; k += 2)); do
      ! builtin test "$file" = "${_bedrockenv_reported[k]}" ||
        ! builtin test "$verdict" = "${_bedrockenv_reported[k + 1]}" || continue 2
    done
    builtin test "$file" = "${PWD%/}/.bedrockrc" || builtin printf -v dir ' %q' "${file%/.bedrockrc}"
    case $verdict in
      broken*) file+=" is $verdict; see: bedrockenv status" ;;
      untext*)
        # Without the CLI there is nothing to approve it with; that is said below, once.
        _bedrockenv_find_cli || continue
        file+=" is not approved; to use it: bedrockenv allow${dir/ \'\'/ /}"
        ;;
      text*)
        [[ -z $_bedrockenv_gone ]] || continue
        file+=' could not be compiled; see: bedrockenv status'
        ;;
      *) continue ;;
    esac
    _bedrockenv_visible "$file"
    lines+=("$REPLY")
  done
  _bedrockenv_reported=("${reported[@]}")
  if ! builtin test "$_bedrockenv_unsafe" = "$_bedrockenv_said"; then
    _bedrockenv_said=$_bedrockenv_unsafe
    [[ -z $_bedrockenv_said ]] || lines+=("$_bedrockenv_said")
  fi
  if [[ $_bedrockenv_lost ]]; then
    _bedrockenv_lost=
    lines+=('AWS_BEARER_TOKEN_BEDROCK is unset here: only the shell that replaced it knows its value')
  fi
  if [[ $_bedrockenv_gone == new ]]; then
    _bedrockenv_gone=said
    line='the bedrockenv command is gone; install it again (npm install -g bedrockenv) or'
    lines+=("$line take the hook out of .bashrc")
  fi
  [[ -z ${lines[0]} ]] || builtin printf 'bedrockenv: %s\n' "${lines[@]}" >&2
}

# $1 as it may be shown, into REPLY: without controls, and without those that reorder what a person reads.
_bedrockenv_visible() {
  REPLY=${1//[![:print:]]/?}
  REPLY=${REPLY//$'\xe2\x80'[$'\x8e\x8f\xaa\xab\xac\xad\xae']/?}
  REPLY=${REPLY//$'\xe2\x81'[$'\xa6\xa7\xa8\xa9']/?}
}

# ── 7. Events ─────────────────────────────────────────────────────────────────────────────────────────────────────────

# bash has no event at a `cd`, only this one. Steady state: a few stats, nothing read, nothing said.
_bedrockenv_prompt() {
  # shellcheck disable=SC2319 # the first use of the file has already kept $? and hands it over
  local "$_bedrockenv_local" "previous=${1-$?}" "IFS="$'\x1f' REPLY now
  # Under `set -e` a prompt command that fails ends the shell.
  [[ $- != *e* ]] || previous=0
  $_bedrockenv_builtin set -f +aekuxET
  if [[ $BASH_SUBSHELL$BEDROCKENV_DISABLE$CLAUDECODE$BEDROCKENV_DIRENV != 0 ]] && _bedrockenv_elsewhere; then :
  elif ! builtin test "$PWD${_bedrockenv_direnv:+:$BEDROCKENV_STATE}" = "$_bedrockenv_steady" ||
    ! _bedrockenv_same_inputs; then
    _bedrockenv_turn
  # While the session lasts for five minutes or more, this comparison is all that it costs.
  elif [[ $_bedrockenv_kind ]] && ((!_bedrockenv_fresh || EPOCHSECONDS >= _bedrockenv_fresh)); then _bedrockenv_renew
  fi
  $_bedrockenv_return "$previous"
}

# Is there nothing to be done here?
_bedrockenv_elsewhere() {
  ((BASH_SUBSHELL == 0)) || return 0
  # shellcheck disable=SC2015
  [[ $BEDROCKENV_DISABLE$CLAUDECODE ]] || { [[ $BEDROCKENV_DIRENV ]] && _bedrockenv_is_direnvs; } || return 1
  _bedrockenv_restore
}

# Something may have changed: finds out, and does what is to be done.
_bedrockenv_turn() {
  # shellcheck disable=SC2178 # an array as soon as there is something in it
  local adopt='' kept='' kept_root='' dir='' found='' left='' place json
  # Of a turn that Ctrl-C ends nothing is taken for granted.
  _bedrockenv_steady='' place=${_bedrockenv_places[=$PWD]#+}
  # Beside direnv the record may be another one at any prompt.
  _bedrockenv_direnv=''
  if [[ ${PROMPT_COMMAND[*]} == *_direnv_hook* ]]; then
    _bedrockenv_direnv=1
    [[ -z $_bedrockenv_key ]] || builtin test "$BEDROCKENV_STATE" = "$_bedrockenv_own" || _bedrockenv_overtaken
  fi
  if [[ $place ]] && ! builtin test "${_bedrockenv_place_dir[place]}" = "$_bedrockenv_dir" &&
    ! builtin test "$PWD" = "$_bedrockenv_pwd"; then
    _bedrockenv_pwd=$PWD _bedrockenv_retry=$_bedrockenv_failed _bedrockenv_failed=''
  elif _bedrockenv_same_place; then place=''
  else place=-
  fi
  if [[ $place ]]; then
    [[ -z ${BEDROCKENV_STATE+set} ]] || _bedrockenv_leave
    # shellcheck disable=SC2015
    [[ $place != - ]] && _bedrockenv_come_back "$place" || _bedrockenv_settle
  fi
  # What was passed over is looked at again at each prompt.
  [[ ${_bedrockenv_pending[0]} ]] || \
    _bedrockenv_steady=$PWD${_bedrockenv_direnv:+:${_bedrockenv_key:+$_bedrockenv_own}}
  # Having left, mostly there is nothing to say.
  if [[ $_bedrockenv_key$_bedrockenv_unsafe$_bedrockenv_said$_bedrockenv_gone${_bedrockenv_pending[0]} ||
    ${_bedrockenv_reported[0]} || $_bedrockenv_lost ]]; then _bedrockenv_speak
  else _bedrockenv_shown='' _bedrockenv_settled=''
  fi
}

# direnv took the record along when a variable was set below, or has brought an older one back.
_bedrockenv_overtaken() {
  ! builtin declare -F _direnv_hook >/dev/null || _bedrockenv_pwd='' _bedrockenv_dir=''
}

# Is what was settled at the last prompt still right?
_bedrockenv_same_place() {
  builtin test "$PWD" = "$_bedrockenv_pwd" || _bedrockenv_walk || return 1
  _bedrockenv_still_pending && _bedrockenv_same_inputs
}

# The session may need to be renewed, and nothing else has happened.
_bedrockenv_renew() {
  local json
  _bedrockenv_speak
}

# Signs in if need be, and says what is new.
_bedrockenv_speak() {
  if [[ $_bedrockenv_kind ]]; then
    now=$EPOCHSECONDS
    ((BASH_VERSINFO[0] > 4)) || builtin printf -v now '%(%s)T' -1
    [[ $_bedrockenv_fresh ]] || _bedrockenv_look
    ((${_bedrockenv_expires:-0} > now + 300)) || _bedrockenv_sign_in
  fi
  [[ -z $_bedrockenv_settled ]] || _bedrockenv_say
}

# Is direnv in charge of this directory?
_bedrockenv_is_direnvs() {
  [[ $PWD/ == "$BEDROCKENV_DIRENV"* ]] ||
    builtin test "-$BEDROCKENV_DIRENV" = "$DIRENV_DIR/" && builtin declare -F _direnv_hook >/dev/null
}

# Before direnv's turn: when it is about to switch, what we have set must be gone, for we are above it.
_bedrockenv_before_direnv() {
  local "$_bedrockenv_local" "previous=$?" "dir=$PWD"
  [[ $- != *e* ]] || previous=0
  "$_bedrockenv_builtin" set -f +aekuxET
  if [[ $BEDROCKENV_STATE && $BASH_SUBSHELL == 0 ]] && ! builtin test "$PWD" = "$_bedrockenv_pwd"; then
    while [[ $dir && ! -f $dir/.envrc ]]; do dir=${dir%/*}; done
    builtin test "${dir:+-}$dir" = "$DIRENV_DIR" || [[ $dir -ef ${DIRENV_DIR#-} ]] || _bedrockenv_restore
  fi
  "$_bedrockenv_return" "$previous"
}

# Leaves whatever is applied; the next event settles anew.
_bedrockenv_restore() {
  local IFS=$'\x1f' adopt kept kept_root left REPLY
  [[ -z ${BEDROCKENV_STATE+set} ]] || _bedrockenv_leave
  _bedrockenv_pwd='' _bedrockenv_state='' _bedrockenv_dir='' _bedrockenv_shown='' _bedrockenv_steady='' \
    _bedrockenv_reported=()
}

# ── 8. Installing and unloading ───────────────────────────────────────────────────────────────────────────────────────

# Puts everything back and takes the hook away.
bedrockenv_plugin_unload() {
  local - commands i held=''
  builtin set -f +aekuxET
  _bedrockenv_restore
  [[ -z $_bedrockenv_lost ]] || _bedrockenv_report
  # What terminals and prompt programs take PROMPT_COMMAND over with is theirs: what they kept of it stays callable.
  [[ ${PROMPT_COMMAND[*]-} == *_bedrockenv_prompt* ]] || held=1
  if [[ ${BLE_ATTACHED-} ]]; then
    blehook PRECMD-=_bedrockenv_prompt
    held=
  fi
  for i in "${!PROMPT_COMMAND[@]}"; do
    commands=${PROMPT_COMMAND[i]//_bedrockenv_before_direnv;/}
    commands=${commands//_bedrockenv_prompt;/}
    commands=${commands//;_bedrockenv_prompt/}
    commands=${commands//_bedrockenv_prompt/}
    # What was empty before stays so.
    if [[ -z $commands && ${PROMPT_COMMAND[i]} && (-z $_bedrockenv_commands || $i != 0) ]]; then
      builtin unset -v "PROMPT_COMMAND[$i]"
    # An assignment with an index would make an array of a string.
    elif ((i == 0)); then PROMPT_COMMAND=$commands
    else PROMPT_COMMAND[i]=$commands
    fi
  done
  builtin unset -v "${!_bedrockenv_@}"
  builtin unset -f bedrockenv_plugin_unload _bedrockenv_approved _bedrockenv_bare _bedrockenv_before_direnv \
    _bedrockenv_come_back _bedrockenv_compile _bedrockenv_elsewhere _bedrockenv_encode _bedrockenv_enter \
    _bedrockenv_enter_one _bedrockenv_epoch _bedrockenv_find_cli _bedrockenv_find_plan _bedrockenv_fits \
    _bedrockenv_gist _bedrockenv_give_back _bedrockenv_is_direnvs _bedrockenv_judge _bedrockenv_judge_bytes \
    _bedrockenv_keep_options _bedrockenv_leave _bedrockenv_leave_each _bedrockenv_look _bedrockenv_overtaken \
    _bedrockenv_plain _bedrockenv_prompt _bedrockenv_put_back _bedrockenv_read_token _bedrockenv_real \
    _bedrockenv_record _bedrockenv_remember \
    _bedrockenv_renew _bedrockenv_report _bedrockenv_restore _bedrockenv_run _bedrockenv_safe _bedrockenv_same_inputs \
    _bedrockenv_same_place _bedrockenv_say _bedrockenv_secret _bedrockenv_settle _bedrockenv_sign_in _bedrockenv_speak \
    _bedrockenv_stale _bedrockenv_still_pending _bedrockenv_time_left _bedrockenv_try _bedrockenv_turn \
    _bedrockenv_usual _bedrockenv_values _bedrockenv_visible _bedrockenv_walk _bedrockenv_withhold
  # shellcheck disable=SC2317 # what they kept calls it
  [[ -z $held ]] || _bedrockenv_prompt() {
    \local "previous=$?"
    [[ $- == *e* ]] || \return "$previous"
  }
}

builtin unset -v _bedrockenv_load _bedrockenv_lines
# Of an array, the first element, as above.
# shellcheck disable=SC2178
case ${PROMPT_COMMAND-} in
  *_bedrockenv_before_direnv*) ;;
  *_direnv_hook*) PROMPT_COMMAND=${PROMPT_COMMAND/_direnv_hook/_bedrockenv_before_direnv;_direnv_hook} ;;
esac
fi
if [[ ${_bedrockenv_aliases-} ]]; then
  builtin shopt -s expand_aliases
  builtin unset -v _bedrockenv_aliases
fi
