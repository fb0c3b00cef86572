# bedrockenv for fish: sets what a directory needs to run Claude Code on Amazon Bedrock.
#
# The CLI compiles each directory's environment into a plan, NUL-separated fields in a file; this hook reads it with
# builtins and exports the pairs. It evaluates no text and, while nothing changes, starts no process.
# Fields and algorithm: docs/plan.md. The same sections stand in the same order in every shell's hook; but here the events
# come first, since what fish does for a call takes the longer, the farther down in its file the caller is.
#
# fish 3.6 and later, 4 included. From 3.3 to 3.5 it works too, but `test` cannot compare times and there is no `path`
# there, so that a prompt inside a project starts test(1).
# What it costs in fish is commands, and above all blocks (`if` costs five builtins, and more at the end of a long file)
# and `( )` (fifteen): hence the slices of lists, and functions where one would expect blocks.
# `set` leaves $status as it was: a function whose answer is its status ends in something else.
# The user's $fish_read_limit may be tiny. A local one holds in all that is called; when its function ends, the one that
# its caller sees does: hence one in each function on the way from the event to where a file is read with a limit.

# ── 1. Guards ────────────────────────────────────────────────────────────────────────────────────────────────────────

# `exit` leaves this file, not the shell. A fish before 3.4 takes the `return` that others write here for an error of the
# whole file, and would say so at each start.
status is-interactive; and test -z "$CLAUDECODE"; or exit
string match -qr '^3\.[0-2]\.|^[12]\.' "$FISH_VERSION"; and exit
string match -qr '^3\.[3-5]\.' "$FISH_VERSION"; and set -g _bedrockenv_old 1

# Nothing is known yet. At a prompt where something of _bedrockenv_steady is there, and `/` always is, we look closer.
set -g _bedrockenv_steady /
set -g _bedrockenv_awaited /
set -qgu _bedrockenv_clock; or set -gu _bedrockenv_clock /dev/null
set -g _bedrockenv_first 1
# Of the pattern of uptimes: how `string match` is asked for it, and what begins it, stands for a digit, and ends it. In
# fish 4, and where the user has chosen that feature, a `?` is no wildcard. A regular expression is dearer.
set -g _bedrockenv_minutes '^$'
set -g _bedrockenv_glob -qv '' '?' '.*'
string match -q '?' x; or set _bedrockenv_glob -qvr ^ . '\\.'

# The closed list. A name from a plan or from an inherited record is compared with it before anything else is done
# with it.
set -g _bedrockenv_closed CLAUDE_CODE_USE_BEDROCK AWS_PROFILE AWS_REGION ANTHROPIC_MODEL ANTHROPIC_DEFAULT_OPUS_MODEL \
    ANTHROPIC_DEFAULT_SONNET_MODEL ANTHROPIC_DEFAULT_HAIKU_MODEL ANTHROPIC_SMALL_FAST_MODEL \
    ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION DISABLE_PROMPT_CACHING ENABLE_PROMPT_CACHING_1H \
    CLAUDE_CODE_MAX_OUTPUT_TOKENS MAX_THINKING_TOKENS CLAUDE_CODE_EFFORT_LEVEL ANTHROPIC_BEDROCK_SERVICE_TIER \
    AWS_BEARER_TOKEN_BEDROCK ANTHROPIC_BEDROCK_BASE_URL BEDROCKENV_DIR BEDROCKENV_PROFILE BEDROCKENV_MODEL

# ── 2. Events ────────────────────────────────────────────────────────────────────────────────────────────────────────

# Steady state: nothing awaited is there, no input is newer or older than its stamp, and these are the same minutes as
# before. Three builtins say so; what they cost is mostly their paths, by the character. fish itself puts $status back
# after an event.
if set -q _bedrockenv_old
    function _bedrockenv_on_prompt --on-event fish_prompt
        _bedrockenv_settle
    end
else if contains -- -qv $_bedrockenv_glob
    function _bedrockenv_on_prompt --on-event fish_prompt
        path is $_bedrockenv_steady; or test $_bedrockenv_watched
        or string match -qv "$_bedrockenv_minutes" <$_bedrockenv_clock; and _bedrockenv_settle
    end
else
    function _bedrockenv_on_prompt --on-event fish_prompt
        path is $_bedrockenv_steady; or test $_bedrockenv_watched
        or string match -qvr "$_bedrockenv_minutes" <$_bedrockenv_clock; and _bedrockenv_settle
    end
end

# A closer look, and what there is to be done and said. What is wrong at each prompt is looked at each time.
function _bedrockenv_settle
    set -l fish_read_limit 100000000
    set -g _bedrockenv_steady /
    test -z "$_bedrockenv_first$BEDROCKENV_DISABLE$CLAUDECODE$BEDROCKENV_DIRENV"; or _bedrockenv_special; or return
    _bedrockenv_unchanged _bedrockenv_watched _bedrockenv_awaited
    and test "x$BEDROCKENV_STATE" = "$_bedrockenv_record"; or _bedrockenv_resettle
    test -z "$_bedrockenv_clock"; or string match $_bedrockenv_glob[1] -- "$_bedrockenv_minutes" <$_bedrockenv_clock
    and _bedrockenv_is_due; and _bedrockenv_sign_in
    set -q _bedrockenv_settled; and _bedrockenv_say
    test -n "$_bedrockenv_clock" -a -z "$BEDROCKENV_DIRENV"; and set _bedrockenv_steady $_bedrockenv_awaited
end

# What is not so at each prompt. Fails when there is nothing more to be done.
function _bedrockenv_special
    set -q _bedrockenv_first; and _bedrockenv_begin_events
    test -z "$BEDROCKENV_DISABLE$CLAUDECODE"; or _bedrockenv_off; or return
    # direnv has this directory.
    test -n "$BEDROCKENV_DIRENV"; or return 0
    string match -qr '^\Q'"$BEDROCKENV_DIRENV"'\E' -- "$PWD/"
    or test "-$BEDROCKENV_DIRENV" = "$DIRENV_DIR/"; and functions -q __direnv_export_eval
    or return 0
    _bedrockenv_off
end

# One of the variables that decide what is done at all, or the record, which direnv may bring back as it was.
function _bedrockenv_on_variable --on-variable BEDROCKENV_DISABLE --on-variable CLAUDECODE \
    --on-variable BEDROCKENV_DIRENV --on-variable BEDROCKENV_STATE
    set -g _bedrockenv_steady /
end

