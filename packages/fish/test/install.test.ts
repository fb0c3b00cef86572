import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hook, Sandbox } from './sandbox.ts';

const folder = resolve(import.meta.dirname, '..');

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.remove());

/** What fisher does: it copies the files of conf.d, functions and completions into those folders of the user. */
function install(): void {
  const conf = join(box.home, '.config/fish/conf.d');
  mkdirSync(conf, { recursive: true });
  // Without this folder the first fish in a HOME reads every manual page of the machine, in the background.
  for (const folder of ['.local/share', '.cache']) {
    mkdirSync(join(box.home, folder, 'fish/generated_completions'), { recursive: true });
  }
  copyFileSync(hook, join(conf, basename(hook)));
  // fish's own handlers of the event write escape sequences.
  box.write('.config/fish/config.fish', 'set -g fish_greeting\nfunction prompt; _bedrockenv_on_prompt; end\n');
}

/** An interactive fish with its configuration, without what `bedrockenv hook` puts in front. */
function fish(script: string, path = `${box.home}/bin:/usr/bin:/bin`): { out: string; err: string } {
  const env = { HOME: box.home, PATH: path, LANG: 'C.UTF-8', TERM: 'dumb' };
  const { stdout, stderr } = spawnSync('fish', ['-i', '-c', script], { cwd: box.home, env, encoding: 'utf8' });
  return { out: stdout, err: stderr };
}

test('what fisher copies is the hook, the completions and the function for prompts, and nothing else', () => {
  const { files } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { files: string[] };
  const copied = readdirSync(folder).filter((name) => ['conf.d', 'functions', 'completions', 'themes'].includes(name));
  expect(copied.sort()).toEqual(files.filter((name) => !name.includes('dist')).sort());
  const found = copied.map((name) => [name, ...readdirSync(join(folder, name))].join(' '));
  expect(found).toEqual(['completions bedrockenv.fish', 'conf.d bedrockenv.fish', 'functions bedrockenv_prompt.fish']);
});

test('bedrockenv_prompt shows profile and model, and nothing outside of projects', () => {
  mkdirSync(join(box.home, '.config/fish/functions'), { recursive: true });
  const file = join(folder, 'functions/bedrockenv_prompt.fish');
  copyFileSync(file, join(box.home, '.config/fish/functions', basename(file)));
  install();
  const { out, err } = fish(
    "bedrockenv_prompt; set BEDROCKENV_PROFILE a\\eb; bedrockenv_prompt; set BEDROCKENV_MODEL 'Opus 5'; bedrockenv_prompt",
  );
  expect({ out, err }).toEqual({ out: 'a?b\na?b · Opus 5\n', err: '' });
});

test('the folder that the hook lies in may have any name', () => {
  const dir = box.planned('project', { label: 'dev', vars: [['set', 'AWS_PROFILE', 'corp']] });
  const file = box.write("it's\necho here\n開 発/hook.fish", readFileSync(hook));
  const quoted = `'${file.replaceAll("'", "\\'")}'`;
  const { out, err } = box.bare(
    `source ${quoted}; emit fish_prompt; cd ${dir}; emit fish_prompt; echo $AWS_PROFILE; cd ~; echo "[$AWS_PROFILE]"`,
  );
  expect(out).toEqual(['corp', '[]']);
  expect(err).toEqual(['bedrockenv: dev']);
});

test.each([
  ['bedrockenv logi', ['login']],
  ['bedrockenv hook ', ['bash', 'direnv', 'fish', 'powershell', 'zsh']],
  ['bedrockenv export --fo', ['--format']],
  ["bedrockenv use 'x' --gl", ['--global']],
])('completes %j', (line, expected) => {
  mkdirSync(join(box.home, '.config/fish/completions'), { recursive: true });
  const file = join(folder, 'completions/bedrockenv.fish');
  copyFileSync(file, join(box.home, '.config/fish/completions', basename(file)));
  install();
  box.stub('true');
  const { out } = fish(`complete -C ${JSON.stringify(line)}`);
  const found = out.split('\n').map((text) => text.split('\t')[0] ?? '');
  expect(found.filter((text) => text !== '').sort()).toEqual(expected);
});

test.each([
  ['in a fish before 3.3', '3.2.2', ''],
  ['under Claude Code', '$FISH_VERSION', 'set -gx CLAUDECODE 1'],
])('it steps aside without a word %s, and what comes after it is still read', (_, version, before) => {
  const text = readFileSync(hook, 'utf8');
  const file = box.write('hook.fish', text.replaceAll('"$FISH_VERSION"', `"${version}"`));
  const names = 'begin; set -n; functions -an; end | string match "_bedrockenv*" | count';
  const aside = box.bare(`${before}\nsource ${file}\n${names}\ncat ${file} | source\n${names}`);
  expect(aside).toEqual({ out: ['0', '0'], err: [] });
  expect(Number(box.bare(`source ${hook}; ${names}`).out[0])).toBeGreaterThan(50);
  // A fish before 3.4 reads none of a file that has this.
  expect(text).not.toMatch(/^(?![#\s]).*\breturn\b/m);
});

test('copied into conf.d it finds the command on PATH, also one that comes there later', () => {
  install();
  const dir = box.planned('a', { label: 'dev', vars: [['set', 'AWS_PROFILE', 'corp']] });
  const plan = box.slot(dir);
  renameSync(plan, join(box.home, 'plan'));
  box.stub(`cp '${box.home}/plan' '${plan}'`);
  const { out, err } = fish(
    `prompt; set -p PATH ~/bin; cd ${dir}; prompt; echo $AWS_PROFILE; cd ~; echo "[$AWS_PROFILE]"`,
    '/usr/bin:/bin',
  );
  expect({ out, err }).toEqual({ out: 'corp\n[]\n', err: 'bedrockenv: dev\n' });
  expect(box.called()).toEqual([`compile --dir ${dir}`]);
});

test('without a command it says so once, then is quiet', () => {
  install();
  const [a, b] = ['a', 'b'].map((name) => box.project(name, 'x'));
  const { out, err } = fish(`prompt; for d in ${a} ${b} ~ ${a}; cd $d; prompt; prompt; end`, '/usr/bin:/bin');
  expect({ out, err }).toEqual({
    out: '',
    err: expect.stringMatching(/^bedrockenv: the bedrockenv command is gone; .*\n$/),
  });
});
