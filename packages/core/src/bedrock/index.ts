export * from './catalogue.ts';
export { isTier, modelNamed, nearestModel } from './names.ts';
export { beyond, notesOf } from './notes.ts';
export * from './pins.ts';
export * from './profile-id.ts';
export * from './regions.ts';
export { type ModelContext, type ResolvedModel, resolveModel } from './resolve.ts';
export { prefixOf, type Route, routeWarnings, whatThereIs } from './routing.ts';
export * from './usable.ts';
