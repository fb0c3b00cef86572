export * from './allowed.ts';
export { withPolicy } from './required.ts';
export { allowedRows } from './rows.ts';
