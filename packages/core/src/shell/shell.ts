/** What a shell package exports: everything the rest of the project knows of a shell. */
export interface Shell {
  /** As typed: `bedrockenv hook NAME`, `export --format NAME`. */
  readonly name: string;
  /** The hook file, relative to the package's root. It is valid as it lies there. */
  readonly hookFile: string;
  /** The completions, likewise; none for what is no shell. */
  readonly completionsFile?: string;
  /** The lines before the hook file: where node and the CLI lie (absolute paths, quoted for this shell). */
  prologue(at: { node: string; cli: string }): string;
  /** The hook's text as it has to be for `eval`, where that differs from a file that is sourced. */
  wrap?(hook: string): string;
  /** One statement that sets an exported variable, or with null unsets it. */
  assign(name: string, value: string | null): string;
}
