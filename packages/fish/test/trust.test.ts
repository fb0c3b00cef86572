import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Sandbox } from './sandbox.ts';

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.remove());

const show = 'echo "$AWS_PROFILE|$AWS_REGION"';

test('an unapproved file is reported once, and again when it has changed or was left', () => {
  const dir = box.project('a', 'model: opus\n', false);
  mkdirSync(join(dir, 'sub'));
  const { err, out } = box.fish(
    `prompt; cd ${dir}; prompt; prompt; cd sub; prompt; cd ..; echo 'model: haiku' >.bedrockrc; prompt; prompt; cd ~; prompt; cd ${dir}/sub; prompt; ${show}`,
  );
  const line = `bedrockenv: ${dir}/.bedrockrc is not approved; to use it: bedrockenv allow`;
  expect(err).toEqual([line, line, `${line} ${dir}`]);
  expect(out).toEqual(['|']);
  expect(box.called()).toEqual([]);
});

test('approved with other bytes is not approved; allowed and compiled, it applies at the next prompt', () => {
  const dir = box.planned('a', { vars: [['set', 'AWS_PROFILE', 'corp']] });
  writeFileSync(join(dir, '.bedrockrc'), 'model: opus');
  writeFileSync(
    join(box.home, 'next'),
    box.plan({ root: dir, text: 'model: opus', vars: [['set', 'AWS_PROFILE', 'new']] }),
  );
  const { out, err } = box.fish(
    `prompt; cd ${dir}; prompt; ${show}; cp .bedrockrc ${box.state}/approvals${dir}/; cp ~/next '${box.slot(dir)}'; prompt; ${show}`,
  );
  expect(out).toEqual(['|', 'new|']);
  expect(err).toEqual([`bedrockenv: ${dir}/.bedrockrc is not approved; to use it: bedrockenv allow`]);
});

test('an approval that is taken back, with the plan, ends at the next prompt', () => {
  const dir = box.planned('a', { generation: 'f00f00f00f00f00f', vars: [['set', 'AWS_PROFILE', 'corp']] });
  const { out, err } = box.fish(
    `prompt; cd ${dir}; ${show}; rm -r ${box.state}/approvals${dir} '${box.slot(dir)}' ${box.state}/stamps/f00f00f00f00f00f; prompt; ${show}`,
  );
  expect(out).toEqual(['corp|', '|']);
  expect(err.length).toBe(1);
});

test('only what is so at the prompt is said', () => {
  const dir = box.project('a', 'x', false);
  const other = box.planned('b', { label: 'dev', notes: ['note'] });
  const { err } = box.fish(
    `prompt; cd ${dir}; cd ~; prompt; cd ${other}; cd ~; prompt; cd ${other}; prompt; cd ${dir}; cd ${other}; prompt`,
  );
  expect(err).toEqual(['bedrockenv: dev', 'bedrockenv: note']);
});

test('a denied file is passed over in silence, and its parent applies', () => {
  const outer = box.planned('a', { vars: [['set', 'AWS_PROFILE', 'outer']] });
  const dir = box.project('a/b', 'x', false);
  box.write(`${box.state}/denied${dir}/.bedrockrc`, '');
  const { out, err } = box.fish(`prompt; cd ${dir}; prompt; ${show}; cd ${outer}; prompt; ${show}`);
  expect(out).toEqual(['outer|', 'outer|']);
  expect(err).toEqual([]);
});

test('an approved parent applies below a file that is not', () => {
  box.planned('a', { label: 'outer', vars: [['set', 'AWS_PROFILE', 'outer']] });
  const dir = box.project('a/b', 'x', false);
  const { out, err } = box.fish(`prompt; cd ${dir}; prompt; prompt; ${show}; cd ~; ${show}`);
  expect(out).toEqual(['outer|', '|']);
  expect(err).toEqual([
    'bedrockenv: outer',
    `bedrockenv: ${dir}/.bedrockrc is not approved; to use it: bedrockenv allow`,
  ]);
});

test('what is no regular file, too large or holds a NUL is broken, even with the approved bytes before the NUL', () => {
  const big = box.planned('big', { text: 'x'.repeat(65_536), vars: [['set', 'AWS_PROFILE', 'big']] });
  const larger = box.project('larger', 'x'.repeat(65_537));
  const zeros = box.project('zeros', '\0'.repeat(10_000_000));
  const denied = box.project('denied', 'x\0');
  box.write(`${box.state}/denied${denied}/.bedrockrc`, '');
  const nul = box.planned('nul', { vars: [['set', 'AWS_PROFILE', 'nul']] });
  writeFileSync(join(nul, '.bedrockrc'), 'model: opus\n\0');
  const { out, err } = box.fish(
    `mkdir -p ~/fifo ~/dir/.bedrockrc ~/link ~/dangling; mkfifo ~/fifo/.bedrockrc; ln -s .bedrockrc ~/link/.bedrockrc; ln -s none ~/dangling/.bedrockrc
    prompt; cd ${big}; prompt; ${show}; for d in fifo dir link dangling; cd ~/$d; prompt; end; for d in ${larger} ${zeros} ${denied} ${nul}; cd $d; prompt; end; ${show}`,
  );
  const line = (dir: string, what: string) =>
    `bedrockenv: ${box.home}/${dir}/.bedrockrc is broken (${what}); see: bedrockenv status`;
  expect(out).toEqual(['big|', '|']);
  expect(err).toEqual([
    ...['fifo', 'dir', 'link', 'dangling'].map((dir) => line(dir, 'not a regular file')),
    line('larger', 'larger than 64 KiB'),
    line('zeros', 'larger than 64 KiB'),
    line('nul', 'contains a NUL byte'),
  ]);
});

