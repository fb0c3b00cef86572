# Times in a fresh fish what the hooks' lines of config.fish cost, in the order $BENCH_ORDER. fish has no clock: ten
# times each between two runs of date(1), less what those cost.

set -g took
function stop --argument-names what times
    set -l ended (date +%s%N)
    set -ga took "$what "(math "($ended - $started) / 1000")" $times"
end
set -l ten (seq 10)

set -g started (date +%s%N)
stop "fork nothing" 1
for tool in (string split ' ' -- $BENCH_ORDER)
    set -g started (date +%s%N)
    switch $tool
        case ours
            for i in $ten
                source $BENCH_HOOK
            end
        case direnv
            for i in $ten
                direnv hook fish | source
            end
        case mise
            for i in $ten
                $BENCH_MISE_PROGRAM activate fish | source
            end
    end
    stop "$tool source" 10
end
string join \n -- $took >$BENCH_OUT
