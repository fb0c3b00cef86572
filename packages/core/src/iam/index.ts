export { type Least, leastPolicy } from './least.ts';
export { partitionOf } from './partition.ts';
export { fullPolicy, type Policy, type Statement } from './policy.ts';
export type { BackingModels, Invoked } from './resources.ts';
