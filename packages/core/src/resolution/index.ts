export { type Identity, resolveIdentity } from './identity.ts';
export type { Inputs } from './inputs.ts';
export { ambientProfile } from './profile.ts';
export * from './resolve.ts';
