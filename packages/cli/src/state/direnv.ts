/** What direnv runs in a directory, and what the plan of its words is called. */
export const envrcName = '.envrc';

/** The words of `use bedrock KEY=VALUE…` in the `.envrc` of a directory. */
export interface DirenvWords {
  /** The real directory. */
  root: string;
  words: readonly string[];
}