# At each block and each call of a function fish counts the lines of the file up to there: from the end of this one, half
# as long as a prompt takes. So what does either in every event gets a short source of its own, of the same text. Not the
# handlers: they would run after those that the user has defined meanwhile.
function _bedrockenv_begin_events
    set -e _bedrockenv_first
    builtin functions --no-details _bedrockenv_consider _bedrockenv_say _bedrockenv_tick _bedrockenv_announce \
        _bedrockenv_set_plain _bedrockenv_is_due _bedrockenv_update _bedrockenv_apply _bedrockenv_time_left \
        _bedrockenv_enter _bedrockenv_outside | builtin source
    _bedrockenv_follow_direnv
end

# Handlers run in the order in which they were defined, and direnv's has to be first: what it sets is what was there
# before us. So at the first prompt ours is defined again, which makes it the last, and direnv's is called.
function _bedrockenv_follow_direnv
    functions -q __direnv_export_eval; or return
    functions -e _bedrockenv_prompt
    functions -c _bedrockenv_on_prompt _bedrockenv_prompt
    functions -e _bedrockenv_on_prompt
    function _bedrockenv_on_prompt --on-event fish_prompt
        _bedrockenv_prompt
    end
    __direnv_export_eval
end

# Something may have changed.
function _bedrockenv_resettle
    set -l fish_read_limit 100000000
    set -g _bedrockenv_awaited /
    # direnv took the record along when a variable was set below, or has brought an older one back.
    test -z "$_bedrockenv_key" -o "x$BEDROCKENV_STATE" = "$_bedrockenv_record"; or not functions -q __direnv_export_eval
    or set -e _bedrockenv_in_force
    _bedrockenv_update
end

# Is direnv about to switch at the prompt? What we have set must be gone by then, for we are above it.
function _bedrockenv_direnv_moves
    set -l dir $PWD
    while test -n "$dir" -a ! -f "$dir/.envrc"
        string match -rq '(?s)^(?<dir>.*)/' -- $dir
    end
    test -n "$dir"; and set dir -$dir
    test "$dir" != "$DIRENV_DIR"
end

function _bedrockenv_off
    set -q BEDROCKENV_STATE; and _bedrockenv_leave
    set -e _bedrockenv_pwd _bedrockenv_kind _bedrockenv_in_force _bedrockenv_passed _bedrockenv_said
    set -e _bedrockenv_key _bedrockenv_shown _bedrockenv_settled
    set -g _bedrockenv_steady /
    set -g _bedrockenv_awaited /
    set -g _bedrockenv_clock /dev/null
    return 1
end

# At the `cd` itself, so that `cd project && claude` is right; what is said or asked waits for the prompt. Not before
# the first prompt, as start-up files may cd about, and not without a change, for which the event comes too. In `( )`,
# and in a function of the user's that has one of the variables as its own local, all of it waits.
function _bedrockenv_on_cd --on-variable PWD
    set -q _bedrockenv_pwd; and test "$PWD" != "$_bedrockenv_pwd" -a -z "$BEDROCKENV_DISABLE$CLAUDECODE"; or return
    set -g _bedrockenv_steady /
    set -g _bedrockenv_awaited /
    status is-command-substitution; and return
    functions -q __direnv_export_eval; and _bedrockenv_direnv_moves; and not _bedrockenv_off; and return
    set -ql $_bedrockenv_closed
    test $status -eq 20; and _bedrockenv_update
end

# ── 3. Reading: files, plans ─────────────────────────────────────────────────────────────────────────────────────────

# Reads the plan file $argv[1] of directory $argv[2] into _bedrockenv_plan (fields 1 to 16), _env, _notes, _ops, _names,
# _values, and its inputs into two questions: _absent, what must not exist, and _changed, arguments of one `test` that
# is true when another input has changed. Fails unless every part of the plan is in order.
function _bedrockenv_read_plan
    set -g _bedrockenv_plan
    test -f $argv[1] -a -O $argv[1] -a -r $argv[1]; or return 1
    # The most that `( )` takes is half a million fields, and it is not silent then. 256 KiB is the most for a plan.
    set -l rest (string split0 -m 1300 <$argv[1])
    string match -qr '(?s)^(?:.{65535}){4}' -- "$rest"; and return 1
    test "$rest[1]" = bedrockenv-plan/1; and test "$rest[3]" = "$argv[2]"; and test "$rest[-1]" = end; or return 1
    set -l n $rest[13..16]
    string match -qr '^[0-9a-f]{16} [0-7] \d\d? \d{1,3} (?:1?\d|20)\z' -- "$rest[2] $n"; and string match -q '/*' -- $rest[12]; or return 1
    set -l head $rest[1..16]
    set -e rest[1..16] rest[-1]
    set -g _bedrockenv_env
    set -g _bedrockenv_notes
    set -g _bedrockenv_changed -n ''
    set -g _bedrockenv_absent
    set -g _bedrockenv_stamp
    if test $n[1] -gt 0
        set -l end $_bedrockenv_even[$n[1]]
        set -q rest[$end]; or return 1
        set _bedrockenv_env $rest[1..$end]
        set -l ambient 'AWS_(?:(?:DEFAULT_)?(?:PROFILE|REGION)|(?:CONFIG|SHARED_CREDENTIALS)_FILE)|BEDROCKENV_CONFIG'
        string match -qvr "^(?:$ambient)\\z" -- $rest[$_bedrockenv_odd[1..$n[1]]]; and return 1
        set -e rest[1..$end]
    end
    if test $n[2] -gt 0
        set -l end $_bedrockenv_even[$n[2]]
        set -q rest[$end]; or return 1
        set -l inputs $rest[$_bedrockenv_odd[1..$n[2]]]
        set -l seen $rest[$_bedrockenv_even[1..$n[2]]]
        set -e rest[1..$end]
        # Anything but an absolute path could be read as an operator.
        string match -qv '/*' -- $inputs; and return 1
        set -l stamps $head[12]/$_bedrockenv_from_0[1..$n[2]]
        # `-nt` and `-ot` take a missing file for older than any: a stamp or an input that is gone is a change too.
        set _bedrockenv_changed
        for i in $_bedrockenv_from_1[1..$n[2]]
            test -n "$seen[$i]"; or set -a _bedrockenv_absent $inputs[$i]
            and set -a _bedrockenv_changed -o $inputs[$i] -nt $stamps[$i] -o $inputs[$i] -ot $stamps[$i]
            and set _bedrockenv_stamp $stamps[$i]
        end
        set -q _bedrockenv_changed[1]; and set -e _bedrockenv_changed[1]; or set _bedrockenv_changed -n ''
    end
    if test $n[3] -gt 0
        set -q rest[$n[3]]; or return 1
        set _bedrockenv_notes $rest[1..$n[3]]
        set -e rest[1..$n[3]]
    end
    set -g _bedrockenv_count $n[4]
    set -g _bedrockenv_all $rest
    _bedrockenv_take_apart
    if test $n[4] -eq 0
        set -q rest[1]; and return 1
    else
        set -q _bedrockenv_values[$n[4]]; and not set -q _bedrockenv_ops[$_bedrockenv_from_2[$n[4]]]
        and not string match -qvr $_bedrockenv_pattern -- $_bedrockenv_names
        and not string match -qvr '^(?:set|unset|env|file|command)\z' -- $_bedrockenv_ops
        # A variable that is there twice could not be put back.
        and not string match -qr '\b(\w+) (?:.* )?\1\b' -- "$_bedrockenv_names"; or return 1
    end
    set _bedrockenv_plan $head
    return 0
