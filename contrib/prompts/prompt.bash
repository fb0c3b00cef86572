# For ~/.bashrc: the profile of this directory before the prompt. In single quotes it is read anew at each prompt.
PS1='${BEDROCKENV_PROFILE:+($BEDROCKENV_PROFILE) }'$PS1
