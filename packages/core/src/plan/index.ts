export * from './format.ts';
export * from './names.ts';
export * from './record.ts';
export * from './usual.ts';
