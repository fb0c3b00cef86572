export * from './conflicts.ts';
export * from './models.ts';
export * from './overrides.ts';
export * from './remarks.ts';
export * from './settings/index.ts';
export * from './variables.ts';
export * from './warnings.ts';
