/** What a scenario expects of a variable: exported with this value, unset (null), or set without being exported. */
export type Expected = string | null | { local: string };
