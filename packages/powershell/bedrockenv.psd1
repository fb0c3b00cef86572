@{
  RootModule = 'bedrockenv.psm1'
  ModuleVersion = '0.0.0'
  GUID = '5d0f6c1e-3f0b-4a53-9f43-0b7f6a0f1c52'
  Author = 'bedrockenv'
  Copyright = '(c) bedrockenv. MIT License.'
  Description = 'The bedrockenv hook for PowerShell: the AWS profile, region and Claude model of each directory'
  PowerShellVersion = '5.1'
  CompatiblePSEditions = @('Core', 'Desktop')
  # It wraps `prompt`; there is nothing to call.
  FunctionsToExport = @()
  CmdletsToExport = @()
  VariablesToExport = @()
  AliasesToExport = @()
  PrivateData = @{ PSData = @{ Tags = @('aws', 'bedrock', 'claude', 'prompt', 'Windows', 'Linux', 'MacOS') } }
}
