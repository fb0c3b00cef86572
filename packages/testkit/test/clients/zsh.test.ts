import { directories } from '../../src/clients/directories.ts';
import { scopeClaude } from '../../src/clients/scope-claude.ts';
import { zsh } from '../../src/drivers/index.ts';
import { runScenarios } from '../../src/scenario.ts';

runScenarios([...directories(), ...scopeClaude], [zsh]);
