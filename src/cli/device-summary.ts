import { isReduced, naturalUnit, unitFor } from "../experiment/natural-units.ts";
import type { MagnetDescription } from "../experiment/schema.ts";
import { readable } from "../figures/readable.ts";
import type { DeviceFigures, StateFigures } from "../run/device-figures.ts";

/** Labels and texts, one line each. */
export const rows = (lines: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...lines.map(([label]) => label.length));
  return lines.map(([label, text]) => `${label.padEnd(width + 2)}${text}`).join("\n");
};

const vector = (m: readonly number[]): string => `(${m.map((x) => Number(x.toFixed(3)) + 0).join(", ")})`;

function stateText(
  { m, barrier, precession, decayTime, criticalFactor }: StateFigures,
  magnet: MagnetDescription,
): string {
  const time = unitFor(magnet, "s");
  return [
    `m = ${vector(m)}`,
    ...(barrier === null ? [] : [`barrier ${readable(barrier)} kT`]),
    ...(precession === null ? [] : [`precession ${readable(precession)} ${unitFor(magnet, "Hz")}`]),
    ...(decayTime === null ? [] : [`decay time ${readable(decayTime)} ${time}`]),
    ...(criticalFactor === null ? [] : [`unstable at ${readable(criticalFactor)} times the given torques`]),
  ].join(", ");
}

/** What `check` says about a magnet, as lines of text; `more` follows below. */
export function deviceSummary(
  figures: DeviceFigures,
  magnet: MagnetDescription,
  more: readonly (readonly [string, string])[] = [],
): string {
  const time = unitFor(magnet, "s");
  return rows([
    ...(isReduced(magnet)
      ? []
      : [
          ["B_K", `${readable(figures.fieldScale)} T`] as const,
          [naturalUnit("s"), `${readable(figures.timeUnit)} s`] as const,
        ]),
    ...(figures.relaxationTime === null
      ? []
      : [["τ_D = (1+α²)/(αγB_K)", `${readable(figures.relaxationTime)} ${time}`] as const]),
    ...figures.states.map((state, i) => [`state ${i + 1} at t = 0`, stateText(state, magnet)] as const),
    ...figures.demagnetizing.map(
      ({ type, factors }) =>
        [`demagnetizing factors, ${type}`, factors.map((x) => readable(x)).join(", ")] as const,
    ),
    ["time step at most", `${readable(figures.timeStep)} ${time}`],
    ...more,
  ]);
}
