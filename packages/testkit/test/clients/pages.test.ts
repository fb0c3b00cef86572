import { bash } from '../../src/drivers/index.ts';
import { page } from '../../src/pages/play.ts';
import { pages } from '../../src/pages/settings.ts';
import { runScenarios } from '../../src/scenario.ts';

runScenarios(pages.map(page), [bash]);
