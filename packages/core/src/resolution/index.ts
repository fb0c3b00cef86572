export { type Identity, listingFor, resolveIdentity } from './identity.ts';
export type { Inputs } from './inputs.ts';
export { ambientProfile } from './profile.ts';
export * from './resolve.ts';
