/** The slope of a line through the logarithms of size and cost, by least squares. */
export function exponent(costs: readonly (readonly [size: number, cost: number])[]): number {
  const points = costs.map(([size, cost]) => [Math.log(size), Math.log(cost)] as const);
  const mean = (of: (point: readonly [number, number]) => number) =>
    points.reduce((sum, one) => sum + of(one), 0) / points.length;
  const [x, y] = [mean(([size]) => size), mean(([, cost]) => cost)];
  return mean(([size, cost]) => (size - x) * (cost - y)) / mean(([size]) => (size - x) ** 2);
}
