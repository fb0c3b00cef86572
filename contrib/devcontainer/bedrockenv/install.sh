#!/bin/sh
# Installs bedrockenv and the hooks of the shells that the image has, for all of its users. DESTDIR is where / is.
set -eu

root=${DESTDIR:-}
folder=$root/usr/local/share/bedrockenv

command -v npm >/dev/null || {
  echo 'bedrockenv: there is no npm; add ghcr.io/devcontainers/features/node to the features' >&2
  exit 1
}
npm install -g --no-audit --no-fund "bedrockenv@${VERSION:-latest}"

mkdir -p "$folder"
# Each shell reads a file that was written now, so that none starts Node.
for shell in zsh bash fish; do
  bedrockenv hook "$shell" >"$folder/hook.$shell"
done

# A line, once, at the end of a file that every shell of a kind reads.
add() {
  grep -qsF "$2" "$1" || printf '%s\n' "$2" >>"$1"
}
if [ -f "$root/etc/bash.bashrc" ]; then
  add "$root/etc/bash.bashrc" ". '$folder/hook.bash'"
fi
if [ -d "$root/etc/zsh" ]; then
  add "$root/etc/zsh/zshrc" "source '$folder/hook.zsh'"
fi
if [ -d "$root/etc/fish/conf.d" ]; then
  cp "$folder/hook.fish" "$root/etc/fish/conf.d/bedrockenv.fish"
fi
