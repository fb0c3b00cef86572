import { directories } from '../../src/clients/directories.ts';
import { bash } from '../../src/drivers/index.ts';
import { runScenarios } from '../../src/scenario.ts';

runScenarios(directories(), [bash]);
