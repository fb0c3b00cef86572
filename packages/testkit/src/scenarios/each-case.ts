/**
 * Plays every case and tells of all that failed, by name, so that one broken case does not hide the others. A shell
 * that does not come back ends it.
 */
export async function eachCase<T extends readonly [name: string, ...unknown[]]>(
  cases: readonly T[],
  play: (one: T) => Promise<void>,
): Promise<void> {
  const failures: string[] = [];
  for (const one of cases) {
    try {
      await play(one);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      failures.push(`${one[0]}: ${message}`);
      if (/^waited \d+ ms|ended \(status/.test(message)) break;
    }
  }
  if (failures.length > 0) throw new Error(failures.join('\n'));
}
