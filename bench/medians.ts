/** What many measurements of one thing come to: the median and the two quartiles, in the unit of the samples. */
export interface Spread {
  median: number;
  p25: number;
  p75: number;
  samples: number;
}

/** The value below which the share `part` (0 to 1) of ascending `sorted` lies, between neighbours in proportion. */
function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const low = sorted[Math.floor(at)] as number;
  const high = sorted[Math.ceil(at)] as number;
  return low + (high - low) * (at - Math.floor(at));
}

/** Summarises samples; throws on none, because a figure without a measurement behind it would pass any limit. */
export function spread(samples: readonly number[]): Spread {
  if (samples.length === 0) throw new Error('nothing was measured');
  const sorted = samples.toSorted((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    p25: quantile(sorted, 0.25),
    p75: quantile(sorted, 0.75),
    samples: sorted.length,
  };
}