end

# The variables of the plan: what to do, names, values.
function _bedrockenv_take_apart
    set -g _bedrockenv_ops $_bedrockenv_all[1 4 7 10 13 16 19 22 25 28 31 34 37 40 43 46 49 52 55 58]
    set -g _bedrockenv_names $_bedrockenv_all[2 5 8 11 14 17 20 23 26 29 32 35 38 41 44 47 50 53 56 59]
    set -g _bedrockenv_values $_bedrockenv_all[3 6 9 12 15 18 21 24 27 30 33 36 39 42 45 48 51 54 57 60]
end

# What else there is to be known, at the first prompt. To count without `math`: the numbers from 0 to 99, from 1, from
# 2, and the odd and the even ones from 1 to 199.
function _bedrockenv_begin
    set -l d 0 1 2 3 4 5 6 7 8 9
    set -g _bedrockenv_from_0 $d 1$d 2$d 3$d 4$d 5$d 6$d 7$d 8$d 9$d
    set -g _bedrockenv_from_1 $_bedrockenv_from_0[2..100]
    set -g _bedrockenv_from_2 $_bedrockenv_from_0[3..100]
    set d 1 3 5 7 9
    set -g _bedrockenv_odd $d 1$d 2$d 3$d 4$d 5$d 6$d 7$d 8$d 9$d 10$d 11$d 12$d 13$d 14$d 15$d 16$d 17$d 18$d 19$d
    set d 0 2 4 6 8
    set -g _bedrockenv_even $d 1$d 2$d 3$d 4$d 5$d 6$d 7$d 8$d 9$d 10$d 11$d 12$d 13$d 14$d 15$d 16$d 17$d 18$d 19$d
    set -e _bedrockenv_even[1]
    set -g _bedrockenv_uptime /proc/uptime
    test -r /proc/uptime; or set _bedrockenv_uptime ''
    set -g _bedrockenv_pattern '^(?:'(string join '|' $_bedrockenv_closed)')\z'
end

# Is nothing there of the list named $argv[2], and the `test` of the list named $argv[1] false?
if set -q _bedrockenv_old
    function _bedrockenv_unchanged
        for file in $$argv[2]
            test -e $file; and return 1
        end
        # Out of its environment: no program starts with a record that someone has replaced by a megabyte.
        set -lu BEDROCKENV_STATE
        not contains -- -nt $$argv[1]; or not command test $$argv[1]
    end
else
    function _bedrockenv_unchanged
        not path is -- '' $$argv[2]; and not test $$argv[1]
    end
end

# ── 4. What applies here ─────────────────────────────────────────────────────────────────────────────────────────────

# The verdict on the file of directory $argv, into _bedrockenv_verdict: `broken …`, `denied`, `approved` or
# `unapproved …`; its text into _bedrockenv_text, its real directory into _bedrockenv_real.
function _bedrockenv_judge
    set -l file $argv/.bedrockrc
    set -g _bedrockenv_real "$argv"
    set -l approval $_bedrockenv_state/approvals$argv/.bedrockrc
    # Resolved only where the approvals do not have the directory under the name that it is known by here.
    test -n "$argv" -a -f $approval; or _bedrockenv_resolve
    # The type check keeps a FIFO from hanging the prompt.
    test -f $file -a -r $file -a ! -e $_bedrockenv_state/denied$_bedrockenv_real/.bedrockrc; or _bedrockenv_refuse $file
    or return
    set -g _bedrockenv_verdict 'broken (larger than 64 KiB)'
    set -l fish_read_limit 65536
    _bedrockenv_slurp <$file; or return
    # It stops at a NUL, and what it read may be just what was approved.
    set _bedrockenv_verdict 'broken (contains a NUL byte)'
    string match -qr '\x00' <$file; and return
    set _bedrockenv_verdict approved
    set approval $_bedrockenv_state/approvals$_bedrockenv_real/.bedrockrc
    test -f $approval -a -O $approval -a -r $approval; and read -z -l text <$approval
    contains -- "$text" "$_bedrockenv_text"; and set -q text; or set _bedrockenv_verdict "unapproved $_bedrockenv_text"
end

function _bedrockenv_resolve
    set _bedrockenv_real (builtin realpath -- "$_bedrockenv_real/" 2>/dev/null)
    set -q _bedrockenv_real[2]; and set _bedrockenv_real (string join \n -- $_bedrockenv_real | string collect)
end

function _bedrockenv_refuse
    set -g _bedrockenv_verdict denied
    test -e $_bedrockenv_state/denied$_bedrockenv_real/.bedrockrc; and return 1
    set _bedrockenv_verdict 'broken (not a regular file)'
    test -f $argv; and set _bedrockenv_verdict 'broken (not readable)'
    return 1
end

# Reads up to a NUL or the end into _bedrockenv_text. Fails at what is too large, behind a NUL too, where `string` would
# take half a minute for a long line.
function _bedrockenv_slurp
    read -z -g _bedrockenv_text
    test $status -eq 122; and return 1
    read -l rest
    test $status -ne 122
end

# Finds a plan of directory $argv[1] (`` for outside of projects) with the text $argv[2] whose inputs are unchanged: the
# one of generation $argv[3], or else one that fits the ambient environment. Leaves it where _bedrockenv_read_plan does.
function _bedrockenv_find_plan
    # The plan that was read last is as good as the file it came from, as long as its stamps are there.
    set -q _bedrockenv_plan[1]; and test "$_bedrockenv_plan[3]" = "$argv[1]"; and not set -q argv[3]
    and contains -- "$_bedrockenv_plan[4]" "$argv[2]"; and _bedrockenv_fits
    and _bedrockenv_unchanged _bedrockenv_changed _bedrockenv_absent; and return
    set -l file $_bedrockenv_state/default
    test -z "$argv[1]"; or set file $_bedrockenv_state/plans$argv[1]/.bedrockrc
    for slot in '' .1 .2 .3
        _bedrockenv_read_plan $file$slot "$argv[1]"; and contains -- "$_bedrockenv_plan[4]" "$argv[2]"
        and _bedrockenv_fits $argv[3]; and _bedrockenv_unchanged _bedrockenv_changed _bedrockenv_absent; and return
    end
    return 1
