import { expect } from 'vitest';
import type { ShellName } from '../driver.ts';
import type { Scenario } from '../scenario.ts';
import { enterAndLeave } from './loading.ts';
import { keys, notApproved, nothing } from './projects.ts';

/** Lines that make a shell odd; each one alone, and the hook must not notice. */
const odd: Record<ShellName, string[]> = {
  zsh: [
    'setopt no_unset',
    'setopt err_exit',
    'setopt ksh_arrays',
    'setopt sh_word_split glob_subst',
    'setopt no_match',
    'setopt null_glob',
    'setopt csh_null_glob',
    'setopt no_glob',
    'setopt no_clobber',
    'setopt no_case_match no_case_glob',
    'setopt ksh_glob sh_glob',
    'setopt extended_glob',
    'setopt rc_quotes csh_junkie_quotes',
    'setopt no_bare_glob_qual',
    'setopt chase_links',
    'setopt auto_pushd pushd_silent',
    'setopt posix_identifiers posix_builtins',
    'setopt all_export',
    'setopt no_multibyte',
    'setopt octal_zeroes c_bases',
    'setopt no_rcs no_function_argzero',
    'setopt typeset_silent no_hash_cmds',
    "IFS='/:.=0123456789'",
    'IFS=',
  ],
  bash: [
    'set -u',
    'set -e',
    'set -f',
    'set -C',
    'set -a',
    'set -o pipefail',
    'set -P',
    'set -h; set +h',
    'shopt -s nocasematch nocaseglob',
    'shopt -s nullglob',
    'shopt -s failglob',
    'shopt -s extglob dotglob globstar',
    'shopt -s autocd cdspell dirspell',
    'shopt -s xpg_echo',
    'shopt -s lastpipe',
    'shopt -u sourcepath',
    'shopt -s localvar_inherit',
    "IFS='/:.=0123456789'",
    'IFS=',
    'unset IFS',
    'CDPATH=/',
  ],
  fish: [
    'set -g IFS x',
    'set -g CDPATH /',
    'set -g fish_read_limit 10',
    'set -g fish_handle_reflow 0',
    'set -g argv a b',
    'set -g status_ x',
    'set -g fish_trace',
    'fish_vi_key_bindings; function fish_mode_prompt; end',
  ],
  powershell: [
    'Set-StrictMode -Version Latest',
    "$ErrorActionPreference = 'Stop'",
    "$ErrorActionPreference = 'SilentlyContinue'",
    "$WarningPreference = $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'",
    '$ConfirmPreference = "Low"; $WhatIfPreference = $true',
    '$PSNativeCommandUseErrorActionPreference = $true',
    "$PSNativeCommandArgumentPassing = 'Legacy'",
    "$PSModuleAutoLoadingPreference = 'None'",
    "$PSDefaultParameterValues = @{ '*:ErrorAction' = 'Stop'; 'Get-Item:Path' = '/'; '*:Verbose' = $true }",
    "$OFS = ','",
    '$MaximumErrorCount = 256; $Error.Clear()',
    '$OutputEncoding = [Text.Encoding]::ASCII',
    "[CultureInfo]::CurrentCulture = 'tr-TR'",
    "[CultureInfo]::CurrentCulture = 'ar-SA'",
    "$PSStyle.OutputRendering = 'PlainText'",
    "$env:HOME = $HOME; [Environment]::CurrentDirectory = '/usr'",
    'Set-Variable PWD -Option AllScope',
    '$global:Names = $global:State = $global:Watched = $global:Dot = 1',
  ],
};

/** The shell's options, in full, as text. */
const optionsOf: Record<ShellName, string> = {
  zsh: `set -o; print -r -- \${(q+)IFS}`,
  bash: 'set -o; shopt; printf "%q\\n" "$IFS"',
  fish: 'set -S IFS fish_read_limit fish_trace',
  powershell:
    '"$ErrorActionPreference $OFS $PSNativeCommandArgumentPassing $([CultureInfo]::CurrentCulture) $($Error.Count)"',
};

