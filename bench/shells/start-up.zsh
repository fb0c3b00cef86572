# Times in a fresh zsh what the hooks' lines of an rc file cost, in the order $BENCH_ORDER, and then the first prompt.

zmodload zsh/datetime
took=()
for tool in ${=BENCH_ORDER}; do
  precmd_functions=() chpwd_functions=()
  start=$EPOCHREALTIME
  case $tool in
    (ours) source $BENCH_HOOK ;;
    (direnv) eval "$(direnv hook zsh)" ;;
    (mise) eval "$($BENCH_MISE_PROGRAM activate zsh)" ;;
  esac
  loaded=$EPOCHREALTIME
  $precmd_functions[1]
  end=$EPOCHREALTIME
  took+=( "$tool source $(( (loaded - start) * 1e6 ))" "$tool source-and-first-prompt $(( (end - start) * 1e6 ))" )
done
precmd_functions=() chpwd_functions=()
print -rl -- "$took[@]" >$BENCH_OUT
