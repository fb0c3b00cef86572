import { powershell } from '../../src/drivers/index.ts';
import { runScenarios } from '../../src/scenario.ts';
import { scenarios } from '../../src/scenarios/index.ts';

runScenarios(scenarios, [powershell]);
