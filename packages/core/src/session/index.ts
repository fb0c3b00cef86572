export { type TokenSource, tokenSource } from './source.ts';
export { type SessionKind, type SessionState, sessionState } from './state.ts';
export { parseTime, timeLeft } from './timestamp.ts';
