export { chainEnd, mfaProfile, profileToAskAs } from './chain.ts';
export { sessionFindings } from './findings.ts';
export { type ListedSession, listSessions } from './list.ts';
export { namedSession, type TokenSource, tokenSource } from './source.ts';
export { type SessionKind, type SessionState, sessionState } from './state.ts';
export { parseTime, timeLeft } from './timestamp.ts';
