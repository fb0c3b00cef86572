/**
 * The programs that tests run, and the Debian packages that they are in. PowerShell is in none: see
 * BEDROCKENV_REQUIRE in CONTRIBUTING.md.
 */
export const packages = {
  zsh: 'zsh',
  bash: 'bash',
  fish: 'fish',
  direnv: 'direnv',
  shellcheck: 'shellcheck',
  strace: 'strace',
  git: 'git',
  python3: 'python3',
  ruby: 'ruby',
  'nix-instantiate': 'nix-bin',
};

/** What the AWS CLI reads its files with, as a package of Debian's and as what succeeds in a Python that has it. */
export const botocore = { package: 'python3-botocore', probe: 'import botocore' };

/** Debian's own Python has Debian's packages; another one may stand before it on PATH. */
export const pythons = ['python3', '/usr/bin/python3'];
