# shellcheck shell=bash source=./bedrockenv.bash
# The hook under the name that plugin managers look for. bash-it: link this file into its custom folder.
# Through a link it costs a process to find the hook beside it, for bash cannot read links.

_bedrockenv_plugin=${BASH_SOURCE[0]}
[[ ! -L $_bedrockenv_plugin ]] || _bedrockenv_plugin=$(\builtin command readlink -f -- "$_bedrockenv_plugin")
case $_bedrockenv_plugin in
  */*) \builtin . "${_bedrockenv_plugin%/*}/bedrockenv.bash" ;;
  *) \builtin . ./bedrockenv.bash ;;
esac
\builtin unset -v _bedrockenv_plugin
