export { cli, hookText, type Loading, repository } from './installation.ts';
export { openStage } from './open-stage.ts';
export type { Result, Stage, StartOptions } from './stage.ts';
export type { Expected } from './variables.ts';
