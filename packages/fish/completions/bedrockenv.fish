# Completions of bedrockenv for fish. Made from the table of commands: node scripts/docs.ts

complete -c bedrockenv -f
complete -c bedrockenv -n __fish_use_subcommand -s h -l help -d 'show help'
complete -c bedrockenv -n __fish_use_subcommand -s V -l version -d 'print the version'
complete -c bedrockenv -n __fish_use_subcommand -a setup -d 'the hook in your shells, your defaults, Claude Code'
complete -c bedrockenv -n __fish_use_subcommand -a status -d 'what applies in this directory, and why'
complete -c bedrockenv -n __fish_use_subcommand -a explain -d 'where each variable comes from, and who uses it'
complete -c bedrockenv -n __fish_use_subcommand -a use -d 'choose the profile, model or environment of this directory'
complete -c bedrockenv -n __fish_use_subcommand -a allow -d 'approve a .bedrockrc as it is now'
complete -c bedrockenv -n __fish_use_subcommand -a deny -d 'never ask about a .bedrockrc again'
complete -c bedrockenv -n __fish_use_subcommand -a revoke -d 'forget what was said about a .bedrockrc'
complete -c bedrockenv -n __fish_use_subcommand -a edit -d 'edit the .bedrockrc and approve the edit'
complete -c bedrockenv -n __fish_use_subcommand -a prune -d 'forget files that no longer exist'
complete -c bedrockenv -n __fish_use_subcommand -a profiles -d 'AWS profiles as the AWS CLI sees them'
complete -c bedrockenv -n __fish_use_subcommand -a sessions -d 'sign-in sessions and the time they have left'
complete -c bedrockenv -n __fish_use_subcommand -a models -d 'Claude models that a region can use, and why not the rest'
complete -c bedrockenv -n __fish_use_subcommand -a login -d 'sign in, unless the session is still good'
complete -c bedrockenv -n __fish_use_subcommand -a credentials -d 'print a profile\'s temporary credentials'
complete -c bedrockenv -n __fish_use_subcommand -a doctor -d 'what is wrong, with evidence and a fix'
complete -c bedrockenv -n __fish_use_subcommand -a claude-settings -d 'put what applies here into Claude Code\'s settings files'
complete -c bedrockenv -n __fish_use_subcommand -a export -d 'print this directory\'s variables'
complete -c bedrockenv -n __fish_use_subcommand -a exec -d 'run a program with this directory\'s variables'
complete -c bedrockenv -n __fish_use_subcommand -a iam-policy -d 'the IAM policy that Claude Code needs'
complete -c bedrockenv -n __fish_use_subcommand -a hook -d 'print the hook for a shell'
complete -c bedrockenv -n __fish_use_subcommand -a uninstall -d 'take back everything that setup and the other commands made'
complete -c bedrockenv -n __fish_use_subcommand -a completions -d 'print the completions for a shell'
complete -c bedrockenv -n __fish_use_subcommand -a schema -d 'print the JSON Schema of a file'
complete -c bedrockenv -n __fish_use_subcommand -a demo -d 'see it at work in a sandbox'

