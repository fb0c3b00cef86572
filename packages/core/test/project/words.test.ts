import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BedrockenvError, keyNames, readWords, wordKeys } from '../../src/index.ts';

const values = (words: string[]) =>
  Object.fromEntries(Object.entries(readWords(words)).map(([key, { value }]) => [key, value]));

function failure(words: string[]): BedrockenvError {
  try {
    readWords(words);
  } catch (error) {
    if (error instanceof BedrockenvError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(words)} were taken`);
}

describe('the words of use bedrock', () => {
  it('are every key of a directory file that has one plain value', () => {
    expect(wordKeys).toEqual(keyNames('directory').filter((key) => key !== 'models' && key !== 'root'));
  });

  it('have the values that a directory file would have', () => {
    const words = ['use=work', 'profile=corp-dev', 'region=eu-central-1', 'routing=global', 'model=sonnet'];
    words.push('max_output_tokens=4096', 'max_thinking_tokens=0', 'prompt_caching=1h', 'effort=high');
    expect(values(words)).toEqual({
      use: 'work',
      profile: 'corp-dev',
      region: 'eu-central-1',
      routing: 'global',
      model: 'sonnet',
      max_output_tokens: 4096,
      max_thinking_tokens: 0,
      prompt_caching: '1h',
      effort: 'high',
    });
    expect(values(['prompt_caching=false'])).toEqual({ prompt_caching: false });
  });

  it('are data: what looks like code, quotes or a mapping is a value like any other', () => {
    for (const value of [
      '$(id)',
      '`id`',
      'a[$(id)]',
      '"',
      "it's",
      '{account: 1, role: x}',
      'a=b',
      '開発',
      '&x',
      '!!js',
    ]) {
      expect(values([`profile=${value}`])).toEqual({ profile: value });
    }
  });

  it.each<[word: string, message: RegExp, fix: RegExp]>([
    ['regoin=eu-central-1', /'regoin=eu-central-1'.*no such key/, /^did you mean region=…\?$/],
    ['--profile=corp-dev', /--profile=corp-dev/, /^did you mean profile=…\?$/],
    ['effort=hihg', /expected one of low, .*found "hihg"/, /^did you mean high\?$/],
    ['region=mars', /expected an AWS region/, /^$/],
    ['model=', /expected a model/, /^$/],
    ['profile', /'profile': it is not KEY=VALUE/, /^did you mean profile=…\?$/],
    ['--help', /'--help': it is not KEY=VALUE/, /for example/],
    ['', /'': it is not KEY=VALUE/, /for example/],
    ['=x', /it is not KEY=VALUE/, /for example/],
    ['root=true', /root may not stand here/, /\.bedrockrc/],
    ['models=opus', /models may not stand here/, /\.bedrockrc/],
    ['login=off', /login may not stand in a directory file/, /^take it out$/],
    ['base_url=https://evil.example', /base_url may not stand/, /^take it out$/],
    ['AWS_PROFILE=x', /environment variable/, /^write profile=… instead$/],
    ['AWS_BEARER_TOKEN_BEDROCK=x', /environment variable/, /^take it out$/],
    ['PATH=/evil', /no such key/, /^$/],
    ['__proto__=x', /no such key/, /^$/],
    ['a[$(id)]=x', /no such key/, /^$/],
    ['model=a\nb', /control character/, /^$/],
    ['model=\x1b[31m', /control character/, /^$/],
    ['model=\u202e', /control character/, /^$/],
    ['profile=\ufffd', /not valid UTF-8/, /^$/],
  ])('%j is refused with exit code 2, the word and what to do', (word, message, fix) => {
    const error = failure(['routing=geo', word]);
    expect(error.exitCode).toBe(2);
    expect(error.message).toMatch(/^use bedrock: '/);
    expect(error.message).toMatch(message);
    expect(error.fix ?? '').toMatch(fix);
  });

  it('are refused when a key is there twice, and when there are none', () => {
    expect(failure(['model=opus', 'model=opus'])).toMatchObject({ code: 'duplicate-key', exitCode: 2 });
    expect(failure([])).toMatchObject({ code: 'usage', exitCode: 2 });
  });

  const seed = Date.now() % 1_000_000;
  it(`never fail in another way, and never say a control character (seed ${seed})`, () => {
    const word = fc.oneof(
      fc.string(),
      fc.tuple(fc.constantFrom(...wordKeys), fc.string()).map((pair) => pair.join('=')),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 3 }), (words) => {
        try {
          readWords(words);
        } catch (error) {
          expect(error).toBeInstanceOf(BedrockenvError);
          const { message, fix } = error as BedrockenvError;
          expect(`${message}${fix ?? ''}`).not.toMatch(/\p{Cc}/u);
        }
      }),
      { numRuns: 500, seed },
    );
  });
});