const words =
  'local typeset declare print printf read mapfile cd unset export set command source emulate builtin return';

/** Aliases and functions that a user may have before the hook is read. */
const shadows: Record<ShellName, string> = {
  zsh: `for w in ${words} '[['; do alias "$w=echo shadow $w"; done 2>/dev/null`,
  bash: `for w in ${words} test; do alias "$w=echo shadow $w"; done`,
  powershell:
    "foreach ($w in 'Get-Item', 'Test-Path', 'Set-StrictMode', 'ForEach-Object', 'Write-Error', 'Get-Command') { Set-Alias $w Out-Null; Set-Item Function:global:$w { 'shadow' } }",
  fish: 'abbr -a set echo; abbr -a cd echo; alias ls="echo shadow"; alias cat="echo shadow"; function status_; end',
};

const shellNames = Object.keys(odd) as ShellName[];

/** Several oddities that get along, for the rc file. */
const oddTogether: Partial<Record<ShellName, string>> = {
  zsh: 'setopt no_unset ksh_arrays sh_word_split glob_subst no_glob no_clobber; IFS=/.',
  bash: 'set -ufC; shopt -s nocasematch extglob; IFS=/.',
  powershell: "Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'; $OFS = ','",
};

/** How a file is read and a directory entered where aliases have taken over the usual words. */
const plainly: Record<ShellName, { source: string; cd: string }> = {
  zsh: { source: '\\.', cd: '\\cd' },
  bash: { source: '\\.', cd: '\\cd' },
  fish: { source: 'source', cd: 'builtin cd' },
  powershell: { source: '.', cd: 'cd' },
};

export const options: Scenario[] = [
  ...shellNames.flatMap((name) =>
    odd[name].map(
      (line): Scenario => ({
        name: `under \`${line}\``,
        except: Object.fromEntries(
          shellNames.filter((other) => other !== name).map((other) => [other, `${name}'s own`]),
        ),
        async run(t) {
          const dir = await t.project('app', keys.text);
          const other = await t.project('other', keys.text, { allow: false });
          await t.start();
          await t.run(line);
          const before = (await t.run(optionsOf[name])).output;
          await enterAndLeave(t, dir);
          t.expectLines(await t.cd(other), [notApproved(other)]);
          t.expectLines(await t.cd('/'), []);
          expect((await t.run(optionsOf[name])).output).toBe(before);
          // An input that changed makes it compile in this shell too.
          t.sandbox.write('.config/bedrockenv/config.yaml', 'default:\n  effort: high\n');
          await t.cd(dir);
          await t.expectVars({ ...keys.vars, CLAUDE_CODE_EFFORT_LEVEL: 'high' });
        },
      }),
    ),
  ),
  {
    name: 'the same line in the rc file, before the hook is read: all oddities that get along, at once',
    except: { fish: 'it has no options' },
    async run(t) {
      const dir = await t.project('app', keys.text);
      await t.start({ before: oddTogether[t.driver.name] ?? '' });
      await enterAndLeave(t, dir);
    },
  },
  {
    name: "the user's aliases and functions do not get into the hook",
    async run(t) {
      const dir = await t.project('app', keys.text);
      // The hook's file is given by its absolute path and read with a builtin that no alias names.
      const shell = await t.start({ before: shadows[t.driver.name], loading: 'none' });
      const hook = t.sandbox.write(t.driver.installedHook, (await t.bedrockenv('hook', t.driver.name)).stdout);
      const { source, cd } = plainly[t.driver.name];
      await shell.run(`${source} ${hook}`);
      expect((await t.run(`${cd} ${dir}`)).output).toMatch(keys.line);
      await t.expectVars(keys.vars);
      await t.run(`${cd} /`);
      await t.expectOnly(nothing);
    },
  },
];
