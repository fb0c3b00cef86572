# Times every event in one interactive zsh, round by round. Read with `eval` at the top level and without EVAL_LINENO,
# so that a `cd` has the same function stack as one that is typed.
# Prints lines of tool, event and microseconds into $BENCH_OUT; `wrong` for an event that did not do its work.

zmodload zsh/datetime

# Each tool's hooks apart, as the tool itself installed them.
precmd_functions=() chpwd_functions=()
source $BENCH_HOOK
$precmd_functions[1]
ours_prompt=$precmd_functions[1] ours_chpwd=( $chpwd_functions )
precmd_functions=() chpwd_functions=()
if [[ -n $BENCH_DIRENV ]]; then
  eval "$(direnv hook zsh)"
  direnv_prompt=$precmd_functions[1] direnv_chpwd=( $chpwd_functions )
fi
precmd_functions=() chpwd_functions=()
if [[ -n $BENCH_MISE ]]; then
  eval "$($BENCH_MISE_PROGRAM activate zsh)"
  mise_prompt=$precmd_functions[1] mise_chpwd=( $chpwd_functions )
fi
# A hook that asks Node once in every event: at the `cd`, or else at the prompt.
node_at_cd() { $BENCH_NODE -e 0; node_asked=1 }
node_at_prompt() { if [[ -n $node_asked ]]; then node_asked=; else $BENCH_NODE -e 0; fi }
node_prompt=node_at_prompt node_chpwd=( node_at_cd ) node_asked=
precmd_functions=() chpwd_functions=()

took=() ours_projects=( ${(s.:.)BENCH_OURS} ) node_projects=( ${(s.:.)BENCH_OURS} )
direnv_projects=( ${(s.:.)BENCH_DIRENV} ) mise_projects=( ${(s.:.)BENCH_MISE} )

for round in {0..$(( BENCH_ROUNDS * 3 / 2 ))}; do
  for tool in ours ${BENCH_DIRENV:+direnv} ${BENCH_MISE:+mise} node; do
    # These two take long, and the same each time: every other round will do.
    [[ $tool != (mise|node) ]] || (( round % 2 == 0 )) || continue
    # The place differs from round to round: entering one that was entered just now is an event of its own.
    projects=${tool}_projects
    # Six that the shell comes to know, one to get warm in, and more than it remembers.
    one=${${(P)projects}[round*2%6+1]} other=${${(P)projects}[(round*2+1)%6+1]}
    n=$(( ${#${(P)projects}} - 7 )) new=${${(P)projects}[round%n+8]}
    steps=(
      outside '' enter $one inside '' 'cd inside' $one/deep inside '' switch $other leave $BENCH_OUTSIDE
      'enter again' $other leave $BENCH_OUTSIDE
    )
    # The projects that the shell does not know come last, for they make it forget those that it does.
    (( round <= BENCH_ROUNDS )) || steps=( 'enter new' $new leave $BENCH_OUTSIDE )
    # Not `prompt`, which is the shell's own.
    at_prompt=${tool}_prompt at_prompt=${(P)at_prompt}
    start=$EPOCHREALTIME
    : "$(:)"
    end=$EPOCHREALTIME
    took+=( "fork fork $(( (end - start) * 1e6 ))" )
    # After a fork a process first copies the pages that it writes. That is the fork's doing, so the tool's hook runs
    # before it is timed: outside, and in the seventh project, which is for that.
    chpwd_functions=()
    cd -q $BENCH_OUTSIDE
    chpwd=${tool}_chpwd chpwd_functions=( ${(P)chpwd} )
    for dir in $BENCH_OUTSIDE ${${(P)projects}[7]} $BENCH_OUTSIDE; do
      cd $dir
      $at_prompt
    done
    for event dir in "$steps[@]"; do
      if [[ -n $dir ]]; then
        start=$EPOCHREALTIME
        cd $dir
        $at_prompt
        end=$EPOCHREALTIME
      else
        start=$EPOCHREALTIME
        $at_prompt
        end=$EPOCHREALTIME
      fi
      took+=( "$tool ${event// /-} $(( (end - start) * 1e6 ))" )
      case $tool:$event in
        (node:*) ;;
        (*:(outside|leave)) [[ -z ${AWS_PROFILE-} ]] || took+=( "wrong $tool $event" ) ;;
        (*) [[ -n ${AWS_PROFILE-} && -n ${ANTHROPIC_MODEL-} ]] || took+=( "wrong $tool $event" ) ;;
      esac
    done
  done
  # The first round fills caches.
  (( round )) || took=()
done
chpwd_functions=()
print -rl -- "$took[@]" >$BENCH_OUT
