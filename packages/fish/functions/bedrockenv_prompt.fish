# For a fish_prompt of one's own: the AWS profile and the model of this directory, nothing outside of projects. It reads
# two variables and starts no process. What must not reach a terminal becomes `?`.
function bedrockenv_prompt --description 'The AWS profile and Claude model of this directory'
    set -l parts
    for part in "$BEDROCKENV_PROFILE" "$BEDROCKENV_MODEL"
        test -n "$part"; and set -a parts (string replace -ra '[\x00-\x1f\x7f-\x9f\x{202a}-\x{202e}\x{2066}-\x{2069}]' '?' -- $part)
    end
    set -q parts[1]; and string join ' · ' -- $parts
end
