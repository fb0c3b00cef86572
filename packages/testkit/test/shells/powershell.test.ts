import { powershell } from '../../src/drivers/powershell.ts';
import { runScenarios } from '../../src/scenario.ts';
import { scenarios } from '../../src/scenarios/index.ts';

runScenarios(scenarios, [powershell]);
