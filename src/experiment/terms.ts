import type { Expression } from "../expression/expression.ts";
import { constantValue, variablesOf } from "../expression/expression.ts";
import { exponentsOf, polynomial } from "../expression/polynomial.ts";
import { type MagnetModel, modelOf } from "./model.ts";
import { newResolution } from "./resolve.ts";
import type { CompletedExperiment } from "./schema.ts";

/** A monomial in mx, my, mz with its factor; null if the factor changes in time or from spin to spin. */
export interface Monomial {
  readonly factor: number | null;
  readonly exponents: readonly [number, number, number];
}

/** One function of the direction that a term of an experiment adds. */
export interface TermOfEquation {
  /** Its path in the experiment: "energies.0". */
  readonly path: string;
  /** An energy density V (J/m³), or a potential of a torque (1/s); for a reduced magnet the numbers have no units. */
  readonly symbol: "V" | "χ" | "Φ";
  /** As a polynomial in mx, my, mz without its constant; null if it is not a polynomial. */
  readonly monomials: readonly Monomial[] | null;
}

/** A factor below this share of the largest one is rounding. */
const rounding = 1e-12;

function monomialsOf(of: Expression): readonly Monomial[] | null {
  const found = polynomial(of);
  if (!found) return null;
  const all = [...found].map(
    ([key, value]): Monomial => ({ factor: constantValue(value) ?? null, exponents: exponentsOf(key) }),
  );
  const largest = Math.max(...all.map(({ factor }) => Math.abs(factor ?? 0)));
  return all.filter(
    ({ factor, exponents }) =>
      exponents.some((n) => n > 0) && (factor === null || Math.abs(factor) > rounding * largest),
  );
}

/** The model of a valid experiment. Throws RangeError for any other. */
export const checkedModel = (experiment: CompletedExperiment): MagnetModel =>
  modelOf(
    experiment,
    newResolution(experiment.time.duration, (path, rule) => {
      throw new RangeError(`${path} ${rule}`);
    }),
  );

/** The terms of a valid experiment as functions of m, for display. */
export function termsOf(experiment: CompletedExperiment): TermOfEquation[] {
  const model = checkedModel(experiment);
  const isThere = (of: Expression): boolean => variablesOf(of).size > 0;
  return [
    ...model.energies.map(
      ({ path, density }): TermOfEquation => ({ path, symbol: "V", monomials: monomialsOf(density) }),
    ),
    ...model.torques.flatMap(({ path, chi, phi }): TermOfEquation[] => [
      ...(isThere(chi) ? [{ path, symbol: "χ", monomials: monomialsOf(chi) } as const] : []),
      ...(isThere(phi) ? [{ path, symbol: "Φ", monomials: monomialsOf(phi) } as const] : []),
    ]),
  ];
}
