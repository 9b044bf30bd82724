import type { Problem } from "../../experiment/problem.ts";
import { compileScalar } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { add, constantValue, mul, variablesOf } from "../../expression/expression.ts";
import { polynomial } from "../../expression/polynomial.ts";
import { substitute } from "../../expression/rewrite.ts";
import { separate } from "../../expression/separation.ts";
import type { Exact } from "../../fokker-planck/exact.ts";
import { demand, exactly, outOfReach } from "../../fokker-planck/exact.ts";
import { unit } from "../../fokker-planck/frame.ts";
import { refineUntilTwoAgree } from "../../fokker-planck/refinement.ts";
import { areParallel, inner } from "../../numerics/parallel.ts";
import type { Triple } from "../../physics/parameter.ts";
import { meansOf } from "../../physics/spread.ts";

const linear = ["1,0,0", "0,1,0", "0,0,1"];

/**
 * The drive of m·d: the function f(t) of an energy whose time-dependent part is −f(t) m·d, with spreads at their mean.
 * Refused if the drive is not a field along d.
 */
export function driveAlong(energy: Expression, direction: Triple, problem: Problem): Exact<Expression> {
  const terms = separate(substitute([energy], meansOf(problem.spreads))[0]);
  if (!terms) return outOfReach("the energy mixes time and direction");
  let drive = add();
  for (const { time, space } of terms) {
    if (!variablesOf(time).has("t")) continue;
    const parts = polynomial(space);
    if (!parts || [...parts.keys()].some((key) => key !== "0,0,0" && !linear.includes(key)))
      return outOfReach("the drive is no field: it is not linear in m");
    const [gx, gy, gz] = linear.map((key) => {
      const part = parts.get(key);
      return part === undefined ? 0 : (constantValue(part) ?? Number.NaN);
    });
    const isNothing = gx === 0 && gy === 0 && gz === 0;
    if (!isNothing && !areParallel(unit([gx, gy, gz]), direction))
      return outOfReach("the drive is not along the direction");
    drive = add(drive, mul(-inner([gx, gy, gz], direction), time));
  }
  return exactly(drive);
}

/** Samples of a period that determine the fundamental, and the most of them: as many as narrow pulses need. */
const [fewest, most] = [512, 2 ** 17];
/** A fundamental below this share of the drive is rounding. */
const rounding = 1e-9;

export interface Wave {
  readonly amplitude: number;
  /** rad; the wave is amplitude · cos(ωt + phase). */
  readonly phase: number;
}

/**
 * The first harmonic of a periodic function; its amplitude is 0 if the function has none, for instance because it has
 * half the period.
 */
export function fundamental(of: Expression, period: number): Wave {
  const at = compileScalar(of, ["t"]);
  let size = 0;
  const sampled = (samples: number): readonly [number, number] => {
    let [a, b] = [0, 0];
    for (let k = 0; k < samples; k++) {
      // between the marks of the period, at which drives jump
      const turn = (k + 0.5) / samples;
      const angle = 2 * Math.PI * turn;
      const value = at(turn * period);
      a += (2 / samples) * value * Math.cos(angle);
      b += (2 / samples) * value * Math.sin(angle);
      size = Math.max(size, Math.abs(value));
    }
    return [a, b];
  };
  const [a, b] = demand(
    refineUntilTwoAgree<number, readonly [number, number], readonly [number, number]>({
      first: fewest,
      solve: (samples) => exactly(sampled(samples)),
      finer: (samples) => (samples < most ? 2 * samples : undefined),
      compare: ({ coarse, fine }) =>
        Math.hypot(fine[0] - coarse[0], fine[1] - coarse[1]) <= rounding * size
          ? { enough: exactly(fine) }
          : { useful: () => exactly(fine) },
      unresolved: (samples) => `${samples} samples of a period do not determine the fundamental`,
    }),
  );
  const amplitude = Math.hypot(a, b);
  return amplitude > rounding * size ? { amplitude, phase: Math.atan2(-b, a) } : { amplitude: 0, phase: 0 };
}