complete -c bedrockenv -n '__fish_seen_subcommand_from setup' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from setup' -l yes -d 'ask nothing: every shell of this machine, and what the other flags say'
complete -c bedrockenv -n '__fish_seen_subcommand_from setup' -l shell -x -a 'zsh bash fish powershell' -d 'only these'
complete -c bedrockenv -n '__fish_seen_subcommand_from setup' -l profile -x -a '(command bedrockenv candidates profiles 2>/dev/null)' -d 'the AWS profile where no directory says otherwise'
complete -c bedrockenv -n '__fish_seen_subcommand_from setup' -l region -x -a 'af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 me-west-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 us-gov-east-1 us-gov-west-1 cn-north-1 cn-northwest-1 eusc-de-east-1' -d 'the AWS region there'
complete -c bedrockenv -n '__fish_seen_subcommand_from setup' -l model -x -a 'opus sonnet haiku claude-opus-5-5 claude-opus-5 claude-opus-4-8 claude-opus-4-7 claude-opus-4-6 claude-opus-4-5 claude-opus-4-1 claude-sonnet-5-5 claude-sonnet-5 claude-sonnet-4-6 claude-sonnet-4-5 claude-sonnet-4 claude-haiku-5-5 claude-haiku-4-5 (command bedrockenv candidates aliases 2>/dev/null)' -d 'the model there'
complete -c bedrockenv -n '__fish_seen_subcommand_from setup' -l scope -x -a 'shell claude' -d 'who gets the AWS identity'
complete -c bedrockenv -n '__fish_seen_subcommand_from setup' -l login -x -a 'auto ask notify off' -d 'what happens when a session has expired'
complete -c bedrockenv -n '__fish_seen_subcommand_from setup' -l claude-settings -d 'write Claude Code\'s user settings too; --scope claude does'
complete -c bedrockenv -n '__fish_seen_subcommand_from setup' -l no-rc -d 'write no rc file: print the lines'
complete -c bedrockenv -n '__fish_seen_subcommand_from setup' -l dry-run -d 'only show what would be written'

complete -c bedrockenv -n '__fish_seen_subcommand_from status' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from status' -l json -d 'for programs'

complete -c bedrockenv -n '__fish_seen_subcommand_from explain' -a 'CLAUDE_CODE_USE_BEDROCK AWS_PROFILE AWS_REGION ANTHROPIC_MODEL ANTHROPIC_DEFAULT_OPUS_MODEL ANTHROPIC_DEFAULT_SONNET_MODEL ANTHROPIC_DEFAULT_HAIKU_MODEL ANTHROPIC_SMALL_FAST_MODEL ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION DISABLE_PROMPT_CACHING ENABLE_PROMPT_CACHING_1H CLAUDE_CODE_MAX_OUTPUT_TOKENS MAX_THINKING_TOKENS CLAUDE_CODE_EFFORT_LEVEL ANTHROPIC_BEDROCK_SERVICE_TIER AWS_BEARER_TOKEN_BEDROCK ANTHROPIC_BEDROCK_BASE_URL BEDROCKENV_DIR BEDROCKENV_PROFILE BEDROCKENV_MODEL'
complete -c bedrockenv -n '__fish_seen_subcommand_from explain' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from explain' -l json -d 'for programs'

complete -c bedrockenv -n '__fish_seen_subcommand_from use' -a 'opus sonnet haiku claude-opus-5-5 claude-opus-5 claude-opus-4-8 claude-opus-4-7 claude-opus-4-6 claude-opus-4-5 claude-opus-4-1 claude-sonnet-5-5 claude-sonnet-5 claude-sonnet-4-6 claude-sonnet-4-5 claude-sonnet-4 claude-haiku-5-5 claude-haiku-4-5 (command bedrockenv candidates aliases profiles environments 2>/dev/null)'
complete -c bedrockenv -n '__fish_seen_subcommand_from use' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from use' -l profile -x -a '(command bedrockenv candidates profiles 2>/dev/null)' -d 'the AWS profile'
complete -c bedrockenv -n '__fish_seen_subcommand_from use' -l region -x -a 'af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 me-west-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 us-gov-east-1 us-gov-west-1 cn-north-1 cn-northwest-1 eusc-de-east-1' -d 'the AWS region'
complete -c bedrockenv -n '__fish_seen_subcommand_from use' -l pin -d 'write exact inference profile IDs, which stay when newer models come'
complete -c bedrockenv -n '__fish_seen_subcommand_from use' -l global -d 'for everywhere: edits default: of the user config'

complete -c bedrockenv -n '__fish_seen_subcommand_from allow' -a '(__fish_complete_directories)'
complete -c bedrockenv -n '__fish_seen_subcommand_from allow' -s h -l help -d 'show help'

