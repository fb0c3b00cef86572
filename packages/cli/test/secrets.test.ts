import { describe, expect, it } from 'vitest';
import { secretOf } from '../src/secrets.ts';
import { Sandbox } from './cli.ts';

/** A keyring with one entry, in the place of the native one. */
const stub = `
const Module = require('module');
const load = Module._load;
Module._load = (name, ...rest) => {
  if (name !== '@napi-rs/keyring') return load(name, ...rest);
  if (process.env.KEYRING === 'none') throw Object.assign(new Error('no such module'), { code: 'MODULE_NOT_FOUND' });
  return { Entry: class {
    constructor(service, name) { this.is = service + '/' + name; }
    getPassword() {
      if (process.env.KEYRING === 'locked') throw new Error('locked: THE-KEY');
      return this.is === 'bedrockenv/work' ? 'THE-KEY' : null;
    }
  } };
};`;

function sandbox(name: string, keyring = 'open') {
  const box = new Sandbox();
  box.write('.config/bedrockenv/config.yaml', `default:\n  region: us-east-1\n  api_key: {keyring: ${name}}\n`);
  const dir = box.project('p', 'model: opus\n');
  box.ok(['allow', 'p']);
  const env = { NODE_OPTIONS: `--require=${box.write('stub.cjs', stub)}`, KEYRING: keyring };
  return { box, run: (words: readonly string[]) => box.run(words, { cwd: dir, env }) };
}

describe('an API key in the keyring', () => {
  it('reaches programs and hooks, and no file', () => {
    const { box, run } = sandbox('work');
    expect(run(['api-key', '--dir', box.path('p')])).toEqual({ code: 0, stdout: 'THE-KEY\n', stderr: '' });
    expect(JSON.parse(run(['export']).stdout)).toMatchObject({ AWS_BEARER_TOKEN_BEDROCK: 'THE-KEY' });
    expect(run(['status']).stdout).toContain('AWS_BEARER_TOKEN_BEDROCK from a command or the keyring');
    for (const file of box.stateFiles()) expect(box.text(`.local/state/bedrockenv/${file}`)).not.toContain('THE-KEY');
  });

  it.each([
    ['other', 'open', /^bedrockenv: api_key: the keyring has no entry other; store it: .*bedrockenv.*other\n$/],
    ['work', 'locked', /^bedrockenv: api_key: the keyring cannot be read; unlock it, or use api_key: \{command: /],
    ['work', 'none', /^bedrockenv: api_key: @napi-rs\/keyring is not installed; npm install -g --include=optional /],
  ])('%s, %s: exit code 1 and what to do', (name, keyring, message) => {
    const { run } = sandbox(name, keyring);
    const { code, stdout, stderr } = run(['export']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('THE-KEY');
  });

  it('the native one answers here too, whatever there is', async () => {
    const name = `bedrockenv-test-${process.pid}`;
    await expect(secretOf({ op: 'command', value: '' }, { keyring: name }, {})).rejects.toMatchObject({
      code: 'api-key',
      message: expect.stringMatching(/has no entry|cannot be read/),
    });
  });
});
