export { type Client, type Explained, explain, explainedNames } from './explain.ts';
export type { ExplainInputs, ReadSettings, Source } from './sources.ts';
