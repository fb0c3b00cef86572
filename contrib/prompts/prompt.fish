# For ~/.config/fish/config.fish: profile and model on the right. bedrockenv_prompt comes with the fish package.
function fish_right_prompt
    bedrockenv_prompt
end
