/** Keys that are not text, as an xterm sends them. */
export const keys = {
  enter: '\r',
  tab: '\t',
  escape: '\x1b',
  'ctrl-c': '\x03',
  'ctrl-d': '\x04',
  'ctrl-z': '\x1a',
  'ctrl-l': '\x0c',
  up: '\x1b[A',
  down: '\x1b[B',
} as const;

export type Key = keyof typeof keys;
