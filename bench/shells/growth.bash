# shellcheck shell=bash source=/dev/null
# Times blocks of events in one interactive bash that has the hook, and adds them to $BENCH_OUT as lines of tool, event,
# microseconds and repetitions.

took=()
cd "$BENCH_OUTSIDE" || exit
eval "$PROMPT_COMMAND"
start=$EPOCHREALTIME
for ((i = 0; i < BENCH_TIMES; i++)); do
  eval "$PROMPT_COMMAND"
done
end=$EPOCHREALTIME
took+=("ours outside $((${end/./} - ${start/./})) $BENCH_TIMES")
[[ -z ${AWS_PROFILE-} ]] || took+=("wrong ours outside")

start=$EPOCHREALTIME
for ((i = 0; i < BENCH_TIMES / 5; i++)); do
  cd "$BENCH_PLACE" || exit
  eval "$PROMPT_COMMAND"
  cd "$BENCH_OUTSIDE" || exit
  eval "$PROMPT_COMMAND"
done
end=$EPOCHREALTIME
took+=("ours enter-and-leave $((${end/./} - ${start/./})) $((BENCH_TIMES / 5))")
[[ -z ${AWS_PROFILE-} ]] || took+=("wrong ours leave")

cd "$BENCH_PLACE" || exit
eval "$PROMPT_COMMAND"
start=$EPOCHREALTIME
for ((i = 0; i < BENCH_TIMES; i++)); do
  eval "$PROMPT_COMMAND"
done
end=$EPOCHREALTIME
took+=("ours inside $((${end/./} - ${start/./})) $BENCH_TIMES")
[[ ${AWS_PROFILE-} && ${ANTHROPIC_MODEL-} ]] || took+=("wrong ours inside")
printf '%s\n' "${took[@]}" >>"$BENCH_OUT"
