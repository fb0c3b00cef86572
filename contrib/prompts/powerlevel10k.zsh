# For ~/.p10k.zsh: a segment with the profile and model of this directory, nothing outside of projects. It reads two
# variables that the hook sets and starts no process. Add my_bedrockenv to POWERLEVEL9K_RIGHT_PROMPT_ELEMENTS.
function prompt_my_bedrockenv() {
  [[ -n ${BEDROCKENV_PROFILE-}${BEDROCKENV_MODEL-} ]] || return
  local text="${BEDROCKENV_PROFILE-}${BEDROCKENV_PROFILE:+${BEDROCKENV_MODEL:+ · }}${BEDROCKENV_MODEL-}"
  # The text undergoes prompt expansion, and what must not reach a terminal is made visible.
  p10k segment -f cyan -t "${${(V)text}//\%/%%}"
}
