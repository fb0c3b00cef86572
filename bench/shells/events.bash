# shellcheck shell=bash source=/dev/null
# Times every event in one interactive bash (5 or later), round by round.
# Prints lines of tool, event and microseconds into $BENCH_OUT; `wrong` for an event that did not do its work.

# Each tool's hook apart, as the tool itself installed it. bash has no event at a `cd`.
PROMPT_COMMAND=
source "$BENCH_HOOK"
ours_prompt=$PROMPT_COMMAND
PROMPT_COMMAND=
if [[ $BENCH_DIRENV ]]; then
  eval "$(direnv hook bash)"
  direnv_prompt=$PROMPT_COMMAND
fi
PROMPT_COMMAND=
# mise makes itself a `cd` with an event.
cd_function=
if [[ $BENCH_MISE ]]; then
  eval "$("$BENCH_MISE_PROGRAM" activate bash)"
  mise_prompt=$PROMPT_COMMAND cd_function=$(declare -f cd)
  unset -f cd pushd popd
fi
PROMPT_COMMAND=
# A hook that asks Node once in every event.
# shellcheck disable=SC2016 # evaluated as a prompt command
node_prompt='"$BENCH_NODE" -e 0'

IFS=: read -ra ours_projects <<<"$BENCH_OURS"
IFS=: read -ra direnv_projects <<<"$BENCH_DIRENV"
IFS=: read -ra mise_projects <<<"$BENCH_MISE"

took=()
for ((round = 0; round <= BENCH_ROUNDS * 3 / 2; round++)); do
  for tool in ours ${BENCH_DIRENV:+direnv} ${BENCH_MISE:+mise} node; do
    # These two take long, and the same each time: every other round will do.
    [[ $tool != mise && $tool != node ]] || ((round % 2 == 0)) || continue
    # The place differs from round to round: entering one that was entered just now is an event of its own.
    case $tool in
      direnv) projects=("${direnv_projects[@]}") prompt=$direnv_prompt ;;
      mise) projects=("${mise_projects[@]}") prompt=$mise_prompt ;;
      ours) projects=("${ours_projects[@]}") prompt=$ours_prompt ;;
      node) projects=("${ours_projects[@]}") prompt=$node_prompt ;;
    esac
    # Six that the shell comes to know, one to get warm in, and more than it remembers.
    one=${projects[round * 2 % 6]} other=${projects[(round * 2 + 1) % 6]}
    n=$((${#projects[@]} - 7)) new=${projects[round % n + 7]}
    steps=(
      outside '' enter "$one" inside '' cd-inside "$one/deep" inside '' switch "$other" leave "$BENCH_OUTSIDE"
      enter-again "$other" leave "$BENCH_OUTSIDE"
    )
    # The projects that the shell does not know come last, for they make it forget those that it does.
    ((round <= BENCH_ROUNDS)) || steps=(enter-new "$new" leave "$BENCH_OUTSIDE")
    unset -f cd
    [[ $tool != mise ]] || eval "$cd_function"
    start=$EPOCHREALTIME
    : "$(:)"
    end=$EPOCHREALTIME
    took+=("fork fork $((${end/./} - ${start/./}))")
    # After a fork a process first copies the pages that it writes. That is the fork's doing, so the tool's hook runs
    # before it is timed: outside, and in the seventh project, which is for that.
    for dir in "$BENCH_OUTSIDE" "${projects[6]}" "$BENCH_OUTSIDE"; do
      cd "$dir" || exit
      eval "$prompt"
    done
    for ((i = 0; i < ${#steps[@]}; i += 2)); do
      event=${steps[i]} dir=${steps[i + 1]}
      if [[ $dir ]]; then
        start=$EPOCHREALTIME
        cd "$dir" || exit
        eval "$prompt"
        end=$EPOCHREALTIME
      else
        start=$EPOCHREALTIME
        eval "$prompt"
        end=$EPOCHREALTIME
      fi
      took+=("$tool $event $((${end/./} - ${start/./}))")
      case $tool:$event in
        node:*) ;;
        *:outside | *:leave) [[ -z ${AWS_PROFILE-} ]] || took+=("wrong $tool $event") ;;
        *) [[ ${AWS_PROFILE-} && ${ANTHROPIC_MODEL-} ]] || took+=("wrong $tool $event") ;;
      esac
    done
  done
  # The first round fills caches.
  ((round)) || took=()
done
printf '%s\n' "${took[@]}" >"$BENCH_OUT"
