/** A switch as Claude Code reads it (2.1.330; its source, `["1","true","yes","on"].includes`). */
export function isOn(value: string | undefined): boolean {
  return /^(1|true|yes|on)$/i.test(value?.trim() ?? '');
}

/**
 * A number as Claude Code reads it: 2.1.330 takes `5e3`, `5_000` and `5,000` for 5000, older versions for 5, and all of
 * them what a text begins with. 0: nothing (measured).
 */
export function whole(value: string | undefined, isOld = false): number {
  const text = value?.trim() ?? '';
  const number = isOld
    ? Number.parseInt(text, 10)
    : Math.floor(Number.parseFloat(text.replace(/(?<=\d)[,_](?=\d)/g, '')));
  return Number.isFinite(number) && number > 0 ? number : 0;
}
