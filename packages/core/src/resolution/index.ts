export { ambientProfile } from './profile.ts';
export * from './resolve.ts';
