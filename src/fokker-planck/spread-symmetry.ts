import type { Problem } from "../experiment/problem.ts";
import { decided } from "../expression/decide.ts";
import type { Expression } from "../expression/expression.ts";
import { same, variablesOf } from "../expression/expression.ts";
import { parityFrom } from "../expression/parity.ts";
import { rewrite } from "../expression/rewrite.ts";
import type { AxisEquation } from "../expression/rotation-axis.ts";
import { axisEquations } from "../expression/rotation-axis.ts";
import type { VectorNames } from "../expression/sphere-polynomial.ts";
import { magnetization, variables } from "../expression/vector.ts";
import { oncePer } from "../numerics/once-per.ts";
import { namedDirection } from "../physics/initial/initial-law.ts";
import type { Triple } from "../physics/parameter.ts";
import { directionBy } from "../physics/spread.ts";
import { anyTime, commonAxis, equationsOf } from "./axis.ts";
import type { Vec3 } from "./frame.ts";
import { frameAlong, outOfFrame } from "./frame.ts";

/** Rotations of the whole problem, including its random directions, that change no figure. */
export interface SpreadSymmetry {
  /** The axis of these rotations; "every" if no rotation changes a figure. */
  readonly axis: Vec3 | "every";
  /** Indices of the spreads whose variates may stay at their middle. */
  readonly idle: readonly number[];
  /** Indices of the spreads for which a variate and its negative have the same solution. */
  readonly mirrored: readonly number[];
  /** All variates of the solution that represents equivalent ones, from the variates that are not idle (idle ones are 0). */
  representative(point: readonly number[]): number[];
}

interface RandomAxis {
  /** Indices of z component and azimuth among the spreads. */
  readonly along: number;
  readonly around: number;
  readonly names: VectorNames;
}

/** The equations of a problem's expressions for an axis, and the random axes whose two ends are equivalent. */
interface ProblemTurns {
  readonly equations: readonly AxisEquation[];
  readonly directions: readonly RandomAxis[];
  readonly isEven: readonly boolean[];
}

/**
 * The axis about which m and all random directions can be rotated together without changing the dynamics, the energy, the initial state
 * and the functions of m in `seen`. All directions of a cone about it have the same figures, and one of them represents the cone. It
 * follows from the form of the expressions. Undefined if there is no random direction, or if the form shows no such axis.
 */
export function spreadSymmetry(problem: Problem, seen: readonly Expression[]): SpreadSymmetry | undefined {
  const turns = turnsOf(problem);
  if (!turns) return undefined;
  const { directions, isEven } = turns;
  const equations = [...turns.equations, ...seen.flatMap(equationsOf)];
  const axis = equations.length === 0 ? "every" : commonAxis(equations);
  if (!axis) return undefined;
  const [lead] = directions;
  const frame = frameAlong(axis === "every" ? [0, 0, 1] : axis);
  return {
    axis,
    idle: axis === "every" ? [lead.along, lead.around] : [lead.around],
    mirrored: directions.flatMap(({ along }, k) => (isEven[k] ? [along] : [])),
    representative(point) {
      const out = [...point];
      if (axis === "every") out[lead.along] = 1;
      directions.forEach(({ along, around }, k) => {
        if (!isEven[k] || out[along] >= 0) return;
        // an axis has two ends
        out[along] = -out[along];
        out[around] = turned(out[around], 1);
      });
      const begin = out[lead.around];
      for (const { along, around } of directions) {
        const azimuth = Math.PI * turned(out[around], -begin);
        const z = Math.max(-1, Math.min(1, out[along]));
        const across = Math.sqrt(1 - z * z);
        const n = outOfFrame(frame, [across * Math.cos(azimuth), across * Math.sin(azimuth), z]);
        out[along] = Math.max(-1, Math.min(1, n[2]));
        out[around] = Math.atan2(n[1], n[0]) / Math.PI;
      }
      return out;
    },
  };
}

const turnsOf = oncePer((problem: Problem): ProblemTurns | undefined => {
  const { spreads, dynamics, energy, initial } = problem;
  const named = namedDirection(initial);
  const directions = spreads.flatMap(({ azimuth }, along): RandomAxis[] =>
    azimuth === undefined
      ? []
      : [{ along, around: along + 1, names: [`n${along}x`, `n${along}y`, `n${along}z`] }],
  );
  if (directions.length === 0) return undefined;
  const own = [dynamics.psi, dynamics.omega, dynamics.diffusion, energy];
  if ("energyOverKT" in initial) own.push(initial.energyOverKT);
  const written = byDirections(decided(own, { t: anyTime }), problem, directions);
  if (!written) return undefined;
  const vectors = [magnetization, ...directions.map(({ names }) => names)];
  return {
    directions,
    equations: [...written.flatMap((of) => axisEquations(of, vectors)), ...(named ? alongOnly(named) : [])],
    isEven: directions.map(({ names }) =>
      written.every((of) => parityFrom(of, (part) => parityOf(part, names)) === "even"),
    ),
  };
});

/** An azimuth over π, within ±1. */
const turned = (azimuth: number, by: number): number => {
  const sum = azimuth + by;
  return sum - 2 * Math.round(sum / 2);
};

/** Expressions with the components of random directions as variables; undefined if an azimuth occurs in them in any other way. */
function byDirections(
  of: readonly Expression[],
  { spreads }: Problem,
  directions: readonly RandomAxis[],
): readonly Expression[] | undefined {
  const known = directions.flatMap(({ along, around, names }) => {
    const components = directionBy([spreads[along].name, spreads[around].name]);
    const there = variables(names);
    return components.map((component, i) => [component, there[i]] as const);
  });
  const written = rewrite(of, (node) => known.find(([component]) => same(component, node))?.[1]);
  const left = variablesOf(...written);
  return directions.some(({ around }) => left.has(spreads[around].name)) ? undefined : written;
}

const parityOf = (part: Expression, names: VectorNames): "odd" | "even" | undefined =>
  part.kind === "variable" ? (names.includes(part.name) ? "odd" : "even") : undefined;

/** Equations for an axis along a vector: u × v = 0. */
const alongOnly = ([x, y, z]: Triple): AxisEquation[] => [
  [0, z, -y],
  [-z, 0, x],
  [y, -x, 0],
];
