import type { Scenario } from '../scenario.ts';
import { apiKeyBefore } from './api-key.ts';
import { changes } from './changes.ts';
import { dotfiles } from './dotfiles.ts';
import { enterAndLeave } from './enter-and-leave.ts';
import { hostileFiles } from './hostile-files.ts';
import { hostilePlans } from './hostile-plans.ts';
import { hostileState } from './hostile-state.ts';
import { inert } from './inert.ts';
import { loading } from './loading.ts';
import { neighbours } from './neighbours.ts';
import { oddPaths } from './odd-paths.ts';
import { options } from './options.ts';
import { orgPolicy } from './org-policy.ts';
import { shellsInside } from './shells-inside.ts';
import { signIn } from './sign-in.ts';
import { signInPolicy } from './sign-in-policy.ts';
import { stateFolder } from './state-folder.ts';
import { steadyState } from './steady-state.ts';
import { trust } from './trust.ts';
import { valuesBefore } from './values-before.ts';

/** The table: what must hold in every shell. */
export const scenarios: readonly Scenario[] = [
  ...enterAndLeave,
  ...valuesBefore,
  ...apiKeyBefore,
  ...shellsInside,
  ...inert,
  ...changes,
  ...trust,
  ...signIn,
  ...signInPolicy,
  ...loading,
  ...options,
  ...orgPolicy,
  ...neighbours,
  ...dotfiles,
  ...oddPaths,
  ...hostileState,
  ...hostilePlans,
  ...hostileFiles,
  ...stateFolder,
  ...steadyState,
];
