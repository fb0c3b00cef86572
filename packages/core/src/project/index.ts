export * from './directory-file.ts';
export { schemaJson, schemaNames } from './json-schema.ts';
export * from './keys.ts';
export * from './layers.ts';
export { type PolicyFile, readPolicy } from './policy-file.ts';
export { type Rule, type RuleName, rules } from './rules.ts';
export * from './user-config.ts';
export * from './values.ts';
export { readWords, wordKeys } from './words.ts';
