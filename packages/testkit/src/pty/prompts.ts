import { drivers } from '../drivers/index.ts';
import { promptMarker } from '../drivers/prompt-marker.ts';

/** A prompt in a transcript, and the stretch before it that a command wrote. */
export interface Prompt {
  outputFrom: number;
  outputTo: number;
  status: number;
}

// All three shells switch bracketed paste on (h) while they edit a line and off (l) when it runs.
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for.
const toggles = /\x1b\[\?2004([lh])/g;
/** Where a command's output begins, as fish 4 says it. Its last versions draw the typed line again after the switch. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const begins = /\x1b\]133;C[^\x07\x1b]*(?:\x07|\x1b\\)/;
/** A fish whose prompt hook was ended by Ctrl-C reads the next line without switching. */
const withoutSwitch = new Set(drivers.filter((driver) => driver.readsWithoutSwitch).map(({ name }) => name));

const markers = new RegExp(`\\x1b\\]${promptMarker}(\\w+);(\\d+)\\x07`, 'g');

/**
 * The first prompt after position `sent` at which the shell reads the next line, or null while there is none.
 * bash and fish switch editing on before they draw the prompt, zsh after it; what a shell draws between the input and
 * the first switch is the old prompt again.
 */
export function promptAfter(text: string, sent: number): Prompt | null {
  const from = Math.max(0, text.lastIndexOf('\x1b[?2004', sent));
  const switches = [...text.slice(from).matchAll(toggles)].map((match) => {
    const at = from + match.index;
    return { at, end: at + match[0].length, on: match[1] === 'h' };
  });
  markers.lastIndex = sent;
  for (let marker = markers.exec(text); marker; marker = markers.exec(text)) {
    const { index } = marker;
    const before = switches.findLast(({ at }) => at < index);
    const after = switches.find(({ at }) => at > index);
    const editing = before?.on ? before.at >= sent : (after?.on ?? withoutSwitch.has(marker[1] ?? ''));
    if (!editing) continue;
    const accepted = switches.find(({ at, on }) => !on && at >= sent && at < index);
    const outputFrom = accepted?.end ?? sent;
    const begun = begins.exec(text.slice(outputFrom, index));
    const drawn = begun ? begun.index + begun[0].length : 0;
    return { outputFrom: outputFrom + drawn, outputTo: index, status: Number(marker[2]) };
  }
  return null;
}
