# Times every event in one interactive fish, block by block: fish has no clock, so each block of repetitions stands
# between two runs of date(1), and a block of none tells what those cost.
# Prints lines of tool, event, microseconds and repetitions into $BENCH_OUT; `wrong` for what did not do its work.

source $BENCH_HOOK
functions _bedrockenv_on_cd >$BENCH_OUT.handler
# Before direnv is there: beside it, this hook looks at each `cd` and each prompt what direnv is about to do.
_bedrockenv_on_prompt
set -l direnv
if test -n "$BENCH_DIRENV"
    direnv hook fish >$BENCH_OUT.direnv
    set direnv direnv
end
set -l mise
if test -n "$BENCH_MISE"
    $BENCH_MISE_PROGRAM activate fish | source
    set mise mise
end
# Direnv's own function for the arrow keys lives from a prompt to the next command line, never in a `cd` that is typed.
set -g direnv_typed __direnv_export_eval_2
set -g direnv_prompt __direnv_export_eval
set -g mise_typed __mise_env_eval_2
set -g mise_prompt __mise_env_eval_on_prompt
set -g ours_typed true
set -g ours_prompt _bedrockenv_on_prompt
# A hook that asks Node once in every event.
function node_at_prompt
    $BENCH_NODE -e 0
end
set -g node_typed true
set -g node_prompt node_at_prompt

set -g started
set -g took
function start
    set -g started (date +%s%N)
end
function stop --argument-names tool event times
    set -l ended (date +%s%N)
    set -ga took "$tool $event "(math "($ended - $started) / 1000")" $times"
end
function expect --argument-names tool event state
    test $tool != node; or return
    set -q AWS_PROFILE; and set -q ANTHROPIC_MODEL; and set -l now in; or set -l now out
    test $now = $state; or set -ga took "wrong $tool $event"
end

set -l ours_projects (string split : -- $BENCH_OURS)
set -l direnv_projects (string split : -- $BENCH_DIRENV)
set -l mise_projects (string split : -- $BENCH_MISE)
set -l node_projects $ours_projects
set -l few (seq 4)
set -l many (seq 40)

for round in (seq 0 $BENCH_ROUNDS)
    for tool in ours $direnv $mise node
        # These two take long, and the same each time: every other round will do.
        if contains $tool mise node; and test (math $round % 2) -eq 1
            continue
        end
        set -l projects {$tool}_projects
        set -l one $$projects[1][1]
        set -l other $$projects[1][2]
        set -l times $few
        # Each tool's events without the other's handlers.
        functions -e _bedrockenv_on_cd __direnv_cd_hook __mise_cd_hook
        if test $tool = ours
            source $BENCH_OUT.handler
            set times $many
        end
        functions -e __direnv_export_eval __direnv_export_eval_2
        test $tool = direnv; and source $BENCH_OUT.direnv
        set -l count (count $times)
        set -l typed {$tool}_typed
        set typed $$typed
        set -l prompt {$tool}_prompt
        set prompt $$prompt
        cd $BENCH_OUTSIDE
        $prompt

        start
        stop fork nothing 1
        start
        for i in $times
            $prompt
        end
        stop $tool outside $count
        expect $tool outside out

        start
        for i in $times
            $typed
            cd $one
            $prompt
            $typed
            cd $BENCH_OUTSIDE
            $prompt
        end
        stop $tool enter-and-leave $count
        expect $tool leave out

        $typed
        cd $one
        $prompt
        expect $tool enter in
        start
        for i in $times
            $prompt
        end
        stop $tool inside $count
        expect $tool inside in

        start
        for i in $times
            $typed
            cd $one/deep
            $prompt
            $typed
            cd $one
            $prompt
        end
        stop $tool cd-inside (math $count x 2)
        expect $tool cd-inside in

        start
        for i in $times
            $typed
            cd $other
            $prompt
            $typed
            cd $one
            $prompt
        end
        stop $tool switch (math $count x 2)
        expect $tool switch in

        $typed
        cd $BENCH_OUTSIDE
        $prompt
        expect $tool leave out
    end

    functions -e _bedrockenv_on_cd __direnv_cd_hook __mise_cd_hook
    start
    for i in $many
        command true
    end
    stop fork fork 40
    # The first round fills caches.
    test $round -gt 0; or set took
end
string join \n -- $took >$BENCH_OUT
