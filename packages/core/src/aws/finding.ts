import type { Warning } from '../errors.ts';

/** Something in the AWS configuration that does not work, or not as its author may think. It tells no value. */
export interface Finding extends Warning {
  severity: 'error' | 'warning' | 'info';
  /** `file:line`, where there is one. */
  where: string | null;
}
