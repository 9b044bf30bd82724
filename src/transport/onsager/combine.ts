import { determinant, inverse, Matrix } from "ml-matrix";
import { own } from "../../expression/own.ts";
import type { OnsagerPair, Quantity } from "./onsager-pair.ts";
import type { OnsagerSystem } from "./onsager-system.ts";
import { onsagerSystem } from "./onsager-system.ts";

/**
 * A new flux as a sum of old ones. Its force follows from the dissipated power; only the name of the force may be
 * chosen.
 */
export interface Combination {
  readonly flux: Quantity;
  readonly force?: Quantity | undefined;
  /** Weights of the old fluxes by name. */
  readonly of: Readonly<Record<string, number>>;
}

const smallest = 1e-12; // smallest determinant of the normalized rows; below it they count as dependent

/**
 * The same system in other variables: J' = A J, and X' = A⁻ᵀ X so that Σ J'X' = Σ J X stays the dissipated power; then
 * L' = A L Aᵀ. This is how Eq. 8 becomes Eq. 9.
 * @throws RangeError for unknown fluxes, mixed parities, or a matrix without an inverse.
 */
export function combined(system: OnsagerSystem, combinations: readonly Combination[]): OnsagerSystem {
  const { pairs } = system;
  const problems: string[] = [];
  if (combinations.length !== pairs.length)
    problems.push(
      `combine must have as many entries as there are fluxes, ${pairs.length}, got ${combinations.length}`,
    );
  const known = pairs.map(({ flux }) => flux.name);
  const parities = combinations.map(({ of }, i) => {
    for (const name of Object.keys(of))
      if (!known.includes(name))
        problems.push(`combine[${i}].of.${name} is not a flux; there are ${known.join(", ")}`);
    const signs = new Set(
      pairs.filter(({ flux }) => (own(of, flux.name) ?? 0) !== 0).map(({ parity }) => parity),
    );
    if (signs.size > 1)
      problems.push(`combine[${i}] must not mix fluxes that are even and odd under reversal of time`);
    return [...signs][0] ?? 1;
  });
  const weights = combinations.map(({ of }) => known.map((name) => own(of, name) ?? 0));
  if (problems.length === 0 && !independent(weights)) problems.push("combine must have independent entries");
  if (problems.length > 0) throw new RangeError(problems.join("\n"));
  const A = new Matrix(weights);
  return onsagerSystem({
    name: `${system.name}, combined`,
    powerUnit: system.powerUnit,
    pairs: combinations.map(
      ({ flux, force }, i): OnsagerPair => ({
        flux,
        force: force ?? forceOf(flux, inverse(A).transpose().getRow(i), pairs),
        parity: parities[i],
      }),
    ),
    coefficients: (state) =>
      A.mmul(new Matrix(system.matrix(state).map((row) => [...row])))
        .mmul(A.transpose())
        .to2DArray(),
    state: system.state,
  });
}

function independent(rows: readonly (readonly number[])[]): boolean {
  if (rows.some((row) => row.every((value) => value === 0))) return false;
  const unit = new Matrix(rows.map((row) => row.map((value) => value / Math.hypot(...row))));
  return Math.abs(determinant(unit)) > smallest;
}

/** The new force written in the old ones. */
function forceOf(flux: Quantity, weights: readonly number[], pairs: readonly OnsagerPair[]): Quantity {
  const terms = pairs.flatMap(({ force }, i) => {
    const weight = Number(weights[i].toPrecision(12));
    if (weight === 0) return [];
    return [`${weight === 1 ? "" : `${weight}·`}(${force.symbol})`];
  });
  const units = new Set(pairs.filter((_, i) => weights[i] !== 0).map(({ force }) => force.unit));
  return {
    name: `forceOf${flux.name[0].toUpperCase()}${flux.name.slice(1)}`,
    symbol: terms.join(" + "),
    unit: units.size === 1 ? [...units][0] : "",
  };
}
