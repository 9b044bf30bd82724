import { checkedModel } from "../experiment/terms.ts";
import { compileScalar } from "../expression/compile.ts";
import { add, type Expression, variablesOf } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import { checkExperiment } from "../observables/experiment.ts";
import type { FitResult } from "../statistics/fit.ts";

/** χ and Φ of all torques together along the half circle from +z over +x to −z, 1/s, relative to their values at +x. */
export interface FittedPotentials {
  /** Settings of their measurement. */
  readonly settings: Readonly<Record<string, number>>;
  /** Angle from +z (rad). */
  readonly theta: readonly number[];
  readonly chi: readonly number[];
  /** One standard error at each angle, from the covariance of the fitted parameters. */
  readonly chiError: readonly number[];
  readonly phi: readonly number[];
  readonly phiError: readonly number[];
}

const steps = 90;
/** Share of a parameter over which its derivative is taken. */
const difference = 1e-4;

/**
 * The potentials with their errors; null if no fitted parameter changes them, or if they vary in time or from spin to
 * spin.
 */
export function fittedPotentials(
  experiment: unknown,
  settings: Readonly<Record<string, number>>,
  { names, values, covariance }: Pick<FitResult, "names" | "values" | "covariance">,
): FittedPotentials | null {
  if (!covariance) return null;
  const at = (parameters: readonly number[]): { chi: number[]; phi: number[] } | null =>
    potentialsAt(experiment, {
      ...settings,
      ...Object.fromEntries(names.map((name, i) => [name, parameters[i]])),
    });
  const found = at(values);
  if (!found) return null;
  const slopes = values.map((value, i) => {
    const step = difference * (value === 0 ? 1 : value);
    const moved = at(values.map((other, j) => (i === j ? other + step : other)));
    const slope = (of: "chi" | "phi"): number[] | undefined =>
      moved?.[of].map((there, k) => (there - found[of][k]) / step);
    return { chi: slope("chi"), phi: slope("phi") };
  });
  const errors = (of: "chi" | "phi"): number[] =>
    found[of].map((_, k) => {
      let variance = 0;
      slopes.forEach((a, i) => {
        slopes.forEach((b, j) => {
          variance += (a[of]?.[k] ?? Number.NaN) * covariance[i][j] * (b[of]?.[k] ?? Number.NaN);
        });
      });
      return Math.sqrt(Math.max(0, variance));
    });
  const [chiError, phiError] = [errors("chi"), errors("phi")];
  const changes = [...chiError, ...phiError];
  if (changes.some(Number.isNaN) || changes.every((error) => error === 0)) return null;
  return { settings, theta: angles, ...found, chiError, phiError };
}

const angles = Array.from({ length: steps + 1 }, (_, k) => (Math.PI * k) / steps);

function potentialsAt(
  experiment: unknown,
  settings: Readonly<Record<string, number>>,
): { chi: number[]; phi: number[] } | null {
  const checked = checkExperiment(experiment, settings);
  if (!checked.ok) return null;
  const { torques } = checkedModel(checked.experiment);
  const along = (of: Expression): number[] | null => {
    const known: readonly string[] = magnetization;
    if ([...variablesOf(of)].some((name) => !known.includes(name))) return null;
    const value = compileScalar(of, magnetization);
    return angles.map((theta) => value(Math.sin(theta), 0, Math.cos(theta)) - value(1, 0, 0));
  };
  const chi = along(add(...torques.map((term) => term.chi)));
  const phi = along(add(...torques.map((term) => term.phi)));
  return chi && phi ? { chi, phi } : null;
}
