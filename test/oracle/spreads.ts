import type { Estimate, Figures } from "./extrapolate.ts";
import { extrapolatedFigures } from "./extrapolate.ts";
import type { SpreadLaw } from "./values.ts";

interface Node {
  readonly deviate: number;
  readonly weight: number;
  /** Weight in the rule of twice the spacing, which uses every other node. */
  readonly coarse: number;
}

/** Trapezoidal rule over normal deviates, Simpson's over the uniform law. */
export function nodesOf({ distribution }: SpreadLaw): Node[] {
  if (distribution === "uniform") {
    const count = 8;
    const simpson = (k: number, n: number): number =>
      (k === 0 || k === n ? 1 : k % 2 === 1 ? 4 : 2) / (3 * n);
    return Array.from({ length: count + 1 }, (_, k) => ({
      deviate: -1 + (2 * k) / count,
      weight: simpson(k, count),
      coarse: k % 2 === 0 ? simpson(k / 2, count / 2) : 0,
    }));
  }
  const [spacing, side] = [0.75, 7];
  const bell = (u: number): number => Math.exp((-u * u) / 2) / Math.sqrt(2 * Math.PI);
  return Array.from({ length: 2 * side + 1 }, (_, k) => {
    const deviate = (k - side) * spacing;
    return {
      deviate,
      weight: spacing * bell(deviate),
      coarse: (k - side) % 2 === 0 ? 2 * spacing * bell(deviate) : 0,
    };
  });
}

/** Share of the change from the coarse to the fine rule that is taken as the fine rule's error. */
const trusted = 1 / 10;

/** Figures averaged over one spread parameter, on meshes carried to spacing zero. */
export function averagedFigures(
  law: SpreadLaw,
  refinements: readonly number[],
  solve: (deviate: number, refinement: number) => Figures,
): Map<string, Estimate> {
  const nodes = nodesOf(law);
  const total = nodes.reduce((sum, { weight }) => sum + weight, 0);
  const half = nodes.reduce((sum, { coarse }) => sum + coarse, 0);
  const members = refinements.map((refinement) => nodes.map(({ deviate }) => solve(deviate, refinement)));
  const average = (figures: readonly Figures[], of: (node: Node) => number, norm: number): Figures =>
    new Map(
      [...figures[0].keys()].map((name) => [
        name,
        nodes.reduce((sum, node, k) => sum + of(node) * (figures[k].get(name) as number), 0) / norm,
      ]),
    );
  const fine = extrapolatedFigures(
    members.map((figures) => average(figures, ({ weight }) => weight, total)),
    refinements,
  );
  const coarse = average(members[members.length - 1], ({ coarse: weight }) => weight, half);
  const same = average(members[members.length - 1], ({ weight }) => weight, total);
  return new Map(
    [...fine].map(([name, { value, error }]) => [
      name,
      { value, error: error + trusted * Math.abs((same.get(name) as number) - (coarse.get(name) as number)) },
    ]),
  );
}
