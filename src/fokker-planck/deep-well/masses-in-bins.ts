/** Number of lines through the plane, and of pieces of each. */
const lines = 96;
const pieces = 128;
/** Halvings that find the edge of a bin on a piece. */
const halvings = 30;
/** Gauss's rule with three nodes on [0, 1]. */
const nodes = [0.5 - Math.sqrt(0.15), 0.5, 0.5 + Math.sqrt(0.15)];
const weights = [5 / 18, 8 / 18, 5 / 18];

/** A density per area of u and v; zero beyond `reach`. */
export interface PlaneDensity {
  readonly reach: number;
  height(u: number, v: number): number;
}

/** A line of the plane: its course, its parameter, and the weight of a part of it. */
interface Line {
  readonly from: number;
  readonly to: number;
  at(s: number): readonly [number, number];
  weight(s: number): number;
}

/**
 * Integrals over bins; a function of the plane gives the bin of a point. Halving finds the edges of bins along each line, so only the sum
 * over lines has an error. Rays from the centre suit bins around it, parallel lines suit bins side by side. The set whose sum over half
 * of the lines differs least from the sum over all is used; this difference is the error.
 */
export function massesInBins(
  density: PlaneDensity,
  bin: (u: number, v: number) => number,
  count: number,
): { masses: Float64Array; errorEstimate: number } {
  const found = [rays, along(0), along(Math.PI / 2)].map((family) => {
    const each = family(density.reach).map((line) => onLine(density, line, bin, count));
    const sum = (stride: number): Float64Array => {
      const total = new Float64Array(count);
      each.forEach((row, i) => {
        if (i % stride === 0) row.forEach((mass, b) => (total[b] += stride * mass));
      });
      return total;
    };
    const [masses, half] = [sum(1), sum(2)];
    const errorEstimate = masses.reduce((most, mass, b) => Math.max(most, Math.abs(mass - half[b])), 1e-9);
    return { masses, errorEstimate };
  });
  return found.reduce((best, next) => (next.errorEstimate < best.errorEstimate ? next : best));
}

const rays = (reach: number): Line[] =>
  Array.from({ length: lines }, (_, i): Line => {
    const turn = (2 * Math.PI * (i + 0.5)) / lines;
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    return {
      from: 0,
      to: reach,
      at: (r) => [r * c, r * s],
      weight: (r) => (r * 2 * Math.PI) / lines,
    };
  });

const along =
  (turn: number) =>
  (reach: number): Line[] => {
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    const width = (2 * reach) / lines;
    return Array.from({ length: lines }, (_, i): Line => {
      const offset = -reach + (i + 0.5) * width;
      return {
        from: -reach,
        to: reach,
        at: (r) => [r * c - offset * s, r * s + offset * c],
        weight: () => width,
      };
    });
  };

function onLine(
  { height }: PlaneDensity,
  line: Line,
  bin: (u: number, v: number) => number,
  count: number,
): Float64Array {
  const found = new Float64Array(count);
  const binAt = (s: number): number => bin(...line.at(s));
  const add = (from: number, to: number, index: number): void => {
    if (index < 0) return;
    nodes.forEach((x, k) => {
      const s = from + (to - from) * x;
      found[index] += weights[k] * (to - from) * line.weight(s) * height(...line.at(s));
    });
  };
  const split = (from: number, to: number, first: number, last: number, depth: number): void => {
    if (first === last || depth === 0) {
      add(from, to, first);
      return;
    }
    const middle = (from + to) / 2;
    const between = binAt(middle);
    split(from, middle, first, between, depth - 1);
    split(middle, to, between, last, depth - 1);
  };
  const length = (line.to - line.from) / pieces;
  let before = binAt(line.from);
  for (let k = 0; k < pieces; k++) {
    const [from, to] = [line.from + k * length, line.from + (k + 1) * length];
    const after = binAt(to);
    split(from, to, before, after, halvings);
    before = after;
  }
  return found;
}
