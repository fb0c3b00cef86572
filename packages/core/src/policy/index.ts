export * from './allowed.ts';
export { withPolicy } from './required.ts';
