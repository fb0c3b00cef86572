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
  python3: 'python3-venv',
  ruby: 'ruby',
  'nix-instantiate': 'nix-bin',
};

/** Python's package that AWS files are compared with, and what succeeds where it is there and knows `services`. */
export const botocore = {
  package: 'botocore==1.43.11',
  probe: 'import botocore; assert [int(n) for n in botocore.__version__.split(".")[:2]] >= [1, 31]',
};
