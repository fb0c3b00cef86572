import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Sandbox } from './sandbox.ts';

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.remove());

const show = 'echo "$AWS_PROFILE|$AWS_REGION"';

test('sets the variables at the cd itself and puts them back at the cd out of it', () => {
  const dir = box.planned('a', {
    vars: [
      ['set', 'AWS_PROFILE', 'corp'],
      ['set', 'AWS_REGION', 'eu-central-1'],
    ],
  });
  const { out, err } = box.fish(
    `prompt; cd ${dir}; ${show}; env | grep -c ^AWS_; cd ~; ${show}; set -q BEDROCKENV_STATE; echo $status`,
  );
  expect(out).toEqual(['corp|eu-central-1', '2', '|', '1']);
  expect(err).toEqual([]);
  expect(box.called()).toEqual([]);
});

test('does nothing before the first prompt, in command substitutions, and in scripts', () => {
  const dir = box.planned('a', { vars: [['set', 'AWS_PROFILE', 'corp']] });
  const { out } = box.fish(`cd ${dir}; ${show}; prompt; ${show}; cd ~; echo (cd ${dir}; ${show}); cd ~; ${show}`);
  expect(out).toEqual(['|', 'corp|', '|', '|']);
});

test('notices that a command substitution has changed the directory at the next prompt', () => {
  const dir = box.planned('a', { vars: [['set', 'AWS_PROFILE', 'corp']] });
  expect(box.fish(`prompt; set x (cd ${dir}); prompt; ${show}`).out).toEqual(['corp|']);
});

test('restores what was exported, empty, local to the shell, and universal', () => {
  const dir = box.planned('a', {
    vars: [
      ['set', 'AWS_PROFILE', 'corp'],
      ['set', 'AWS_REGION', 'eu-central-1'],
      ['set', 'ANTHROPIC_MODEL', 'ours'],
      ['unset', 'MAX_THINKING_TOKENS', ''],
      ['set', 'BEDROCKENV_MODEL', 'x'],
      ['unset', 'CLAUDE_CODE_EFFORT_LEVEL', ''],
    ],
  });
  const names = 'AWS_PROFILE AWS_REGION ANTHROPIC_MODEL MAX_THINKING_TOKENS BEDROCKENV_MODEL CLAUDE_CODE_EFFORT_LEVEL';
  const state = `for n in ${names}; set -qx $n; and echo "$n x $$n"; or begin; set -q $n; and echo "$n l $$n"; or echo "$n u"; end; end`;
  const { out } = box.fish(
    `set -gx AWS_PROFILE ''; set -gx AWS_REGION 'a %1F%b'; set -g ANTHROPIC_MODEL local; set -Ux BEDROCKENV_MODEL universal
    set -gx MAX_THINKING_TOKENS 12; set -Ux CLAUDE_CODE_EFFORT_LEVEL high
    ${state}; echo; prompt; cd ${dir}; ${state}; echo; cd ~; ${state}; set -qU BEDROCKENV_MODEL; and set -qU CLAUDE_CODE_EFFORT_LEVEL; and echo both
    set -qg BEDROCKENV_MODEL; or set -qg CLAUDE_CODE_EFFORT_LEVEL; or echo none`,
  );
  const before = [
    'AWS_PROFILE x ',
    'AWS_REGION x a %1F%b',
    'ANTHROPIC_MODEL l local',
    'MAX_THINKING_TOKENS x 12',
    'BEDROCKENV_MODEL x universal',
    'CLAUDE_CODE_EFFORT_LEVEL x high',
  ];
  const inside = [
    'AWS_PROFILE x corp',
    'AWS_REGION x eu-central-1',
    'ANTHROPIC_MODEL x ours',
    'MAX_THINKING_TOKENS u',
    'BEDROCKENV_MODEL x x',
    'CLAUDE_CODE_EFFORT_LEVEL l ',
  ];
  expect(out).toEqual([...before, '', ...inside, '', ...before, 'both', 'none']);
});

