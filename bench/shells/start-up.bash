# shellcheck shell=bash source=/dev/null
# Times in a fresh bash what the hooks' lines of an rc file cost, in the order $BENCH_ORDER, and then the first prompt.

took=()
for tool in $BENCH_ORDER; do
  PROMPT_COMMAND=
  start=$EPOCHREALTIME
  case $tool in
    ours) source "$BENCH_HOOK" ;;
    direnv) eval "$(direnv hook bash)" ;;
    mise) eval "$("$BENCH_MISE_PROGRAM" activate bash)" ;;
  esac
  loaded=$EPOCHREALTIME
  eval "$PROMPT_COMMAND"
  end=$EPOCHREALTIME
  took+=("$tool source $((${loaded/./} - ${start/./}))" "$tool source-and-first-prompt $((${end/./} - ${start/./}))")
done
printf '%s\n' "${took[@]}" >"$BENCH_OUT"
