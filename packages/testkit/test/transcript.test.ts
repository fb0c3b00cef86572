import { expect, it, vi } from 'vitest';
import { Transcript } from '../src/pty/transcript.ts';

it('tells what a closed terminal showed to whoever still waits, without complaints of the library', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const transcript = new Transcript(80, 24, () => {});
  transcript.add(Buffer.from('hello\r\n'));
  transcript.end('zsh ended (status 0)');
  transcript.dispose();
  await expect(transcript.until(() => null, 10, 'a prompt')).rejects.toThrow(
    'zsh ended (status 0) before a prompt\n--- screen\nhello\n',
  );
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});
