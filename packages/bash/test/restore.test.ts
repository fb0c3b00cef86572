import { afterEach, beforeEach, expect, it } from 'vitest';
import { Sandbox } from './sandbox.ts';

let box: Sandbox;
beforeEach(() => {
  box = new Sandbox();
});
afterEach(() => box.remove());

const names = ['AWS_PROFILE', 'AWS_REGION', 'ANTHROPIC_MODEL', 'BEDROCKENV_DIR'];
const show = `declare -p ${names.join(' ')} BEDROCKENV_STATE 2>/dev/null | grep -v STATE; echo "state:\${BEDROCKENV_STATE:+yes}"`;

it('exports on entering, restores every kind on leaving: unset, empty, exported, shell-local', () => {
  box.project('p', {
    variables: [
      ['set', 'AWS_PROFILE', 'corp'],
      ['set', 'AWS_REGION', 'eu-central-1'],
      ['unset', 'ANTHROPIC_MODEL', ''],
      ['set', 'BEDROCKENV_DIR', ''],
    ],
  });
  const { out } = box.run([
    'AWS_REGION=mine',
    'export ANTHROPIC_MODEL=',
    'BEDROCKENV_DIR=',
    'cd p',
    show,
    'cd ..',
    show,
  ]);
  expect(out).toEqual([
    'declare -x AWS_PROFILE="corp"',
    'declare -x AWS_REGION="eu-central-1"',
    'declare -x BEDROCKENV_DIR=""',
    'state:yes',
    'declare -- AWS_REGION="mine"',
    'declare -x ANTHROPIC_MODEL=""',
    'declare -- BEDROCKENV_DIR=""',
    'state:',
  ]);
});

it('enters again and again, with and without something set before', () => {
  const variables: [string, string, string][] = [
    ['set', 'AWS_PROFILE', 'corp'],
    ['set', 'ANTHROPIC_MODEL', 'm'],
  ];
  box.project('p', { label: 'p', variables });
  box.project('q', { label: 'q', variables: [['set', 'AWS_PROFILE', 'other']] });
  const line = 'echo "$AWS_PROFILE $ANTHROPIC_MODEL"';
  const { out, errors } = box.run([
    ...['cd p', line, 'cd ..', line, 'cd p', line, 'cd ../q', line, 'cd ../p', line, 'cd ..'],
    ...['export ANTHROPIC_MODEL=mine', 'cd p', line, 'cd ..', line],
  ]);
  expect(out).toEqual(['corp m', ' ', 'corp m', 'other ', 'corp m', 'corp m', ' mine']);
  expect(errors).toEqual(['p', 'p', 'q', 'p', 'p'].map((label) => `bedrockenv: ${label}`));
});

it('leaves alone what was changed by hand, on leaving and when only the inputs changed', () => {
  const variables: [string, string, string][] = [
    ['set', 'AWS_PROFILE', 'corp'],
    ['set', 'AWS_REGION', 'one'],
  ];
  const config = box.write(`${box.home}/.aws/config`, '');
  const dir = box.project('p', { variables, inputs: [config] });
  const next = box.project('next', {
    variables: [variables[0] as never, ['set', 'AWS_REGION', 'two']],
    inputs: [config],
  });
  box.cli(`sed 's,/next,/p,' '${box.state}/plans${next}/.bedrockrc' >'${box.state}/plans${dir}/.bedrockrc'
    rm -f '${box.state}/approvals${next}/.bedrockrc'
    for i in '${box.state}'/stamps/*; do touch -r '${config}' "$i/1"; touch -r '${dir}/.bedrockrc' "$i/0"; done`);
  const { out } = box.run([
    ...['cd p', 'AWS_PROFILE=hand', `touch -d '2001-01-01' '${config}'`],
    ...['echo "$AWS_PROFILE $AWS_REGION"', 'cd ..', 'echo "${AWS_PROFILE-unset} ${AWS_REGION-unset}"'],
  ]);
  expect(box.calls()).toEqual([`compile --dir ${dir}`]);
  expect(out).toEqual(['hand two', 'hand unset']);
});