complete -c bedrockenv -n '__fish_seen_subcommand_from deny' -a '(__fish_complete_directories)'
complete -c bedrockenv -n '__fish_seen_subcommand_from deny' -s h -l help -d 'show help'

complete -c bedrockenv -n '__fish_seen_subcommand_from revoke' -a '(__fish_complete_directories)'
complete -c bedrockenv -n '__fish_seen_subcommand_from revoke' -s h -l help -d 'show help'

complete -c bedrockenv -n '__fish_seen_subcommand_from edit' -a '(__fish_complete_directories)'
complete -c bedrockenv -n '__fish_seen_subcommand_from edit' -s h -l help -d 'show help'

complete -c bedrockenv -n '__fish_seen_subcommand_from prune' -s h -l help -d 'show help'

complete -c bedrockenv -n '__fish_seen_subcommand_from profiles' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from profiles' -l json -d 'for programs'

complete -c bedrockenv -n '__fish_seen_subcommand_from sessions' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from sessions' -l json -d 'for programs'

complete -c bedrockenv -n '__fish_seen_subcommand_from models' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from models' -l region -x -a 'af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 me-west-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 us-gov-east-1 us-gov-west-1 cn-north-1 cn-northwest-1 eusc-de-east-1' -d 'the AWS region; without it the directory\'s'
complete -c bedrockenv -n '__fish_seen_subcommand_from models' -l refresh -d 'ask the account what it has there, and keep the answer'
complete -c bedrockenv -n '__fish_seen_subcommand_from models' -l json -d 'for programs'

complete -c bedrockenv -n '__fish_seen_subcommand_from login' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from login' -l profile -x -a '(command bedrockenv candidates profiles 2>/dev/null)' -d 'for this AWS profile; without it the directory\'s'
complete -c bedrockenv -n '__fish_seen_subcommand_from login' -l session -x -a '(command bedrockenv candidates sessions 2>/dev/null)' -d 'to this sso-session'
complete -c bedrockenv -n '__fish_seen_subcommand_from login' -l flow -x -a 'auto browser device' -d 'open a browser here, or print URL and code for one elsewhere; remembered on this host until auto'
complete -c bedrockenv -n '__fish_seen_subcommand_from login' -l no-tty -d 'also without a terminal: prints URL and code, gives up within 3 minutes'

complete -c bedrockenv -n '__fish_seen_subcommand_from credentials' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from credentials' -l profile -x -a '(command bedrockenv candidates profiles 2>/dev/null)' -d 'of this AWS profile; without it the directory\'s'
complete -c bedrockenv -n '__fish_seen_subcommand_from credentials' -l no-fallback -d 'where there are none, print some that AWS refuses: with none, Claude Code goes on with your own'

complete -c bedrockenv -n '__fish_seen_subcommand_from doctor' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from doctor' -l json -d 'for programs'
complete -c bedrockenv -n '__fish_seen_subcommand_from doctor' -l live -d 'also ask AWS STS and Amazon Bedrock what these credentials may do'
complete -c bedrockenv -n '__fish_seen_subcommand_from doctor' -l invoke -d 'also send each model the smallest request, which costs next to nothing'

complete -c bedrockenv -n '__fish_seen_subcommand_from claude-settings' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from claude-settings' -l scope -x -a 'user project local managed' -d 'which file; without it local in a project, user elsewhere'
complete -c bedrockenv -n '__fish_seen_subcommand_from claude-settings' -l diff -d 'show the keys that differ; exit code 1 if there are any'
complete -c bedrockenv -n '__fish_seen_subcommand_from claude-settings' -l write -d 'write them; every other byte of the file stays'
complete -c bedrockenv -n '__fish_seen_subcommand_from claude-settings' -l undo -d 'take back what was written; what was edited by hand since stays'
complete -c bedrockenv -n '__fish_seen_subcommand_from claude-settings' -l json -d 'for programs'

