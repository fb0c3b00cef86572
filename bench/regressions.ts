import { type Figure, holds, margin } from './figure.ts';

/** How many times worse a ratio may be than in the earlier run, which another machine ran. */
const slack = 2;

/** What misses its limit and is also worse than in an earlier run: a ratio by more than the slack, a count by anything. */
export function regressions(figures: readonly Figure[], earlier: readonly Figure[]): Figure[] {
  const before = new Map(earlier.map((figure) => [keyOf(figure), figure]));
  return figures.filter((figure) => {
    const [now, then] = [room(figure, figure), room(before.get(keyOf(figure)), figure)];
    if (now === undefined || holds(figure)) return false;
    return figure.unit === 'x' ? now < (then ?? 1) / slack : now < (then ?? 0);
  });
}

/** How far a figure is from the limit of another of its kind. */
function room(figure: Figure | undefined, { limit }: Figure): number | undefined {
  if (!figure || !limit) return undefined;
  const found = margin({ ...figure, limit });
  return found && ('factor' in found ? found.factor : found.spare);
}

function keyOf({ subject, name, against, unit }: Figure): string {
  return [subject, name, against, unit].join('\n');
}
