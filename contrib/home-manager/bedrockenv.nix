# A module for home-manager: imports = [ ./bedrockenv.nix ]; programs.bedrockenv.enable = true;
# The hooks are written when the configuration is built, so that no shell starts Node.
{ config, lib, pkgs, ... }:

let
  cfg = config.programs.bedrockenv;
  hook = shell: pkgs.runCommand "bedrockenv-hook.${shell}" { } ''
    ${lib.getExe cfg.package} hook ${shell} > $out
  '';
  yaml = pkgs.formats.yaml { };
in
{
  options.programs.bedrockenv = {
    enable = lib.mkEnableOption "bedrockenv";
    package = lib.mkOption {
      type = lib.types.package;
      description = "The package with the command bedrockenv.";
    };
    settings = lib.mkOption {
      type = yaml.type;
      default = { };
      example = { default = { region = "eu-central-1"; }; };
      description = "The user config.";
    };
  };

  config = lib.mkIf cfg.enable {
    home.packages = [ cfg.package ];
    xdg.configFile."bedrockenv/config.yaml" = lib.mkIf (cfg.settings != { }) {
      source = yaml.generate "bedrockenv-config.yaml" cfg.settings;
    };
    programs.zsh.initContent = "source ${hook "zsh"}";
    programs.bash.initExtra = "source ${hook "bash"}";
    programs.fish.interactiveShellInit = "source ${hook "fish"}";
  };
}
