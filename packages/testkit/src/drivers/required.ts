import type { ShellDriver } from '@bedrockenv/core';

/**
 * Whether it is a failure that a shell is not installed: where CI is set, or a missing shell would go unnoticed for ever;
 * PowerShell, which few machines have, only where BEDROCKENV_REQUIRE names it.
 */
export function isRequired({ onlyIfRequired }: Pick<ShellDriver, 'onlyIfRequired'>): boolean {
  if (onlyIfRequired === undefined) return Boolean(process.env.CI);
  return (process.env.BEDROCKENV_REQUIRE ?? '').split(/[\s,]+/).includes(onlyIfRequired);
}
