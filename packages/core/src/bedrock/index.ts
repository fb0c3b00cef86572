export * from './catalogue.ts';
export { isTier, modelNamed, nearestModel } from './names.ts';
export * from './pins.ts';
export * from './profile-id.ts';
export * from './regions.ts';
export { type ModelContext, type ResolvedModel, resolveModel } from './resolve.ts';
export { prefixOf, type Route, whatThereIs } from './routing.ts';
export * from './usable.ts';