test('no control character of a path reaches the terminal', () => {
  const dir = box.project('a\u001b[31m\n\u009b\u202eb', 'x', false);
  const { err } = box.fish('prompt; cd $D; prompt', { D: dir });
  expect(err).toEqual([`bedrockenv: ${box.home}/a?[31m???b/.bedrockrc is not approved; to use it: bedrockenv allow`]);
});

test('a file that cannot be compiled is reported once; a command that is gone too', () => {
  const dir = box.project('a', 'x');
  const failed = `bedrockenv: ${dir}/.bedrockrc could not be compiled; see: bedrockenv status`;
  box.stub('echo why >&2; exit 1');
  const { err } = box.fish(`prompt; cd ${dir}; prompt; prompt; mkdir s; cd s; prompt`);
  expect(err).toEqual(['why', failed]);
  expect(box.called()).toEqual([`compile --dir ${dir}`]);
  const gone = box.fish(`set PATH /usr/bin /bin; prompt; cd ${dir}; prompt; cd ~; cd ${dir}; prompt`);
  expect(gone.err).toEqual([
    'bedrockenv: the bedrockenv command is gone; install it again (npm install -g bedrockenv), or remove the hook from your config.fish',
  ]);
});

test('where it would be needed to approve, the missing command is said once, and no more', () => {
  const [a, b] = ['a', 'b'].map((name) => box.project(name, 'x', false));
  const { err } = box.fish(`set PATH /usr/bin /bin; prompt; for d in ${a} ${b} ${a}; cd $d; prompt; prompt; end`);
  expect(err).toEqual([expect.stringMatching(/^bedrockenv: the bedrockenv command is gone; /)]);
});

test('the recorded node and CLI come first', () => {
  const dir = box.project('a', 'x');
  const node = box.write('my node', `#!/bin/sh\necho "node $*" >>${box.calls}\n`);
  chmodSync(node, 0o755);
  box.fish(`prompt; cd ${dir}`, { _bedrockenv_node: node, _bedrockenv_cli: node });
  expect(box.called()).toEqual([`node ${node} compile --dir ${dir}`]);
});

test('a state folder that others may write to is not used, until that is mended', () => {
  const dir = box.planned('a', { vars: [['set', 'AWS_PROFILE', 'corp']] });
  chmodSync(box.state, 0o770);
  const { out, err } = box.fish(
    `prompt; cd ${dir}; prompt; ${show}; chmod 700 ${box.state}; cd ~; cd ${dir}; prompt; ${show}`,
  );
  expect(out).toEqual(['|', 'corp|']);
  expect(err).toEqual([
    `bedrockenv: ${box.state} is writable by others; nothing is applied; run: chmod 700 ${box.state}`,
  ]);
});