test('every value comes through and every previous one comes back, byte for byte', () => {
  const value = 'a\nb\n\n%25%1F%\u001f \'"\\$(x);*?{1,2}~ é😀\t';
  const dir = box.planned('a', { vars: [['set', 'AWS_PROFILE', value]] });
  const script = `set -gx AWS_PROFILE (string unescape -- $V | string collect --no-trim-newlines); prompt; cd ${dir}
    string escape -- "$AWS_PROFILE"; cd ~; string escape -- "$AWS_PROFILE"`;
  const { out } = box.fish(script, { V: "\\n\\'x\\'%1F\\x1f%25\\n\\n" });
  const [inside, after] = out;
  const { out: expected } = box.fish('string escape -- "$A"; string escape -- "$B"', {
    A: value,
    B: "\n'x'%1F\x1f%25\n\n\n",
  });
  expect(inside).toBe(expected[0]);
  expect(after).toBe(expected[1]);
});

test('what was changed by hand stays, on leaving and on entering the same project again', () => {
  const dir = box.planned('a', {
    vars: [
      ['set', 'AWS_PROFILE', 'corp'],
      ['set', 'AWS_REGION', 'eu-central-1'],
    ],
  });
  const { out } = box.fish(`set -gx AWS_PROFILE mine; prompt; cd ${dir}; set -gx AWS_PROFILE other; cd ~; ${show}`);
  expect(out).toEqual(['other|']);
  const next = box.plan({
    generation: 'ffffffffffffffff',
    root: dir,
    text: 'model: opus\n',
    vars: [
      ['set', 'AWS_PROFILE', 'corp'],
      ['set', 'AWS_REGION', 'us-east-1'],
    ],
  });
  box.write('next', next);
  box.stub(`touch -r ${dir}/.bedrockrc ${box.state}/stamps/ffffffffffffffff/0; cp ~/next '${box.slot(dir)}'`);
  const { out: again } = box.fish(
    `set -gx AWS_PROFILE mine; prompt; cd ${dir}; set -gx AWS_PROFILE other; touch -d 2001-01-01 .bedrockrc; prompt; ${show}
    set -gx AWS_PROFILE corp; cd ~; ${show}`,
  );
  expect(again).toEqual(['other|us-east-1', 'mine|']);
  expect(box.called().length).toBe(1);
});

test('a secret is copied, read or fetched, and never lies in the record', () => {
  const key = box.write('key', 'from-file\r\nmore\n');
  const vars = (op: string, from: string) =>
    [
      ['set', 'AWS_PROFILE', 'p'],
      [op, 'AWS_BEARER_TOKEN_BEDROCK', from],
    ] as never;
  const a = box.planned('a', { vars: vars('env', 'MY_KEY') });
  const b = box.planned('b', { vars: vars('file', key) });
  const c = box.planned('c', { vars: vars('command', '') });
  const d = box.planned('d', { vars: vars('env', 'x[1]; echo pwned') });
  box.stub('[ "$1" = api-key ] && echo from-command');
  const { out } = box.fish(
    `set -gx MY_KEY from-env; prompt
    for d in ${a} ${b} ${c} ${d}; cd $d; prompt; echo "$AWS_BEARER_TOKEN_BEDROCK"; string match -q '*from-*' -- $BEDROCKENV_STATE; and echo leaked; end
    cd ~; echo "[$AWS_BEARER_TOKEN_BEDROCK]"`,
  );
  expect(out).toEqual(['from-env', 'from-file', 'from-command', '', '[]']);
  expect(box.called()).toEqual([`api-key --dir ${c}`]);
});

test('a list is spared, and so is a variable that is local to the function which changes the directory', () => {
  const dir = box.planned('a', {
    vars: [
      ['set', 'AWS_PROFILE', 'corp'],
      ['set', 'AWS_REGION', 'eu-central-1'],
    ],
  });
  const { out } = box.fish(
    `set -g AWS_REGION a b; function go; set -lx AWS_PROFILE local; cd ${dir}; ${show}; end; prompt; go; ${show}; prompt; ${show}; cd ~; ${show}`,
  );
  expect(out).toEqual(['local|a b', '|a b', 'corp|a b', '|a b']);
});

