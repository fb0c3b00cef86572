# Times blocks of events in one interactive fish that has the hook, and adds them to $BENCH_OUT as lines of tool, event,
# microseconds and repetitions. Each block stands between two runs of date(1), as in events.fish.

set -g took
function start
    set -g started (date +%s%N)
end
function stop --argument-names tool event times
    set -l ended (date +%s%N)
    set -ga took "$tool $event "(math "($ended - $started) / 1000")" $times"
end
set -l many (seq $BENCH_TIMES)
set -l few (seq (math "floor($BENCH_TIMES / 5)"))

cd $BENCH_OUTSIDE
emit fish_prompt
start
stop fork nothing 1
start
for i in $many
    emit fish_prompt
end
stop ours outside $BENCH_TIMES
set -q AWS_PROFILE; and set -ga took "wrong ours outside"

start
for i in $few
    cd $BENCH_PLACE
    emit fish_prompt
    cd $BENCH_OUTSIDE
    emit fish_prompt
end
stop ours enter-and-leave (count $few)
set -q AWS_PROFILE; and set -ga took "wrong ours leave"

cd $BENCH_PLACE
emit fish_prompt
start
for i in $many
    emit fish_prompt
end
stop ours inside $BENCH_TIMES
set -q AWS_PROFILE; and set -q ANTHROPIC_MODEL; or set -ga took "wrong ours inside"
string join \n -- $took >>$BENCH_OUT
