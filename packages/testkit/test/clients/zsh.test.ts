import { directories } from '../../src/clients/directories.ts';
import { zsh } from '../../src/drivers/index.ts';
import { runScenarios } from '../../src/scenario.ts';

runScenarios(directories(), [zsh]);
