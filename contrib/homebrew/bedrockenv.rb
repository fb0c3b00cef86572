# A formula for a tap. On a release: TARBALL is what `npm view bedrockenv dist.tarball` says, SHA256 the hash of that file.
class Bedrockenv < Formula
  desc "AWS profile, region and Claude model of each directory, for Claude Code on Bedrock"
  homepage "https://github.com/bedrockenv/bedrockenv"
  url "TARBALL"
  sha256 "SHA256"
  license "MIT"

  depends_on "node"

  def install
    system "npm", "install", *std_npm_args
    bin.install_symlink libexec.glob("bin/*")
    generate_completions_from_executable(bin/"bedrockenv", "completions", shells: [:bash, :zsh, :fish])
  end

  def caveats
    <<~EOS
      One line for your shell, which bedrockenv setup writes:
        eval "$(bedrockenv hook zsh)"
    EOS
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/bedrockenv --version")
    assert_match "_bedrockenv", shell_output("#{bin}/bedrockenv hook zsh")
  end
end
