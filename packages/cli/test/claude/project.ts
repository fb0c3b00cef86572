import { readFileSync } from 'node:fs';
import { Sandbox } from '../cli.ts';

/** A home with an approved project `p`. */
export function projectBox(text = 'profile: corp-dev\nmodel: sonnet\n', config?: string): Sandbox {
  const box = new Sandbox();
  if (config !== undefined) box.write('.config/bedrockenv/config.yaml', config);
  box.project('p', text);
  box.ok(['allow', 'p']);
  return box;
}

export const local = 'p/.claude/settings.local.json';

export const read = (box: Sandbox, name = local) => readFileSync(box.path(name), 'utf8');

/** In the project. */
export const at = (box: Sandbox) => ({ cwd: box.path('p') });
