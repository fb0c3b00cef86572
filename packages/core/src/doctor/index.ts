export type { Entry, Evidence } from './entry.ts';
export { type ClientFile, type Facts, given, type HookFacts, type Program, regionOfClient } from './facts.ts';
export { type Asked, codeOfRefusal, type Refusal } from './refusal.ts';
export { diagnose, doctorEntry, doctorTable, resolutionFindings } from './table.ts';