test('one project inside another: the nearest applies, and back', () => {
  const outer = box.planned('a', {
    vars: [
      ['set', 'AWS_PROFILE', 'outer'],
      ['set', 'AWS_REGION', 'r'],
    ],
  });
  const inner = box.planned('a/b', { vars: [['set', 'AWS_PROFILE', 'inner']] });
  const { out } = box.fish(`prompt; cd ${outer}; ${show}; cd ${inner}; ${show}; cd ..; ${show}; cd /; ${show}`);
  expect(out).toEqual(['outer|r', 'inner|', 'outer|r', '|']);
});

test('a symlinked directory finds the approval of the real one, an odd name its own', () => {
  box.planned('real', { vars: [['set', 'AWS_PROFILE', 'real']] });
  const odd = box.planned("o d'd\n[a-z]*?$x", { vars: [['set', 'AWS_PROFILE', 'odd']] });
  const { out, err } = box.fish(`ln -s ~/real ~/link; prompt; cd ~/link; ${show}; cd $ODD; prompt; ${show}`, {
    ODD: odd,
  });
  expect(err).toEqual([]);
  expect(out).toEqual(['real|', 'odd|']);
});

test('a shell started inside a project takes over what is there, without a word', () => {
  const dir = box.planned('a', { label: 'dev', vars: [['set', 'AWS_PROFILE', 'corp']] });
  const nested = `fish -N -i -c 'source $HOOK; emit fish_prompt; echo $AWS_PROFILE; cd ~; echo "[$AWS_PROFILE]"'`;
  const { out, err } = box.fish(`set -g AWS_PROFILE local; prompt; cd ${dir}; ${nested}; cd ~; echo $AWS_PROFILE`, {
    HOOK: join(import.meta.dirname, '../conf.d/bedrockenv.fish'),
  });
  expect(out).toEqual(['corp', '[]', 'local']);
  expect(err).toEqual([]);
});

test('changed inputs cost one compile, and then nothing again', () => {
  const config = box.write('.aws/config', '[default]\n');
  const dir = box.planned('a', { inputs: [config, join(box.home, 'absent')], vars: [['set', 'AWS_PROFILE', 'old']] });
  box.write('new', '');
  box.stub(`[ -e '${box.slot(dir)}.next' ] && mv '${box.slot(dir)}.next' '${box.slot(dir)}'`);
  const next = (content: string, profile: string) => {
    box.write(config, content);
    writeFileSync(
      `${box.slot(dir)}.next`,
      box.plan({
        root: dir,
        text: 'model: opus\n',
        inputs: [config, join(box.home, 'absent')],
        vars: [['set', 'AWS_PROFILE', profile]],
      }),
    );
  };
  next('[default]\nregion = x\n', 'new');
  // The old plan no longer fits: its stamp is that of the old config.
  const { out } = box.fish(`prompt; cd ${dir}; prompt; ${show}; prompt; prompt; ${show}`);
  expect(out).toEqual(['new|', 'new|']);
  expect(box.called()).toEqual([`compile --dir ${dir}`]);
  const { out: appears, err } = box.fish(
    `prompt; cd ${dir}; prompt; ${show}; touch ~/absent; prompt; ${show}; prompt; cd ..; prompt; cd ${dir}; prompt`,
  );
  expect(appears).toEqual(['new|', '|']);
  expect(err).toEqual([
    `bedrockenv: ${dir}/.bedrockrc could not be compiled; see: bedrockenv status`,
    `bedrockenv: ${dir}/.bedrockrc could not be compiled; see: bedrockenv status`,
  ]);
  expect(box.called().length).toBe(3);
});

test('a nearer file that is approved but cannot be compiled does not keep the outer one from applying', () => {
  const outer = box.planned('a', { vars: [['set', 'AWS_PROFILE', 'outer']] });
  const { out } = box.fish(
    `mkdir -p ${outer}/b ${box.state}/approvals${outer}/b; prompt; cd ${outer}/b; prompt; ${show}
    echo x >.bedrockrc; cp .bedrockrc ${box.state}/approvals${outer}/b/; prompt; ${show}; prompt; ${show}; rm .bedrockrc; prompt; ${show}`,
  );
  expect(out).toEqual(Array(4).fill('outer|'));
  expect(box.called()).toEqual([`compile --dir ${outer}/b`]);
});

