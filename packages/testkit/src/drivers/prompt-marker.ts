/** `\x1b]777;testkit;SHELL;STATUS\x07`: an escape sequence that terminals ignore. It starts every prompt. */
export const promptMarker = '777;testkit;';
