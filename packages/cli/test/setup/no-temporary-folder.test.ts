import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Sandbox } from '../cli.ts';

const gone = (box: Sandbox) => ({ TMPDIR: box.path('gone/tmp') });

it('setup looks into new shells although the temporary folder is not there, and leaves nothing behind', () => {
  const box = new Sandbox();
  mkdirSync(box.path('bin'));
  symlinkSync('/bin/bash', box.path('bin/bash'));
  const env = { PATH: `${box.path('bin')}:/usr/bin:/bin`, SHELL: '/bin/bash', ...gone(box) };
  const { code, stderr } = box.run(['setup', '--yes', '--shell', 'bash'], { env });
  expect(stderr).toContain('a new bash has the hook');
  expect(code).toBe(0);
  expect(readdirSync(box.state).filter((name) => name.startsWith('scratch-'))).toEqual([]);
});

it('edit does without it too', () => {
  const box = new Sandbox();
  const dir = box.project('p', 'model: opus\n');
  box.ok(['allow', 'p']);
  const editor = box.write('editor', '#!/bin/sh\nprintf "model: haiku\\n" > "$2"\n');
  chmodSync(editor, 0o755);
  const { code, stderr } = box.run(['edit'], { cwd: dir, env: { EDITOR: `'${editor}' --wait`, ...gone(box) } });
  expect(stderr).toContain('is changed and approved');
  expect(code).toBe(0);
  expect(box.text('p/.bedrockrc')).toBe('model: haiku\n');
  expect(existsSync(box.path('gone'))).toBe(false);
});