it('keeps values in any bytes, percent signs and U+001F through a nested shell', () => {
  const values = ['100%', '%25%1F', 'a\x1fb', 'ü\n"$(id)"`id`\\', "'", ' sp ace ', '*'];
  box.project('p', { variables: values.slice(0, 4).map((value, i) => ['set', names[i] as string, value]) });
  const { out } = box.run(
    [
      ...['cd p', `bash --noprofile --noediting --rcfile '${box.root}/rc' -i <<'EOF'`, 'cd ..'],
      ...['for n in AWS_PROFILE AWS_REGION ANTHROPIC_MODEL BEDROCKENV_DIR; do printf "%s|" "${!n}"; done; echo', 'EOF'],
      'for n in AWS_PROFILE AWS_REGION ANTHROPIC_MODEL BEDROCKENV_DIR; do printf "%s|" "${!n}"; done; echo',
    ],
    {
      env: { AWS_PROFILE: values[4] as string, AWS_REGION: values[1] as string, ANTHROPIC_MODEL: values[2] as string },
    },
  );
  expect(out.join('\n')).toBe(`'|${values[1]}|${values[2]}||\n${values.slice(0, 4).join('|')}|`);
});

it('keeps invalid UTF-8 in values and in the directory file', () => {
  const dir = box.project('p', { variables: [['set', 'AWS_PROFILE', 'x']] });
  for (const file of [`${dir}/.bedrockrc`, `${box.state}/approvals${dir}/.bedrockrc`]) {
    box.write(file, Buffer.from('é\xff\xe3\n', 'latin1'));
  }
  const plan = box.plan(dir, { text: 'TEXT', variables: [['set', 'AWS_PROFILE', 'VALUE']] });
  box.replace(plan, 'TEXT', Buffer.from('é\xff\xe3\n', 'latin1'));
  box.replace(plan, 'VALUE', Buffer.from('\xe3\xff%a', 'latin1'));
  const { out } = box.run(['cd p', 'printf %s "$AWS_PROFILE" | od -An -tx1', 'cd ..', 'echo "${AWS_PROFILE-unset}"']);
  expect(out).toEqual([' e3 ff 25 61', 'unset']);
});

it('spares what is readonly, an array or an integer', () => {
  box.project('p', {
    variables: [
      ['set', 'AWS_PROFILE', 'x'],
      ['set', 'AWS_REGION', 'x'],
      ['set', 'MAX_THINKING_TOKENS', 'a[$(touch pwned)]'],
      ['set', 'ANTHROPIC_MODEL', 'm'],
    ],
  });
  const { out, errors } = box.run([
    ...['readonly AWS_PROFILE=r', 'AWS_REGION=(1 2)', 'declare -i MAX_THINKING_TOKENS=3', 'cd p'],
    ...[
      'echo "$AWS_PROFILE ${AWS_REGION[*]} $MAX_THINKING_TOKENS $ANTHROPIC_MODEL"',
      'cd ..',
      'echo "${ANTHROPIC_MODEL-unset}"',
      'ls',
    ],
  ]);
  expect(out).toEqual(['r 1 2 3 m', 'unset', 'p']);
  expect(errors).toEqual([]);
});

it('copies secrets without recording them', () => {
  const key = box.write(`${box.home}/key`, 'from-file\r\nrest\n');
  box.project('f', { variables: [['file', 'AWS_BEARER_TOKEN_BEDROCK', key]] });
  box.project('e', { variables: [['env', 'AWS_BEARER_TOKEN_BEDROCK', 'MY_KEY']] });
  const dir = box.project('c', { variables: [['command', 'AWS_BEARER_TOKEN_BEDROCK', '']] });
  box.cli('echo from-command');
  const line = 'echo "${AWS_BEARER_TOKEN_BEDROCK-unset} ${BEDROCKENV_STATE##*TOKEN}"';
  const { out } = box.run(['MY_KEY=from-env', 'cd f', line, 'cd ../e', line, 'cd ../c', line, 'cd ..', line]);
  expect(out.map((text) => text.replaceAll('\x1f', '|'))).toEqual([
    'from-file _BEDROCK|*|u|',
    'from-env _BEDROCK|*|u|',
    'from-command _BEDROCK|*|u|',
    'unset ',
  ]);
  expect(box.calls()).toEqual([`api-key --dir ${dir}`]);
});
