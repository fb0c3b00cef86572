/** One measured figure, and what it must hold. */
export interface Figure {
  /** What it is about: a shell, `cli`. */
  subject: string;
  /** What was measured: an event, a command. */
  name: string;
  /** What it is measured against. */
  against: string;
  value: number;
  /** `x` for a ratio, or what is counted. */
  unit: string;
  /** The value must be at least, or at most (`below`: less than) the limit. Without one it is only reported. */
  limit?: { is: 'at least' | 'at most' | 'below'; value: number };
  /** The ratio with the samples' quartiles, where there is a spread. */
  between?: [number, number];
}

/** A part of the report. */
export interface Section {
  title: string;
  /** What a reader has to know about how it was measured. */
  notes: string[];
  figures: Figure[];
  /** What could not be measured here, and why. */
  skipped: string[];
}

/** Whether a figure holds; without a limit it does. */
export function holds({ value, limit }: Figure): boolean {
  if (!limit) return true;
  if (limit.is === 'at least') return value >= limit.value;
  return limit.is === 'below' ? value < limit.value : value <= limit.value;
}

/** How far a figure is from its limit, as a factor: above 1 it holds with room to spare. Undefined where none can be. */
export function margin({ value, limit }: Figure): number | undefined {
  if (!limit || limit.value === 0 || value === 0) return undefined;
  return limit.is === 'at least' ? value / limit.value : limit.value / value;
}