end

# Is the plan that was read of generation $argv, or else was it compiled for the ambient environment, of which only what
# is exported counts?
function _bedrockenv_fits
    set -q argv[1]; and test "$_bedrockenv_plan[2]" = "$argv"; and return
    set -q argv[1]; and return 1
    set -l names $_bedrockenv_env[1 3 5 7 9 11 13]
    set -l wants $_bedrockenv_env[2 4 6 8 10 12 14]
    set -q names[1]; or return 0
    # None wanted, none there?
    set -qx $names
    test $status -eq $_bedrockenv_plan[13]; and not string match -q '=*' -- $wants; and return
    for i in $_bedrockenv_from_1[1..$_bedrockenv_plan[13]]
        set -l now ''
        set -qx $names[$i]; and set now "=$$names[$i]"
        contains -- "$now" "$wants[$i]"; or return 1
    end
    return 0
end

# The CLI, into _bedrockenv_found_cli: the recorded one, or else whatever `bedrockenv` is on PATH (a new Node version, a
# moved install, a hook that a plugin manager has loaded).
function _bedrockenv_find_cli
    set -g _bedrockenv_found_cli $_bedrockenv_node $_bedrockenv_cli
    test -x "$_bedrockenv_node" -a -f "$_bedrockenv_cli"; and return
    set _bedrockenv_found_cli bedrockenv
    command -sq bedrockenv; and return
    set -l again 'install it again (npm install -g bedrockenv), or remove the hook from your config.fish'
    set -q _bedrockenv_gone; or set -ga _bedrockenv_lines "the bedrockenv command is gone; $again"
    set -g _bedrockenv_gone 1
    return 127
end

function _bedrockenv_run
    _bedrockenv_find_cli; or return
    command $_bedrockenv_found_cli $argv
end

# Enters directory $argv[1] (`` for outside of projects), whose approved text is $argv[2], by a plan that is compiled
# anew if need be: once per visit, of which $argv[3] is the mark.
function _bedrockenv_apply
    not set -q _bedrockenv_in_force; and _bedrockenv_inherit $argv; and return
    set -q BEDROCKENV_STATE; and _bedrockenv_leave
    set -g _bedrockenv_in_force none
    _bedrockenv_find_plan "$argv[1]" "$argv[2]"; or _bedrockenv_compile $argv; or return 1
    _bedrockenv_enter
    return 0
end

# In a shell started by a shell in this project, all is in the environment already.
function _bedrockenv_inherit
    set -q BEDROCKENV_STATE; and _bedrockenv_read_record; and test "$_bedrockenv_fields[3]" = "$argv[1]"
    and _bedrockenv_find_plan "$argv[1]" "$argv[2]" "$_bedrockenv_fields[2]"; or return 1
    _bedrockenv_adopt
    set -g _bedrockenv_shown "$_bedrockenv_key"
    return 0
end

function _bedrockenv_compile
    contains -- "$argv[3]" $_bedrockenv_passed; and return 1
    # Before the run: Ctrl-C would end this function as well.
    set -ga _bedrockenv_passed "$argv[3]"
    set -l what --default
    test -z "$argv[1]"; or set what --dir $argv[1]
    _bedrockenv_run compile $what </dev/null >&2
    _bedrockenv_find_plan "$argv[1]" "$argv[2]"
end

# Where is the state folder, and is it the user's alone? Its mode costs a process: it is looked at until it was right.
function _bedrockenv_safe
    set -q _bedrockenv_pattern; or _bedrockenv_begin
    # A relative folder would be another one in each directory, where a repository could bring its own.
    set -g _bedrockenv_state $HOME/.local/state/bedrockenv
    string match -q '/*' -- "$XDG_STATE_HOME"; and set _bedrockenv_state $XDG_STATE_HOME/bedrockenv
    string match -q '/*' -- $_bedrockenv_state; or set _bedrockenv_state /$_bedrockenv_state
    set -e _bedrockenv_problem
    test -e $_bedrockenv_state; or return 0
    command ls -ld $_bedrockenv_state/. | read -l mode
    if not test -O $_bedrockenv_state
        set -g _bedrockenv_problem "$_bedrockenv_state belongs to another user; nothing is applied"
    else if string match -qr '^d.{4}-..-' -- $mode
        set -g _bedrockenv_private 1
    else
        set -l path (string escape -- $_bedrockenv_state)
        set -g _bedrockenv_problem "$_bedrockenv_state is writable by others; nothing is applied; run: chmod 700 $path"
    end
    not set -q _bedrockenv_problem
end

# Looks from $PWD upwards for the nearest directory file that may be applied and enters it, unless it is the one in
# force. What there is to say waits for the prompt: by then we may be elsewhere. The caller has set _bedrockenv_awaited
# to what makes the next prompt look again, which holds if we are interrupted.
function _bedrockenv_update
    set -l fish_read_limit 100000000
    set -g _bedrockenv_settled 1
    set -g _bedrockenv_pwd $PWD
    set -l absent
    set -l dir $PWD
    test "$dir" != /; or set dir ''
    set -g _bedrockenv_passing
    set -g _bedrockenv_found none
    set -q _bedrockenv_private; or _bedrockenv_safe; or set dir none
    while test "$dir" != none
        test -e $dir/.bedrockrc -o -L $dir/.bedrockrc; or set -a absent $dir/.bedrockrc
        and _bedrockenv_consider $dir; and break
        string match -rq '(?s)^(?<dir>.*)/' -- $dir; or set dir none
    end
    test "$_bedrockenv_found" != none; or _bedrockenv_outside
    set -g _bedrockenv_passed $_bedrockenv_passing
    set -g _bedrockenv_in_force $_bedrockenv_found
    # Files that were passed over are read again at each prompt.
    set -q _bedrockenv_passed[1]; or set _bedrockenv_awaited $absent $_bedrockenv_missing
    set -q _bedrockenv_awaited[1]; or set _bedrockenv_awaited ''
    set -g _bedrockenv_record "x$BEDROCKENV_STATE"
end

# Is the directory file of $argv the one in force, or is it now?
function _bedrockenv_consider
    set -l fish_read_limit 100000000
    set -g _bedrockenv_found $argv
    test "$_bedrockenv_in_force" = "$argv"; and _bedrockenv_unchanged _bedrockenv_changed _bedrockenv_absent; and return
    _bedrockenv_judge $argv
    if test "$_bedrockenv_verdict" = approved
        _bedrockenv_apply "$_bedrockenv_real" "$_bedrockenv_text" "$argv//uncompiled"; and return
        set _bedrockenv_verdict uncompiled
    end
    set _bedrockenv_found none
    set -a _bedrockenv_passing "$argv//$_bedrockenv_verdict"
    return 1
