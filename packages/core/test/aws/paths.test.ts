// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are shell variables
import { describe, expect, it } from 'vitest';
import { awsFilePaths } from '../../src/aws/index.ts';

// Expected values from os.path.expanduser(os.path.expandvars(...)) of Python 3.11.
describe('awsFilePaths', () => {
  it('defaults to ~/.aws', () => {
    expect(awsFilePaths({}, '/home/u')).toEqual({
      config: '/home/u/.aws/config',
      credentials: '/home/u/.aws/credentials',
    });
  });

  it.each([
    ['', null],
    ['/x/config', '/x/config'],
    ['rel/config', 'rel/config'],
    ['~', '/home/u'],
    ['~/c', '/home/u/c'],
    ['~other/c', '~other/c'],
    ['/x/~/c', '/x/~/c'],
    ['$DIR/c', '/d/c'],
    ['${DIR}x/c', '/dx/c'],
    ['$DIRx/c', '$DIRx/c'],
    ['${NONE}/$NONE', '${NONE}/$NONE'],
    ['$TILDE/c', '/home/u/c'],
    ['$NESTED', '$DIR'],
    ['$', '$'],
    ['${', '${'],
    ['${}', '${}'],
    ['$$DIR', '$/d'],
    ['a$EMPTY', 'a'],
    ['$toString', '$toString'],
  ])('%s', (set, expected) => {
    const env = {
      DIR: '/d',
      TILDE: '~',
      NESTED: '$DIR',
      EMPTY: '',
      AWS_CONFIG_FILE: set,
      AWS_SHARED_CREDENTIALS_FILE: set,
    };
    expect(awsFilePaths(env, '/home/u/')).toEqual({ config: expected, credentials: expected });
  });
});
