export type { Finding, Outcome, Part, Terms } from './part.ts';
export { runCampaign } from './run.ts';
