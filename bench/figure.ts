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
  /** What has a column each on a page: what is measured against, or the subjects. Neither: a figure is a row. */
  columns?: 'against' | 'subject';
}

/** Whether a figure holds; without a limit it does. */
export function holds({ value, limit }: Figure): boolean {
  if (!limit) return true;
  if (limit.is === 'at least') return value >= limit.value;
  return limit.is === 'below' ? value < limit.value : value <= limit.value;
}

/** How far a figure is from its limit. */
export type Margin = { factor: number } | { spare: number };

/**
 * A ratio is so many times away: above 1 it holds with room to spare, below it misses. A count or an exponent, which may
 * be 0, differs by so much: below 0 it misses. Undefined without a limit.
 */
export function margin({ value, unit, limit }: Figure): Margin | undefined {
  if (!limit) return undefined;
  const least = limit.is === 'at least';
  if (unit === 'x') return { factor: least ? value / limit.value : limit.value / value };
  return { spare: least ? value - limit.value : limit.value - value };
}
