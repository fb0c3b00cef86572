export type { Account, ApplicationProfile, InferenceProfile } from './accounts.ts';
export { sampleAccounts, sampleInferenceProfiles } from './accounts.ts';
export type { Fault, Knobs } from './knobs.ts';
export type { Counters } from './memory.ts';
export type { Received } from './reply.ts';
export { type FakeAws, type FakeAwsOptions, startFakeAws } from './server.ts';
