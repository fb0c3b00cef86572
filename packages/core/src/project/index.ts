export * from './directory-file.ts';
export { schemaJson, schemaNames } from './json-schema.ts';
export * from './keys.ts';
export * from './layers.ts';
export { largestFile } from './text.ts';
export * from './user-config.ts';
export * from './values.ts';
export { readWords, wordKeys } from './words.ts';
