import type { SpreadLaw } from "../physics/spread.ts";
import type { Accuracy, Refusal, SpreadAverage } from "./spread-average.ts";
import { adaptiveAverage } from "./spread-average.ts";
import type { NodeFigures } from "./spread-interpolant.ts";

/** A direction this close to one of the variates needs no rotation (cosine of the angle). */
const aligned = 0.98;

/**
 * Mean over independent variates. The distribution of several normal variates is isotropic. If the nested rules do not converge, the
 * variates are rotated so that the first lies along the direction in which figures change most; a figure that depends only on a sum of
 * variates then costs as much as one variate. (The corners of the rotated square outside the original one hold less than 10⁻⁶; points
 * there are moved to its edge.)
 */
export function averageOver(
  laws: readonly SpreadLaw[],
  figuresAt: (point: readonly number[]) => NodeFigures,
  accuracy: Accuracy,
): SpreadAverage | Refusal {
  const normal = laws.flatMap(({ reach }, d) => (reach > 1 ? [d] : []));
  if (normal.length < 2) return adaptiveAverage(laws, figuresAt, accuracy);
  const rows = new Map<string, NodeFigures>();
  const remembered = (point: readonly number[]): NodeFigures => {
    const key = point.join();
    const known = rows.get(key) ?? figuresAt(point);
    rows.set(key, known);
    return known;
  };
  const first = adaptiveAverage(laws, remembered, { ...accuracy, most: 0 });
  if ("reason" in first) return first;
  const isSettled = first.errorsOfQuadrature.every(
    (e, i) => e <= accuracy.wanted * (accuracy.of === "absolute" ? 1 : Math.abs(first.values[i])),
  );
  if (isSettled || accuracy.isOver?.()) return first;
  const direction = steepest(normal, laws.length, remembered);
  if (!direction || Math.max(...direction.map(Math.abs)) > aligned)
    return adaptiveAverage(laws, remembered, accuracy);
  const turned = (point: readonly number[]): number[] => {
    const out = [...point];
    const moved = reflected(
      direction,
      normal.map((d) => point[d]),
    );
    normal.forEach((d, k) => {
      out[d] = Math.max(-laws[d].reach, Math.min(laws[d].reach, moved[k]));
    });
    return out;
  };
  const found = adaptiveAverage(laws, (point) => remembered(turned(point)), accuracy);
  if ("reason" in found) return { ...found, point: turned(found.point) };
  return {
    ...found,
    points: found.points.map(turned),
    ...(found.refused ? { refused: { ...found.refused, point: turned(found.refused.point) } } : {}),
  };
}

/** The direction of normal variates along which all figures together change most, from the nodes of the three-point rules. */
function steepest(
  normal: readonly number[],
  count: number,
  figuresAt: (point: readonly number[]) => NodeFigures,
): number[] | undefined {
  const slopes = normal.map((d) => {
    const [low, high] = [-1, 1].map(
      (sign) => figuresAt(Array.from({ length: count }, (_, e) => (e === d ? sign * Math.sqrt(3) : 0))).value,
    );
    return low === null || high === null ? null : Array.from(high, (x, i) => x - low[i]);
  });
  if (slopes.some((slope) => slope === null)) return undefined;
  const rows = slopes as number[][];
  const gram = rows.map((a) => rows.map((b) => a.reduce((sum, x, i) => sum + x * b[i], 0)));
  let v = gram.map((row, d) => Math.sqrt(row[d]));
  for (let round = 0; round < 50; round++) {
    const next = gram.map((row) => row.reduce((sum, g, e) => sum + g * v[e], 0));
    const length = Math.hypot(...next);
    if (!(length > 0)) return undefined;
    v = next.map((x) => x / length);
  }
  return v;
}

/** Householder's reflection that takes the first axis to a direction. */
function reflected(direction: readonly number[], point: readonly number[]): number[] {
  const w = direction.map((x, d) => (d === 0 ? 1 : 0) - x);
  const square = w.reduce((sum, x) => sum + x * x, 0);
  const along = w.reduce((sum, x, d) => sum + x * point[d], 0);
  return point.map((x, d) => x - (2 * along * w[d]) / square);
}
