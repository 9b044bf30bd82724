import { own } from "../../expression/own.ts";
import type { CoefficientMatrix, MagneticState, OnsagerPair, Vector3 } from "./onsager-pair.ts";
import type { Reciprocity } from "./reciprocity.ts";
import { reciprocityOf } from "./reciprocity.ts";
import type { SecondLaw } from "./second-law.ts";
import { secondLawOf } from "./second-law.ts";

export interface OnsagerDefinition {
  readonly name: string;
  /** Unit of flux × force: W/m³, W/sr or W. */
  readonly powerUnit: string;
  readonly pairs: readonly OnsagerPair[];
  /**
   * fluxes = coefficients × forces; a function if they depend on the magnetic state. Directions of components stay
   * fixed in space when the state is reversed.
   */
  readonly coefficients: CoefficientMatrix | ((state: MagneticState) => CoefficientMatrix);
  /** State of the system; m along z by default. */
  readonly state?: Partial<MagneticState>;
}

export interface OnsagerSystem extends OnsagerDefinition {
  readonly state: MagneticState;
  /** The coefficients in a state, the system's own by default. */
  matrix(state?: MagneticState): CoefficientMatrix;
  /** Fluxes by name; forces that are not given are 0. @throws RangeError on an unknown name. */
  fluxes(forces: Readonly<Record<string, number>>): Record<string, number>;
  /** Σ flux·force in powerUnit. */
  dissipatedPower(forces: Readonly<Record<string, number>>): number;
  /** Whether the dissipated power is ≥ 0 for all forces. */
  secondLaw(): SecondLaw;
  /** Whether L_ij(m,p,B) = ε_iε_j L_ji(−m,−p,−B). */
  reciprocity(): Reciprocity;
}

function definitionProblems({ pairs }: OnsagerDefinition, matrix: CoefficientMatrix): string[] {
  const problems: string[] = [];
  for (const side of ["flux", "force"] as const) {
    const names = pairs.map((pair) => pair[side].name);
    const repeated = names.filter((name, i) => names.indexOf(name) !== i);
    if (repeated.length > 0)
      problems.push(`pairs must have distinct names of ${side}, got ${repeated} twice`);
  }
  if (pairs.length === 0) problems.push("pairs must not be empty");
  if (matrix.length !== pairs.length)
    problems.push(`coefficients must have ${pairs.length} rows, got ${matrix.length}`);
  matrix.forEach((row, i) => {
    if (row.length !== pairs.length)
      problems.push(`coefficients[${i}] must have ${pairs.length} entries, got ${row.length}`);
    row.forEach((value, j) => {
      if (!Number.isFinite(value)) problems.push(`coefficients[${i}][${j}] must be finite, got ${value}`);
    });
  });
  return problems;
}

/**
 * A system of linear kinetic equations with named fluxes and forces.
 * @throws RangeError listing every problem of the definition.
 */
export function onsagerSystem(definition: OnsagerDefinition): OnsagerSystem {
  const { pairs, coefficients } = definition;
  const state: MagneticState = { m: [0, 0, 1], p: [0, 0, 0], B: [0, 0, 0], ...definition.state };
  const matrix = (at = state): CoefficientMatrix =>
    typeof coefficients === "function" ? coefficients(at) : coefficients;
  const problems = definitionProblems(definition, matrix());
  if (problems.length > 0) throw new RangeError(problems.join("\n"));

  const forceVector = (forces: Readonly<Record<string, number>>): number[] => {
    const known = pairs.map(({ force }) => force.name);
    const unknown = Object.keys(forces).filter((name) => !known.includes(name));
    if (unknown.length > 0)
      throw new RangeError(unknown.map((name) => `${name} must be one of ${known.join(", ")}`).join("\n"));
    return known.map((name) => own(forces, name) ?? 0);
  };
  const flux = (x: number[]): number[] => matrix().map((row) => row.reduce((sum, l, j) => sum + l * x[j], 0));
  return {
    ...definition,
    state,
    matrix,
    fluxes: (forces) => {
      const values = flux(forceVector(forces));
      return Object.fromEntries(pairs.map((pair, i) => [pair.flux.name, values[i]]));
    },
    dissipatedPower: (forces) => {
      const x = forceVector(forces);
      return flux(x).reduce((sum, value, i) => sum + value * x[i], 0);
    },
    secondLaw: () => secondLawOf(pairs, definition.powerUnit, matrix()),
    reciprocity: () => reciprocityOf(pairs, matrix(), matrix(reversed(state))),
  };
}

const reversed = (state: MagneticState): MagneticState => {
  const minus = ([x, y, z]: Vector3): Vector3 => [-x, -y, -z];
  return { m: minus(state.m), p: minus(state.p), B: minus(state.B) };
};
