export { type Client, type Explained, explain, explainedNames } from './explain.ts';
export { type ExplainInputs, keySources, type ReadSettings, type Source } from './sources.ts';