complete -c bedrockenv -n '__fish_seen_subcommand_from export' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from export' -l dir -x -a '(__fish_complete_directories)' -d 'as if in that directory'
complete -c bedrockenv -n '__fish_seen_subcommand_from export' -l format -x -a 'zsh bash fish powershell json dotenv github' -d 'one of'

complete -c bedrockenv -n '__fish_seen_subcommand_from exec' -x -a '(__fish_complete_subcommand)'
complete -c bedrockenv -n '__fish_seen_subcommand_from exec' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from exec' -l dir -x -a '(__fish_complete_directories)' -d 'as if in that directory'
complete -c bedrockenv -n '__fish_seen_subcommand_from exec' -l profile -x -a '(command bedrockenv candidates profiles 2>/dev/null)' -d 'with this AWS profile instead'
complete -c bedrockenv -n '__fish_seen_subcommand_from exec' -l model -x -a 'opus sonnet haiku claude-opus-5-5 claude-opus-5 claude-opus-4-8 claude-opus-4-7 claude-opus-4-6 claude-opus-4-5 claude-opus-4-1 claude-sonnet-5-5 claude-sonnet-5 claude-sonnet-4-6 claude-sonnet-4-5 claude-sonnet-4 claude-haiku-5-5 claude-haiku-4-5 (command bedrockenv candidates aliases 2>/dev/null)' -d 'with this model instead'

complete -c bedrockenv -n '__fish_seen_subcommand_from iam-policy' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from iam-policy' -l least -d 'for the directory\'s models alone, with exact ARNs'
complete -c bedrockenv -n '__fish_seen_subcommand_from iam-policy' -l model -x -a 'opus sonnet haiku claude-opus-5-5 claude-opus-5 claude-opus-4-8 claude-opus-4-7 claude-opus-4-6 claude-opus-4-5 claude-opus-4-1 claude-sonnet-5-5 claude-sonnet-5 claude-sonnet-4-6 claude-sonnet-4-5 claude-sonnet-4 claude-haiku-5-5 claude-haiku-4-5 (command bedrockenv candidates aliases 2>/dev/null)' -d 'with --least: for these models instead'
complete -c bedrockenv -n '__fish_seen_subcommand_from iam-policy' -l profile -x -a '(command bedrockenv candidates profiles 2>/dev/null)' -d 'for this AWS profile, which names the account'
complete -c bedrockenv -n '__fish_seen_subcommand_from iam-policy' -l region -x -a 'af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 me-west-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 us-gov-east-1 us-gov-west-1 cn-north-1 cn-northwest-1 eusc-de-east-1' -d 'for this AWS region, which gives the partition'
complete -c bedrockenv -n '__fish_seen_subcommand_from iam-policy' -l no-marketplace -d 'without the subscription to models, where the account has subscribed'

complete -c bedrockenv -n '__fish_seen_subcommand_from hook' -a 'zsh bash fish powershell direnv'
complete -c bedrockenv -n '__fish_seen_subcommand_from hook' -s h -l help -d 'show help'

complete -c bedrockenv -n '__fish_seen_subcommand_from uninstall' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from uninstall' -l yes -d 'do not ask first'
complete -c bedrockenv -n '__fish_seen_subcommand_from uninstall' -l keep-config -d 'leave the user config as it is'
complete -c bedrockenv -n '__fish_seen_subcommand_from uninstall' -l dry-run -d 'only name the files'

complete -c bedrockenv -n '__fish_seen_subcommand_from completions' -a 'zsh bash fish powershell'
complete -c bedrockenv -n '__fish_seen_subcommand_from completions' -s h -l help -d 'show help'

complete -c bedrockenv -n '__fish_seen_subcommand_from schema' -a 'bedrockrc config policy'
complete -c bedrockenv -n '__fish_seen_subcommand_from schema' -s h -l help -d 'show help'

complete -c bedrockenv -n '__fish_seen_subcommand_from demo' -s h -l help -d 'show help'
complete -c bedrockenv -n '__fish_seen_subcommand_from demo' -l shell -x -a 'zsh bash fish powershell' -d 'the shell to show it in'
