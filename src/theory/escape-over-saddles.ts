import { compileScalar } from "../expression/compile.ts";
import { mul } from "../expression/expression.ts";
import { angleBetween } from "../numerics/parallel.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { Curvature } from "../physics/wells/curvature.ts";
import { curvatureOf, determinant } from "../physics/wells/curvature.ts";
import { beside, tangents } from "../physics/wells/directions.ts";
import type { Point } from "../physics/wells/landscape.ts";
import { landscapes } from "../physics/wells/landscape.ts";
import { saddlesOf } from "../physics/wells/saddles.ts";
import { arcsFrom } from "./separatrix.ts";

/**
 * Two wells of U = Ψ/D and the saddles between them: the data of Kramers' problem, from Ψ, Ω and D alone. Rates are
 * sums over both directions, in the dynamics' unit.
 */
export interface EscapeOverSaddles {
  /** Σ (λ₊/2π) √(det well/|det saddle|) e^{−barrier}, λ₊ the growth rate of the damped motion at the saddle. */
  readonly langer: number;
  /** The same without damping: Σ (ω/2π) e^{−barrier}, ω the angular frequency of precession in the well. */
  readonly attempts: number;
  /** Energy lost between two approaches to saddles, in each well, kT. */
  readonly losses: readonly [number, number];
  /** Lowest barrier, kT. */
  readonly barrier: number;
  /** Curvature across the lowest saddle, kT; it is small if the saddle is nearly a ring. */
  readonly across: number;
  /** Whether all other saddles lie far enough above the lowest ones for the separatrix to have one shape. */
  readonly isClear: boolean;
}

/** Saddles that differ by less count as equally high (kT); saddles higher by the second number are ignored. */
const level = 1e-5;
const higher = 4;
/**
 * Descents whose ends are this close (rad) end in one well; the second number is the distance from a saddle at which
 * they start.
 */
const sameBottom = 1e-3;
const aside = 1e-2;

/** Undefined unless there are two wells, an isolated saddle between them, and precession. */
export function escapeOverSaddles(dynamics: Dynamics): EscapeOverSaddles | undefined {
  const { psi, omega } = dynamics;
  const diffusion = compileScalar(dynamics.diffusion, [])();
  const potential = mul(1 / diffusion, psi);
  const landscape = landscapes(potential)();
  const { energy } = landscape;
  const wells: Point[] = [];
  const wellBelow = (m: Point): number => {
    const end = landscape.descend(m);
    const known = wells.findIndex((bottom) => angleBetween(bottom, end) < sameBottom);
    return known >= 0 ? known : wells.push(end) - 1;
  };
  const [curvature, relaxing, turning] = [potential, psi, omega].map(curvatureOf);
  const between = saddlesOf(potential)
    .filter((saddle) => new Set(sidesOf(saddle, curvature(saddle)).map(wellBelow)).size === 2)
    .sort((a, b) => energy(a) - energy(b));
  if (wells.length !== 2) return undefined;
  if (between.length === 0) return undefined;
  const lowest = energy(between[0]);
  const equal = between.filter((saddle) => energy(saddle) - lowest <= level);
  const arcs = arcsFrom(between[0], curvature(between[0]), equal, dynamics, diffusion);
  const losses = wells.map((_, i) => arcs?.find(({ below }) => wellBelow(below) === i)?.loss);
  if (losses[0] === undefined || losses[1] === undefined) return undefined;
  const over = (rate: (well: Point, saddle: Point) => number): number =>
    wells.reduce(
      (sum, bottom) =>
        between.reduce(
          (all, saddle) => all + rate(bottom, saddle) * Math.exp(energy(bottom) - energy(saddle)),
          sum,
        ),
      0,
    );
  const shape = (well: Point, saddle: Point): number =>
    Math.sqrt(determinant(curvature(well)) / -determinant(curvature(saddle)));
  return {
    langer: over(
      (well, saddle) => (growth(relaxing(saddle), turning(saddle)) / (2 * Math.PI)) * shape(well, saddle),
    ),
    attempts: over((well) => Math.sqrt(determinant(turning(well))) / (2 * Math.PI)),
    losses: [losses[0], losses[1]],
    barrier: Math.min(...wells.map((bottom) => lowest - energy(bottom))),
    across: largest(curvature(between[0])),
    isClear: between.every((saddle) => energy(saddle) - lowest <= level || energy(saddle) - lowest > higher),
  };
}

/** Two points beside a saddle, one on each side, along the direction in which U falls. */
function sidesOf(saddle: Point, [pp, pq, qq]: Curvature): [Point, Point] {
  const turn = Math.atan2(2 * pq, pp - qq) / 2 + Math.PI / 2;
  const frame = tangents(saddle);
  const side = (way: number): Point =>
    beside(saddle, frame, way * Math.cos(turn) * aside, way * Math.sin(turn) * aside);
  return [side(1), side(-1)];
}

/** The positive eigenvalue of u' = −(Hess Ψ) u + m×(Hess Ω) u. */
function growth([pp, pq, qq]: Curvature, [ap, aq, bq]: Curvature): number {
  const matrix = [-pp - aq, -pq - bq, -pq + ap, -qq + aq];
  const half = (matrix[0] + matrix[3]) / 2;
  return half + Math.sqrt(half * half - (matrix[0] * matrix[3] - matrix[1] * matrix[2]));
}

const largest = ([pp, pq, qq]: Curvature): number => (pp + qq) / 2 + Math.hypot((pp - qq) / 2, pq);
