import { determinant, Matrix, solve } from "ml-matrix";
import { own } from "../../expression/own.ts";
import type { OnsagerSystem } from "./onsager-system.ts";

/** A state of a system: every force, every flux, and the power that each pair dissipates. */
export interface Situation {
  readonly forces: Readonly<Record<string, number>>;
  readonly fluxes: Readonly<Record<string, number>>;
  /** In the system's unit of power: the sum, and each pair's part by the name of its flux. */
  readonly dissipatedPower: number;
  readonly parts: Readonly<Record<string, number>>;
}

const smallest = 1e-13; // smallest determinant, after scaling to a unit diagonal

/**
 * The situation in which each pair's flux or force is given; if neither is, the force is 0. For example, `{ current: 0,
 * heatForce: −600 }` is an open circuit, and its field is that of the Seebeck effect.
 * @throws RangeError where names are not known, both of a pair are given, or the fluxes cannot be made by any forces.
 */
export function situationOf(system: OnsagerSystem, given: Readonly<Record<string, number>>): Situation {
  const { pairs } = system;
  const isGiven = (name: string): boolean => Object.hasOwn(given, name);
  const known = pairs.flatMap(({ flux, force }) => [flux.name, force.name]);
  const problems = Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => `given.${name} is not known; there are ${known.join(", ")}`);
  for (const { flux, force } of pairs)
    if (isGiven(flux.name) && isGiven(force.name))
      problems.push(`given must not have both ${flux.name} and ${force.name}: one follows from the other`);
  if (problems.length > 0) throw new RangeError(problems.join("\n"));
  const x = pairs.map(({ force }) => own(given, force.name) ?? 0);
  const open = pairs.flatMap(({ flux }, i) => (isGiven(flux.name) ? [i] : []));
  if (open.length > 0) {
    const L = system.matrix();
    const wanted = open.map(
      (i) => given[pairs[i].flux.name] - L[i].reduce((sum, value, j) => sum + value * x[j], 0),
    );
    // the coefficients have different units: each pair is scaled by its own
    const scale = open.map((i) => (L[i][i] === 0 ? 1 : 1 / Math.sqrt(Math.abs(L[i][i]))));
    const block = new Matrix(open.map((i, a) => open.map((j, b) => L[i][j] * scale[a] * scale[b])));
    if (!(Math.abs(determinant(block)) > smallest))
      throw new RangeError(
        `no forces determine ${open.map((i) => pairs[i].flux.name).join(", ")}: their coefficients are singular`,
      );
    const found = solve(block, Matrix.columnVector(wanted.map((value, a) => value * scale[a])));
    open.forEach((i, a) => {
      x[i] = found.get(a, 0) * scale[a];
    });
  }
  const forces = Object.fromEntries(pairs.map(({ force }, i) => [force.name, x[i]]));
  const fluxes = system.fluxes(forces);
  // a given flux keeps its exact value
  for (const i of open) fluxes[pairs[i].flux.name] = given[pairs[i].flux.name];
  const parts = Object.fromEntries(pairs.map(({ flux }, i) => [flux.name, fluxes[flux.name] * x[i]]));
  return {
    forces,
    fluxes,
    parts,
    dissipatedPower: Object.values(parts).reduce((sum, part) => sum + part, 0),
  };
}
