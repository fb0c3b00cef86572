# For ~/.zshrc: the profile of this directory on the right. The substitution is done anew at each prompt, and once.
setopt prompt_subst
RPROMPT='${${(V)BEDROCKENV_PROFILE}//\%/%%}'
