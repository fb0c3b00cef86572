# For $PROFILE, before the hook's line: the profile of this directory before the prompt that there is.
$beforeBedrockenv = $function:prompt
function global:prompt {
  if ($env:BEDROCKENV_PROFILE) { [Console]::Write("($env:BEDROCKENV_PROFILE) ") }
  & $beforeBedrockenv
}
