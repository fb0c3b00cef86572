import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findHook, ourLine, withLine, withoutLine } from '../../src/setup/rc-line.ts';

const line = ourLine('[[ ! -r ~/x/bedrockenv.zsh ]] || source ~/x/bedrockenv.zsh');

/** Texts as rc files are, and worse: every kind of line end, open lines, no end, any byte. */
const texts = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom('', 'export A=1', 'alias x=\\', 'if true; then', 'cat <<EOF', '# bedrockenv', '\\\\', 'é\\'),
        fc.string({ unit: 'binary', maxLength: 12 }),
      ),
      fc.constantFrom('\n', '\r\n', '\n\n', '\r', ''),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Buffer.from(parts.flat().join(''), 'utf8').toString('latin1'))
  .filter((text) => !text.includes('# bedrockenv setup'));

describe('a line in an rc file', () => {
  it('is the last one, alone on its line, and out again to the byte', () => {
    fc.assert(
      fc.property(texts, (before) => {
        const first = withLine(before, line, { staysLast: /never/ });
        expect(first.text.startsWith(before)).toBe(true);
        expect(first.text.split(/\r?\n/).at(-2)).toBe(line);
        const again = withLine(first.text, line);
        expect(again).toEqual({ text: first.text, inserted: null });
        expect(withoutLine(first.text, first.inserted as NonNullable<typeof first.inserted>)).toBe(before);
      }),
      { numRuns: 5000 },
    );
  });

  it('never goes on with what a backslash left open', () => {
    fc.assert(
      fc.property(texts, (before) => {
        const { text } = withLine(before, line);
        const above = text.slice(0, text.indexOf(line));
        expect(above).not.toMatch(/(^|[^\\])(\\\\)*\\\n$/);
      }),
    );
  });

  it('goes in front of a line that has to stay the last, and out again to the byte', () => {
    const setup = { staysLast: /\bble-attach\b/ };
    const last = '[[ ! ${BLE_VERSION-} ]] || ble-attach';
    for (const [before, behind] of [
      ['', '\n'],
      ['export A=1\n', ''],
      ['source ble.sh --noattach # ble-attach is below\n\n', '\n# the end\n'],
    ]) {
      const text = `${before}${last}${behind}`;
      const { text: after, inserted } = withLine(text, line, setup);
      expect(after).toBe(`${before}${line}\n${last}${behind}`);
      expect(withLine(after, line, setup)).toEqual({ text: after, inserted: null });
      expect(withoutLine(after, inserted as NonNullable<typeof inserted>)).toBe(text);
    }
    expect(withLine(`A=1\r\n${last}\r\n`, line, setup).text).toBe(`A=1\r\n${line}\r\n${last}\r\n`);
    for (const text of [
      '# ble-attach\n',
      'if x; then\n  ble-attach\nfi\n',
      'echo \\\nble-attach\n',
      'x\rble-attach\n',
    ]) {
      expect(withLine(text, line, setup).text).toBe(`${text}${line}\n`);
    }
  });

  it('takes the place of a line of an older version, and all else stays', () => {
    fc.assert(
      fc.property(texts, texts, (above, below) => {
        const old = withLine(above, ourLine('source ~/old'));
        const now = withLine(old.text + below, line);
        expect(now.text).toBe(old.text.replace(ourLine('source ~/old'), () => line) + below);
        const lead = old.inserted?.lead ?? '';
        const left = withoutLine(now.text, { ...(now.inserted as NonNullable<typeof now.inserted>), lead });
        expect(left).toBe(below === '' ? above : above + lead + below);
      }),
    );
  });

  it('leaves what was written behind it by hand', () => {
    const { text, inserted } = withLine('a', line);
    expect(withoutLine(`${text}b\n`, inserted as NonNullable<typeof inserted>)).toBe('a\nb\n');
    expect(withoutLine('a\nb\n', inserted as NonNullable<typeof inserted>)).toBeNull();
  });

  it('ends as the lines of the file do', () => {
    expect(withLine('a\r\nb\r\n', line).text).toBe(`a\r\nb\r\n${line}\r\n`);
    expect(withLine('a\r\nb', line).text).toBe(`a\r\nb\r\n${line}\r\n`);
    expect(withLine('a\nb', line).text).toBe(`a\nb\n${line}\n`);
    expect(withLine('', line).text).toBe(`${line}\n`);
  });
});

describe('findHook', () => {
  const setup = { byHand: /bedrockenv(\.js)?['"]?\s+hook\s+zsh/ };

  it('knows its own line, one by hand, and no comment', () => {
    expect(findHook(`a\n${line}\n`, setup)).toEqual({ kind: 'ours', number: 2, line });
    const byHand = 'eval "$(bedrockenv hook zsh)"';
    expect(findHook(`a\n${byHand}\n`, setup)).toEqual({ kind: 'by-hand', number: 2, line: byHand });
    expect(findHook(`# ${byHand}\necho x # ${byHand}\n`, setup)).toEqual({ kind: 'none' });
  });
});