end

# Where no directory file applies: the plan from the user config's defaults, or nothing.
function _bedrockenv_outside
    set -l config $HOME/.config/bedrockenv/config.yaml
    string match -q '/*' -- "$XDG_CONFIG_HOME"; and set config $XDG_CONFIG_HOME/bedrockenv/config.yaml
    test -z "$BEDROCKENV_CONFIG"; or set config $BEDROCKENV_CONFIG
    string match -q '/*' -- $config; or set config $HOME/$config
    if test -e $_bedrockenv_state/default -o -e $config; and not set -q _bedrockenv_problem
        set -g _bedrockenv_found default
        test "$_bedrockenv_in_force" = default; and _bedrockenv_unchanged _bedrockenv_changed _bedrockenv_absent
        and return
        _bedrockenv_apply '' '' default//uncompiled; and return
        set _bedrockenv_found none
        set -a _bedrockenv_passing default//uncompiled
    end
    set -q BEDROCKENV_STATE; and _bedrockenv_leave
    # What was changed by hand in a place is of interest to the same place only, when it is settled anew.
    set -e _bedrockenv_kept
    set -e _bedrockenv_kind _bedrockenv_key
    set -g _bedrockenv_watched -n ''
    set -g _bedrockenv_clock /dev/null
    set -g _bedrockenv_missing $config
    test -e $config; and set _bedrockenv_missing
end

# ── 5. The restore record: enter, leave ──────────────────────────────────────────────────────────────────────────────

# Applies the plan that was read, and writes the record of what was there before.
function _bedrockenv_enter
    set -g _bedrockenv_own 1\x1f$_bedrockenv_plan[2]\x1f$_bedrockenv_plan[3]
    set -g _bedrockenv_plain
    contains -- unset $_bedrockenv_all; and _bedrockenv_pass_over
    set -qg $_bedrockenv_names
    test $status -eq $_bedrockenv_plan[16]; and set -q _bedrockenv_names[1]; and not set -q _bedrockenv_kept[2]
    and not string match -qv set -- $_bedrockenv_ops
    and not string match -qr '[%\x1f]| =' -- $_bedrockenv_plan[3] $_bedrockenv_values
    and _bedrockenv_set_plain; or _bedrockenv_set_each
    set -gx BEDROCKENV_STATE $_bedrockenv_own
    set -e _bedrockenv_kept
    _bedrockenv_adopt
end

# What is to be unset and has no value needs nothing, now or on leaving. When we come back it may have one.
function _bedrockenv_pass_over
    _bedrockenv_take_apart
    set _bedrockenv_plan[16] $_bedrockenv_count
    for i in $_bedrockenv_from_1[$_bedrockenv_count..1]
        test "$_bedrockenv_ops[$i]" = unset; and not set -q $_bedrockenv_names[$i]; or continue
        set -e _bedrockenv_names[$i] _bedrockenv_values[$i] _bedrockenv_ops[$i]
        set _bedrockenv_plan[16] $_bedrockenv_from_0[$_bedrockenv_plan[16]]
    end
end

# The usual case: nothing was there, all are to be set, and the record needs no encoding.
function _bedrockenv_set_plain
    for i in $_bedrockenv_from_1[1..$_bedrockenv_plan[16]]
        set -gx $_bedrockenv_names[$i] $_bedrockenv_values[$i]
        set _bedrockenv_own $_bedrockenv_own\x1f$_bedrockenv_names[$i]\x1f=$_bedrockenv_values[$i]\x1fu\x1f
    end
    set _bedrockenv_plain $_bedrockenv_plan[2]
    return 0
end

function _bedrockenv_set_each
    _bedrockenv_encode $_bedrockenv_plan[3]
    set _bedrockenv_own 1\x1f$_bedrockenv_plan[2]\x1f$_bedrockenv_text
    for i in $_bedrockenv_from_1
        set -q _bedrockenv_names[$i]; or break
        _bedrockenv_set $_bedrockenv_names[$i] "$_bedrockenv_values[$i]" "$_bedrockenv_ops[$i]"
        and set _bedrockenv_own $_bedrockenv_own\x1f$_bedrockenv_text
    end
end

# Sets one variable, $argv being name, value and op, and leaves its part of the record in _bedrockenv_text.
function _bedrockenv_set --argument-names name value op
    set -l how u
    set -l previous ''
    set -l ours "=$value"
    # A list has no place in the record.
    set -qg "$name"[2]; and return 1
    if set -qg $name
        set how l
        set -qgx $name; and set how x
        set previous "$$name"
    end
    if test "$op" = unset
        set ours ''
    else if test "$op" != set
        _bedrockenv_secret "$op" "$value"; or return 1
        set value $_bedrockenv_text
        set ours '*'
        contains -- $how"$value" x"$previous"; and return 1
    end
    # Changed by hand here since we set the same value: it stays, and so does the record of what was before us.
    if set -q _bedrockenv_kept[2]; and test "$_bedrockenv_kept[1]" = "$_bedrockenv_plan[3]"
        and set -l at (contains -i -- "$name$ours" $_bedrockenv_kept)
        set how $_bedrockenv_kept_how[$at]
        set previous $_bedrockenv_kept_previous[$at]
    else
        test "$name" = AWS_BEARER_TOKEN_BEDROCK; and _bedrockenv_withhold $how "$previous"
        and set how $_bedrockenv_text; and set previous ''
        test "$op" = unset; and set -eg $name; or set -gx $name $value
        # A universal value that comes into view is hidden, never erased: it is every shell's.
        test "$op" = unset; and set -q $name; and set -gu $name
    end
    test "$ours" = '*'; and set -gu _bedrockenv_secret $value
    _bedrockenv_encode "$ours"
    set ours "$_bedrockenv_text"
    _bedrockenv_encode "$previous"
    set _bedrockenv_text $name\x1f$ours\x1f$how\x1f$_bedrockenv_text
    return 0
end

# Takes the plan that was read for the one in force.
function _bedrockenv_adopt
    set -g _bedrockenv_key "$_bedrockenv_plan[3]:$_bedrockenv_plan[5]:$_bedrockenv_notes"
    set -g _bedrockenv_kind $_bedrockenv_plan[6]
    set -g _bedrockenv_clock $_bedrockenv_uptime
    test -n "$_bedrockenv_kind"; or set _bedrockenv_clock /dev/null
    set -g _bedrockenv_watched $_bedrockenv_changed
    set -g _bedrockenv_missing $_bedrockenv_absent
    set -g _bedrockenv_minutes '^$'
    set -e _bedrockenv_due _bedrockenv_age
    contains -- "$_bedrockenv_stamp" "$_bedrockenv_epoch[2]"; or set -e _bedrockenv_epoch
