import type { Finding } from '../aws/index.ts';
import type { Facts } from './facts.ts';

/** What was found, in the words of one case. */
export interface Evidence {
  /** It tells no secret. */
  message: string;
  /** The next command or edit. */
  fix: string;
  /** `file:line`, where there is one. */
  where?: string | null;
  /** Where this case is less than the entry's severity. */
  severity?: Finding['severity'];
}

/** One misconfiguration. */
export interface Entry {
  /** Stable, kebab-case: also the anchor in docs/doctor.md. */
  code: string;
  /** The worst that it is found with. */
  severity: Finding['severity'];
  /** Markdown, for docs/doctor.md. */
  meaning: string;
  /** Absent where something else tells of it: the reader of a file, the resolution, the answer of AWS. */
  find?: (facts: Facts) => readonly Evidence[];
}