const visible = 'function see; echo "$AWS_PROFILE|$AWS_REGION|$ANTHROPIC_SMALL_FAST_MODEL"; end';

test('what is to be unset is looked for at each visit', () => {
  const dir = box.planned('a', {
    vars: [
      ['unset', 'AWS_REGION', ''],
      ['set', 'AWS_PROFILE', 'corp'],
      ['unset', 'ANTHROPIC_SMALL_FAST_MODEL', ''],
    ],
  });
  const { out } = box.fish(
    `${visible}; prompt; cd ${dir}; see; cd ~; set -gx ANTHROPIC_SMALL_FAST_MODEL mine; cd ${dir}; see; cd ~; see`,
  );
  expect(out).toEqual(['corp||', 'corp||', '||mine']);
});

test('an older file put back is a change too', () => {
  const config = box.write('.aws/config', '[default]\n');
  const dir = box.planned('a', { inputs: [config], vars: [['set', 'AWS_PROFILE', 'old']] });
  const { out } = box.fish(`prompt; cd ${dir}; ${show}; touch -d '2001-01-01' ${config}; prompt; ${show}`);
  expect(out).toEqual(['old|', '|']);
});

test('the plan of the ambient environment is chosen, of up to four', () => {
  const dir = box.project('a', 'model: opus\n');
  const plan = (want: string, profile: string) =>
    box.plan({
      root: dir,
      text: 'model: opus\n',
      env: [
        ['AWS_PROFILE', want],
        ['AWS_REGION', ''],
      ],
      vars: [['set', 'BEDROCKENV_PROFILE', profile]],
    });
  box.write(box.slot(dir), plan('=a', 'A'));
  box.write(box.slot(dir, '.1'), plan('', 'none'));
  box.write(box.slot(dir, '.3'), plan('=b c\n', 'B'));
  const { out } = box.fish(
    `prompt; function see; cd ${dir}; echo $BEDROCKENV_PROFILE; cd ~; end; see; set -gx AWS_PROFILE a; see; set -gx AWS_PROFILE b' 'c\\n; see
    set -g -u AWS_PROFILE a; see`,
  );
  expect(out).toEqual(['none', 'A', 'B', 'none']);
});

test('outside of projects the default plan applies', () => {
  box.write(box.config, 'default: {}\n');
  box.write(box.slot(''), box.plan({ label: 'home', inputs: [box.config], vars: [['set', 'AWS_PROFILE', 'home']] }));
  const dir = box.planned('a', { vars: [['set', 'AWS_PROFILE', 'corp']] });
  const { out, err } = box.fish(
    `prompt; ${show}; cd ${dir}; ${show}; cd ..; ${show}; prompt; cd ${dir}; prompt; cd /tmp; prompt`,
  );
  expect(out).toEqual(['home|', 'corp|', 'home|']);
  expect(err).toEqual(['bedrockenv: home', 'bedrockenv: home']);
  expect(box.called()).toEqual([]);
});

test('the default plan is compiled when there is a user config, once', () => {
  box.fish('prompt; prompt; cd /; prompt');
  expect(box.called()).toEqual([]);
  box.write(box.config, 'default: {}\n');
  box.fish('prompt; prompt; cd /; prompt');
  expect(box.called()).toEqual(['compile --default']);
});

test('it writes nothing', () => {
  const dir = box.planned('a', { vars: [['set', 'AWS_PROFILE', 'corp']] });
  const tree = () => (readdirSync(box.state, { recursive: true }) as string[]).sort();
  const before = tree();
  box.fish(`prompt; cd ${dir}; prompt; cd ~; prompt`);
  expect(tree()).toEqual(before);
  expect(readFileSync(join(dir, '.bedrockrc'), 'utf8')).toBe('model: opus\n');
});