test('a plan that is not whole, or names anything that is not in the closed list, is as good as none', () => {
  const dir = box.project('a', 'model: opus\n');
  const whole = box
    .plan({
      root: dir,
      text: 'model: opus\n',
      env: [['AWS_REGION', '']],
      notes: ['n'],
      vars: [
        ['set', 'AWS_PROFILE', 'corp'],
        ['set', 'AWS_REGION', 'r'],
      ],
    })
    .toString()
    .split('\0');
  const changed = (edit: (fields: string[]) => string[]) => edit([...whole]).join('\0');
  const at = (field: string, value: string) => changed((fields) => fields.map((f) => (f === field ? value : f)));
  const hostile = [
    at('AWS_PROFILE', 'PATH'),
    at('AWS_PROFILE', 'AWS_PROFILE[(touch pwned)]'),
    at('AWS_PROFILE', 'AWS_PROFILE\n'),
    at('AWS_PROFILE', ''),
    at('AWS_REGION', 'HOME'),
    at('end', 'END'),
    at('bedrockenv-plan/1', 'bedrockenv-plan/2'),
    at(dir, '/'),
    at('n', ''),
    ...[12, 13, 14, 15].flatMap((i) =>
      ['', '0', '7', '99', '-1', '1; touch pwned', 'x[1]', '(touch pwned)'].map((n) => changed((f) => f.with(i, n))),
    ),
    ...whole.slice(1).map((_, i) => changed((f) => f.toSpliced(i, 1))),
    ...whole.map((_, i) => changed((f) => f.toSpliced(i, 0, '!'))),
    at(join(dir, '.bedrockrc'), ')'),
    at(join(dir, '.bedrockrc'), '-n'),
    '',
    '\0',
    '\0'.repeat(40),
    '\0'.repeat(1_000_000),
    at('corp', 'x'.repeat(1_000_000)),
    at('set', 'SET'),
  ].filter((text) => text !== whole.join('\0'));
  hostile.forEach((text, i) => {
    box.write(`plans/${i}`, text);
  });
  box.write('plans/whole', whole.join('\0'));
  const { out, err } = box.fish(
    `prompt; mkdir -p ${box.state}/plans${dir}; for f in (seq 0 ${hostile.length - 1}) whole; cp ~/plans/$f '${box.slot(dir)}'
    cd ${dir}; set -q AWS_PROFILE; and echo $f; cd ~; set -e _bedrockenv_plan; end
    test "$PATH[1]" = ~/bin; and test "$HOME" = ${box.home}; and echo intact; test -e pwned -o -e ${dir}/pwned; or echo none`,
  );
  const kept = out.slice(0, -2).filter((f) => f !== 'whole');
  // A changed note or a field in the free text of the head is still a whole plan: only what is set matters.
  for (const f of kept) expect(hostile[Number(f)]?.split('\0').length, hostile[Number(f)]).toBe(whole.length);
  expect(out.slice(-3)).toEqual(['whole', 'intact', 'none']);
  expect(err).toEqual([]);
});

test('a record that is not in order is dropped and nothing else is touched', () => {
  const s = '\u001f';
  const records = [
    '',
    '1',
    `2${s}g${s}/r${s}AWS_PROFILE${s}=mine${s}u${s}`,
    `1${s}g${s}/r${s}PATH${s}*${s}u${s}`,
    `1${s}g${s}/r${s}AWS_PROFILE[(touch pwned)]${s}*${s}u${s}`,
    `1${s}g${s}/r${s}AWS_PROFILE${s}mine${s}u${s}`,
    `1${s}g${s}/r${s}AWS_PROFILE${s}*${s}z${s}`,
    `1${s}g${s}/r${s}AWS_PROFILE${s}=mine${s}u`,
    `1${s}g${s}/r${s}AWS_PROFILE${s}=mine${s}u${s}${s}AWS_REGION`,
    `1${s}g${s}/r${`${s}AWS_PROFILE${s}=mine${s}u${s}`.repeat(21)}`,
    `1${s}g${s}/r${s}AWS_PROFILE${s}*${s}u${s}${s}HOME${s}*${s}u${s}`,
  ];
  for (const BEDROCKENV_STATE of records) {
    const { out } = box.fish(
      `prompt; echo $AWS_PROFILE; set -q BEDROCKENV_STATE; echo $status; test -e pwned; echo $status; count $PATH`,
      {
        BEDROCKENV_STATE,
        AWS_PROFILE: 'mine',
      },
    );
    expect(out, JSON.stringify(BEDROCKENV_STATE)).toEqual(['mine', '1', '1', '3']);
  }
  const whole = `1${s}g${s}/r${s}AWS_PROFILE${s}=mine${s}x${s}a%1Fb%25`;
  expect(
    box.fish("prompt; string replace \\x1f '<1F>' -- $AWS_PROFILE", { BEDROCKENV_STATE: whole, AWS_PROFILE: 'mine' })
      .out,
  ).toEqual(['a<1F>b%']);
});

test('no random record or plan does more than what the closed list allows', () => {
  const seed = Date.now() % 2 ** 31;
  console.log(`seed ${seed}`);
  const dir = box.project('a', 'model: opus\n');
  const field = fc.oneof(
    fc.constantFrom(
      '1',
      '',
      'PATH',
      'HOME',
      'AWS_PROFILE',
      '=x',
      '*',
      'u',
      'x',
      'l',
      'set',
      'unset',
      'end',
      'bedrockenv-plan/1',
      dir,
      'model: opus\n',
      '0',
      '2',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll('\0', '')),
  );
  fc.assert(
    fc.property(fc.array(field, { maxLength: 40 }), (fields) => {
      writeFileSync(join(box.home, 'plan'), `${fields.join('\0')}\0`);
      const { out } = box.fish(
        `set -l path "$PATH"; prompt; mkdir -p (dirname '${box.slot(dir)}'); cp ~/plan '${box.slot(dir)}'; cd ${dir}; prompt; cd ~; prompt; test "$path" = "$PATH" -a "$HOME" = ${box.home}; echo $status`,
        { BEDROCKENV_STATE: fields.join('\u001f') },
      );
      expect(out).toEqual(['0']);
    }),
    { seed, numRuns: 40 },
  );
});
