/** Date and time of a token file, in its three spellings: `…Z`, with milliseconds, and `…UTC` of older AWS CLIs. */
const timestamp = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d{1,9})?)(?:Z|UTC|\+00:00)$/;

/** Milliseconds since 1970, or null where there is no such time. `Date` itself does not read `…UTC`. */
export function parseTime(value: unknown): number | null {
  const found = typeof value === 'string' ? timestamp.exec(value.trim()) : null;
  if (!found) return null;
  const time = Date.parse(`${found[1]}T${found[2]}Z`);
  return Number.isNaN(time) ? null : time;
}

/** Time left in hours and minutes, rounded down: `7h 12m`, `42m`, `0m`. */
export function timeLeft(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours}h ${minutes % 60}m` : `${minutes}m`;
}