end

# A secret's value lies in no record. What it was before stays in this shell, if it is known; how it was goes into
# _bedrockenv_text.
function _bedrockenv_withhold --argument-names how previous
    set -e _bedrockenv_before
    set -g _bedrockenv_text $how
    if test $how != u
        set -gu _bedrockenv_before $previous
        set _bedrockenv_text (string upper $how)
    else if set -q _bedrockenv_lost
        set _bedrockenv_text X
    end
    set -e _bedrockenv_lost
    return 0
end

# Gives the secret $name what it was before.
function _bedrockenv_give_back --argument-names name how own
    if test "$how$own" = L
        set -eg $name
    else if not set -q _bedrockenv_before
        set -eg $name
        set -g _bedrockenv_lost 1
    else if test $how = X
        set -gx $name $_bedrockenv_before
    else
        set -gu $name $_bedrockenv_before
    end
end

# A secret's value into _bedrockenv_text, from the place that the plan names: it never lies in plan or record.
function _bedrockenv_secret --argument-names op from
    set -g _bedrockenv_text ''
    switch $op
        case env
            string match -qr '^[A-Za-z_][A-Za-z0-9_]*$' -- $from; and set -q $from; and set _bedrockenv_text "$$from"
        case file
            test -f "$from" -a -r "$from"; and read -g --line _bedrockenv_text <$from
            and string match -q '*'\r -- $_bedrockenv_text
            and set _bedrockenv_text (string trim -r -c \r -- $_bedrockenv_text)
        case command
            set -l dir $_bedrockenv_plan[3]
            test -n "$dir"; or set dir /
            _bedrockenv_run api-key --dir $dir | read -g --line _bedrockenv_text
    end
    test -n "$_bedrockenv_text"
end

# Replaces in $text every $from by $to, into _bedrockenv_text; `( )` would split what `string replace` prints.
function _bedrockenv_replace --argument-names text from to
    set -l parts (string split -- $from $text)
    set -g _bedrockenv_text $parts[1]
    set -e parts[1]
    for part in $parts
        set _bedrockenv_text "$_bedrockenv_text$to$part"
    end
end

# One field as the record has it, into _bedrockenv_text.
function _bedrockenv_encode
    set -g _bedrockenv_text "$argv"
    string match -qr '[%\x1f]' -- "$argv"; or return
    _bedrockenv_replace "$argv" % %25
    _bedrockenv_replace "$_bedrockenv_text" \x1f %1F
end

# Splits the record into _bedrockenv_fields, decoded; drops it unless every part of it is in order.
function _bedrockenv_read_record
    set -q BEDROCKENV_STATE; or return 1
    set -l entry '\x1f[A-Z0-9_]++\x1f(?:\*|=[^\x1f]*+)?+\x1f[uxlXL]\x1f[^\x1f]*+'
    if string match -qr "^1(?:\\x1f[^\\x1f]*+){2}(?:$entry){0,20}+\\z" -- "$BEDROCKENV_STATE"
        set -l fields (string split \x1f -- $BEDROCKENV_STATE)
        set -g _bedrockenv_fields $fields
        if string match -q '*%*' -- $BEDROCKENV_STATE
            set _bedrockenv_fields
            for field in $fields
                _bedrockenv_replace "$field" %1F \x1f
                _bedrockenv_replace "$_bedrockenv_text" %25 %
                set -a _bedrockenv_fields "$_bedrockenv_text"
            end
        end
        set -l names $fields[4 8 12 16 20 24 28 32 36 40 44 48 52 56 60 64 68 72 76 80]
        not set -q names[1]; or not string match -qvr $_bedrockenv_pattern -- $names; and return 0
    end
    set -eg BEDROCKENV_STATE
    return 1
end

# Puts back what was there before, exactly; what the user changed by hand meanwhile stays.
function _bedrockenv_leave
    set -e _bedrockenv_kept
    # A shell-local value of another shell never was in this one.
    set -l own
    contains -- "$BEDROCKENV_STATE" "$_bedrockenv_own"; and set own l
    set -q own[1]; and _bedrockenv_erase_plain; and return
    _bedrockenv_read_record; or return 0
    set -l names $_bedrockenv_fields[4 8 12 16 20 24 28 32 36 40 44 48 52 56 60 64 68 72 76 80]
    set -l ours $_bedrockenv_fields[5 9 13 17 21 25 29 33 37 41 45 49 53 57 61 65 69 73 77 81]
    set -l how $_bedrockenv_fields[6 10 14 18 22 26 30 34 38 42 46 50 54 58 62 66 70 74 78 82]
    set -l previous $_bedrockenv_fields[7 11 15 19 23 27 31 35 39 43 47 51 55 59 63 67 71 75 79 83]
    set -g _bedrockenv_kept $_bedrockenv_fields[3]
    set -g _bedrockenv_kept_how -
    set -g _bedrockenv_kept_previous -
    # What an outer shell has set is taken for unchanged.
    set -l secret '*'
    set -q own[1]; and set -q _bedrockenv_secret; and set secret "=$_bedrockenv_secret"
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20
        set -q names[$i]; or break
        set -l name $names[$i]
        set -l mine "$ours[$i]"
        test "$mine" = '*'; and set mine $secret
        if set -qgx $name
            contains -- "$mine" '*' "=$$name"
        else
            not set -qg "$name"[1]; and test -z "$mine"; or test "$mine" = '*'
        end
        if test $status -ne 0
            set -a _bedrockenv_kept "$name$ours[$i]"
            set -a _bedrockenv_kept_how $how[$i]
            set -a _bedrockenv_kept_previous "$previous[$i]"
        else if test $how[$i] = x
            set -gx $name $previous[$i]
        else if contains -- $how[$i] X L
            _bedrockenv_give_back $name $how[$i] $own
        else if contains -- $how[$i] $own
            set -gu $name $previous[$i]
        else
            set -eg $name
        end
    end
    set -eg BEDROCKENV_STATE
end

# The usual case: nothing was there before, and all still have the values of the plan that was read last.
function _bedrockenv_erase_plain
    set -q _bedrockenv_plain[1]; and test "$_bedrockenv_plain" = "$_bedrockenv_plan[2]"; and set -qgx $_bedrockenv_names
    or return 1
    set -l now =$$_bedrockenv_names
    set -l ours =$_bedrockenv_values
    contains -- "$now" "$ours"; or return 1
    set -eg BEDROCKENV_STATE $_bedrockenv_names
