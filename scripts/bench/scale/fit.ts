/** A figure at a size. */
export interface Point {
  n: number;
  value: number;
}

/** How a figure grows: value = factor * n ^ exponent. */
export interface Growth {
  factor: number;
  exponent: number;
}

/** The power law that is nearest to the points, by least squares over the logarithms. At least two different sizes. */
export function fitGrowth(points: readonly Point[]): Growth {
  const logs = points.map(({ n, value }) => ({ x: Math.log(n), y: Math.log(value) }));
  const mean = (pick: (log: { x: number; y: number }) => number) => logs.reduce((sum, log) => sum + pick(log), 0) / logs.length;
  const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)];
  const exponent = mean(({ x, y }) => (x - mx) * (y - my)) / mean(({ x }) => (x - mx) ** 2);
  return { exponent, factor: Math.exp(my - exponent * mx) };
}

/** The figure at a size that nobody measured. */
export function valueAt({ factor, exponent }: Growth, n: number): number {
  return factor * n ** exponent;
}

/** The size at which it reaches a limit. */
export function sizeAt({ factor, exponent }: Growth, limit: number): number {
  return (limit / factor) ** (1 / exponent);
}
