export * from './models.ts';
export * from './variables.ts';
export * from './warnings.ts';
