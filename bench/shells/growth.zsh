# Times blocks of events in one interactive zsh that has the hook, and adds them to $BENCH_OUT as lines of tool, event,
# microseconds and repetitions. Read with `eval`, as events.zsh is.

zmodload zsh/datetime
took=()
cd $BENCH_OUTSIDE
for f in $precmd_functions; do $f; done
start=$EPOCHREALTIME
repeat $BENCH_TIMES; do
  for f in $precmd_functions; do $f; done
done
end=$EPOCHREALTIME
took+=( "ours outside $(( (end - start) * 1e6 )) $BENCH_TIMES" )
[[ -z ${AWS_PROFILE-} ]] || took+=( "wrong ours outside" )

start=$EPOCHREALTIME
repeat $(( BENCH_TIMES / 5 )); do
  cd $BENCH_PLACE
  for f in $precmd_functions; do $f; done
  cd $BENCH_OUTSIDE
  for f in $precmd_functions; do $f; done
done
end=$EPOCHREALTIME
took+=( "ours enter-and-leave $(( (end - start) * 1e6 )) $(( BENCH_TIMES / 5 ))" )
[[ -z ${AWS_PROFILE-} ]] || took+=( "wrong ours leave" )

cd $BENCH_PLACE
for f in $precmd_functions; do $f; done
start=$EPOCHREALTIME
repeat $BENCH_TIMES; do
  for f in $precmd_functions; do $f; done
done
end=$EPOCHREALTIME
took+=( "ours inside $(( (end - start) * 1e6 )) $BENCH_TIMES" )
[[ -n ${AWS_PROFILE-} && -n ${ANTHROPIC_MODEL-} ]] || took+=( "wrong ours inside" )
print -rl -- "$took[@]" >>$BENCH_OUT