end

# ── 6. The session: expiry, time left, sign-in ───────────────────────────────────────────────────────────────────────

# The time, into _bedrockenv_age. There is no clock builtin: `path` tells the age of a file that does not change, one of
# the plan's stamps, and so the seconds count from its mtime, _bedrockenv_epoch, as do all others here. What comes to the
# same as the last time is not calculated again.
function _bedrockenv_tick
    if set -q _bedrockenv_old
        set -g _bedrockenv_epoch 0
        set -g _bedrockenv_age (date +%s)
    else
        set -q _bedrockenv_stamp[1]; or return 1
        set -q _bedrockenv_epoch; or set -g _bedrockenv_epoch (path mtime -- $_bedrockenv_stamp) $_bedrockenv_stamp
        set -g _bedrockenv_age (path mtime --relative -- $_bedrockenv_stamp)
    end
    set -q _bedrockenv_age[1]
end

# Is the session to be looked at? If not, _bedrockenv_minutes says until when: a pattern of uptimes, which one builtin
# reads and compares, for these hundred seconds or ten or this one, whichever end before the session is due.
function _bedrockenv_is_due --argument-names up hundreds ten one
    _bedrockenv_tick; or return 1
    set -q _bedrockenv_due[1]; and test $_bedrockenv_age -lt $_bedrockenv_due; or return 0
    test -n "$_bedrockenv_clock"; and read up <$_bedrockenv_clock
    and string match -rq '^(?<hundreds>\d*)(?<ten>\d)(?<one>\d)\.' -- $up; or return 1
    set -l left (math $_bedrockenv_due - $_bedrockenv_age)
    set -l any $_bedrockenv_glob[3]
    set -l end $_bedrockenv_glob[4]
    set hundreds "$_bedrockenv_glob[2]$hundreds"
    set _bedrockenv_minutes "$hundreds$any$any$end"
    test $left -gt 100; and return 1
    set _bedrockenv_minutes "$hundreds$ten$any$end"
    test $left -gt 10; or set _bedrockenv_minutes "$hundreds$ten$one$end"
    return 1
end

# The time at $key of the JSON text, ISO 8601 in UTC, into _bedrockenv_time, and five minutes before into
# _bedrockenv_early: days from civil, without TZ, strftime or a process. The opening quote tells "expiresAt" from
# "registrationExpiresAt".
function _bedrockenv_parse_time --argument-names text key y mo d h mi sec
    set -l iso '(?<y>\d{4})-0?(?<mo>\d+)-0?(?<d>\d+)T0?(?<h>\d+):0?(?<mi>\d+):0?(?<sec>\d+)(?:\.\d+)?(?:Z|UTC|\+00:00)'
    string match -rq "\"$key\"\\s*:\\s*\"$iso\"" -- $text; or return 1
    set -l parsed "$_bedrockenv_epoch[1] $y $mo $d $h $mi $sec"
    contains -- "$parsed" "$_bedrockenv_parsed"; and return
    # The year begins in March, so that a leap day is its last.
    test $mo -gt 2; or set y "($y-1)"
    test $mo -gt 2; or set mo "($mo+12)"
    set -l days "365*$y+floor($y/4)-floor($y/100)+floor($y/400)+floor((153*($mo-3)+2)/5)+$d-719469"
    set -g _bedrockenv_time (math "($days)*86400+$h*3600+$mi*60+$sec-$_bedrockenv_epoch[1]")
    set -g _bedrockenv_early (math $_bedrockenv_time - 300)
    set -g _bedrockenv_parsed $parsed
end

# Reads the token file: its end into _bedrockenv_end, empty when there is no usable token; from when on the session is
# to be looked at again, into _bedrockenv_due; whether it renews itself, into _bedrockenv_renews.
function _bedrockenv_look
    set -g _bedrockenv_end
    set -g _bedrockenv_due
    set -g _bedrockenv_renews
    test -f "$_bedrockenv_plan[9]" -a -r "$_bedrockenv_plan[9]"; or return 1
    read -z -l text <$_bedrockenv_plan[9]
    string match -qr '"accessToken"\s*:\s*(?:"[^"]|\{)' -- $text
    and _bedrockenv_parse_time $text expiresAt; or return 1
    # What both clients ask of a file of `aws login`, however fresh it is.
    if test "$_bedrockenv_kind" = login
        for key in clientId refreshToken dpopKey accessKeyId secretAccessKey sessionToken accountId
            string match -qr "\"$key\"\s*:\s*\"[^\"]" -- $text; or return 1
        end
    end
    set _bedrockenv_end $_bedrockenv_time
    set _bedrockenv_due $_bedrockenv_time
    # The SDK takes a token with less than five minutes left for expired.
    test "$_bedrockenv_kind" = sso-legacy; or set _bedrockenv_due $_bedrockenv_early
    test $_bedrockenv_age -lt $_bedrockenv_due; and return
    # The AWS CLI and the SDK renew such a token by themselves. In ten minutes it is looked at again.
    string match -qr '"refreshToken"\s*:\s*"[^"]' -- $text; or return 0
    switch $_bedrockenv_kind
        case sso
            string match -qr '"clientId"\s*:\s*"[^"]' -- $text
            and string match -qr '"clientSecret"\s*:\s*"[^"]' -- $text; or return 0
            # In its last minutes whatever the registration says: the SDK tries, is refused, and uses it to its end.
            test $_bedrockenv_age -lt $_bedrockenv_end
            or _bedrockenv_parse_time $text registrationExpiresAt; and test $_bedrockenv_age -lt $_bedrockenv_time
            or return 0
        case sso-legacy
            return 0
    end
    set _bedrockenv_renews 1
    set _bedrockenv_due (math $_bedrockenv_age + 600)
end

# With a session that is due or was not looked at yet: signs in when it is stale and the policy says so.
function _bedrockenv_sign_in
    set -l name "$_bedrockenv_plan[7]"
    set -l policy "$_bedrockenv_plan[10]"
    set -l cooldown "$_bedrockenv_plan[11]"
    test "$policy" != off -a -z "$BEDROCKENV_NO_LOGIN$CI" -a -t 0 -a -t 2; or return
    set -l now (math $_bedrockenv_epoch[1] + $_bedrockenv_age)
    # Pairs of session and time: a pause after one is none for another.
    set -l asked (contains -i -- "=$name" $_bedrockenv_asked)
    and test $now -lt $_bedrockenv_asked[(math $asked + 1)]; and return
    # Again after a torn read: the AWS CLI rewrites the file in place.
    _bedrockenv_look; or _bedrockenv_look
    set -q _bedrockenv_due[1]; and test $_bedrockenv_age -lt $_bedrockenv_due; and return
    if test -f "$cooldown" -a -r "$cooldown"
        read -l --line until <$cooldown
        and string match -qr '^\d{1,10}$' -- $until; and test $until -gt $now -a $until -le (math $now + 600)
        and return
    end
    # Whatever happens now, Ctrl-C included, which ends this function too: no second time for ten minutes.
    set -q asked[1]; and set -e _bedrockenv_asked[$asked..(math $asked + 1)]
    set -ga _bedrockenv_asked "=$name" (math $now + 600)
    set -g _bedrockenv_settled 1
    if test "$policy" = notify
        set -ga _bedrockenv_lines "session $name is expired; sign in with: bedrockenv login"
        return
    end
    set -e _bedrockenv_shown
    set -l ask
    test "$policy" = ask; and set ask --ask
    # In an event the terminal is as fish's own editor wants it; fish takes it back so afterwards, after Ctrl-C as well.
    command stty icanon iexten echo icrnl
    # Ctrl-C ends this function as well; the rest is then done in the signal's own event, before the next prompt.
    function _bedrockenv_on_interrupt --on-signal INT
        functions -e _bedrockenv_on_interrupt
        set -q _bedrockenv_settled; and _bedrockenv_say
    end
    # Beside direnv, and before fish 4, fish's own handler of the prompt has run by now: the terminal marks what is pasted.
    functions -q __fish_disable_bracketed_paste; and __fish_disable_bracketed_paste
    _bedrockenv_run login --hook $ask --profile "$_bedrockenv_plan[8]"
    functions -q __fish_enable_bracketed_paste; and __fish_enable_bracketed_paste
    functions -e _bedrockenv_on_interrupt
    _bedrockenv_tick; and _bedrockenv_look; and test $_bedrockenv_age -lt $_bedrockenv_due; or return
    set -e _bedrockenv_asked[-2..-1]
end

# ── 7. The status line and reports ───────────────────────────────────────────────────────────────────────────────────

# Prints a line on stderr. What must not reach a terminal becomes `?`: C0, DEL, C1, bidirectional controls, and the
# characters in which fish keeps bytes that are no UTF-8.
function _bedrockenv_print --argument-names line
    set -l bad '[\x00-\x1f\x7f-\x9f\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}\x{f600}-\x{f6ff}]'
    string match -qr $bad -- $line; and set line (string replace -ra $bad '?' -- $line)
    echo "bedrockenv: $line" >&2
end

# $said is DIRECTORY//VERDICT.
function _bedrockenv_report --argument-names said dir verdict
    string match -rq '(?s)^(?<dir>.*?)//(?<verdict>.*)' -- $said
    switch $verdict
        case denied
        case uncompiled
            test "$dir" = default; or set -q _bedrockenv_gone
            or _bedrockenv_print "$dir/.bedrockrc could not be compiled; see: bedrockenv status"
        case 'unapproved *'
            # Without the CLI there is nothing to approve it with; that is said once.
            _bedrockenv_find_cli; or return
            set -l line "$dir/.bedrockrc is not approved; to use it: bedrockenv allow"
            test -n "$dir"; or set dir /
            test "$dir" = "$PWD"; or set line "$line "(string escape -- $dir)
            _bedrockenv_print $line
        case '*'
            _bedrockenv_print "$dir/.bedrockrc is $verdict; see: bedrockenv status"
    end
end

# The rest of the status line, into _bedrockenv_text.
function _bedrockenv_time_left --argument-names h m
    set -g _bedrockenv_text ' · not signed in'
    set -q _bedrockenv_age[1]; or return
    set -q _bedrockenv_due[1]; or _bedrockenv_look; or return
    set _bedrockenv_text ' · session expired'
    set -q _bedrockenv_renews[1]; and set _bedrockenv_text ' · session renews itself'
    set -l left "($_bedrockenv_end - $_bedrockenv_age)"
    # Hours and minutes in one number, as 7112 for 7 h 12 m.
    set left (math "floor($left / 3600) * 1000 + 100 + floor($left % 3600 / 60)")
    string match -rq '^(?<h>\d*)1(?=\d\d$)0?(?<m>\d+)$' -- $left; and test $_bedrockenv_age -lt $_bedrockenv_end
    or return
    test -z "$h"; or set h $h"h "
    set _bedrockenv_text " · session $h"$m"m"
end

function _bedrockenv_announce
    set -g _bedrockenv_shown "$_bedrockenv_key"
    test -n "$_bedrockenv_key"; or return
    if test -n "$_bedrockenv_plan[5]" -a -z "$BEDROCKENV_QUIET"
        set -g _bedrockenv_text
        test -n "$_bedrockenv_kind"; and _bedrockenv_time_left
        _bedrockenv_print "$_bedrockenv_plan[5]$_bedrockenv_text"
    end
    for line in $_bedrockenv_notes
        _bedrockenv_print $line
    end
end

# Says what is new since the last prompt.
function _bedrockenv_say
    set -e _bedrockenv_settled
    test "$_bedrockenv_key" = "$_bedrockenv_shown"; or _bedrockenv_announce
    test -z "$_bedrockenv_passed$_bedrockenv_problem$_bedrockenv_said$_bedrockenv_lost$_bedrockenv_lines"; and return
    for file in $_bedrockenv_passed
        contains -- "$file" $_bedrockenv_said; or _bedrockenv_report $file
    end
    contains -- "$_bedrockenv_problem" '' $_bedrockenv_said; or _bedrockenv_print $_bedrockenv_problem
    set -g _bedrockenv_said $_bedrockenv_passed $_bedrockenv_problem
    set -l lost 'AWS_BEARER_TOKEN_BEDROCK is unset here: only the shell that replaced it knows its value'
    set -q _bedrockenv_lost; and set -ga _bedrockenv_lines $lost
    for line in $_bedrockenv_lines
        _bedrockenv_print $line
    end
    set -e _bedrockenv_lines _bedrockenv_lost
end

# ── 8. Unloading ─────────────────────────────────────────────────────────────────────────────────────────────────────

# Puts everything back and takes the hook away. fisher emits the event.
function bedrockenv_plugin_unload --on-event bedrockenv_uninstall
    set -l fish_read_limit 100000000
    set -q BEDROCKENV_STATE; and _bedrockenv_leave
    set -q _bedrockenv_lost; and _bedrockenv_say
    set -eg (set -gn | string match '_bedrockenv*')
    functions -e (functions -an | string match '_bedrockenv*') bedrockenv_plugin_unload
end
