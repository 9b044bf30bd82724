import { Draw } from "../../test/oracle/draw.ts";
import { randomExperiment } from "../../test/oracle/random-experiment.ts";

/** Most precessions of a run, so that the transition operator and the pilots reach its end. */
const longest = 120;

/** Above this barrier the step is chosen without an exact side, which may take minutes. */
const highest = 10;

/**
 * An experiment of the whole catalogue with figures that a step can bias: transients at several times, dampings of
 * 0.003 to 2, barriers of 2 to 60 (reduced units), and 10⁴ or 10⁶ spins, which have different promises.
 */
export function randomTransient(seed: number): { experiment: Record<string, unknown>; kind: string } {
  const draw = new Draw(seed + 50_000);
  const drawn = randomExperiment(seed) as Record<string, unknown>;
  const magnet = { ...(drawn.magnet as Record<string, unknown>) };
  const time = { ...(drawn.time as Record<string, unknown>) };
  const isReduced = "delta" in magnet;
  const isDriven = JSON.stringify(drawn).match(/"(pulse|train|ramp|sine|table)"|\bt\b/) !== null;
  if (typeof magnet.alpha === "number") magnet.alpha = draw.logarithmic(0.003, 2);
  if (isReduced && typeof magnet.delta === "number")
    magnet.delta = draw.chance(0.7) ? draw.logarithmic(2, 6) : draw.logarithmic(6, 60);
  // a drive's times belong to the duration with which it was drawn
  if (isReduced && !isDriven) time.duration = draw.logarithmic(5, longest);
  const isHigh = typeof magnet.delta === "number" && magnet.delta > highest;
  const isSpread = JSON.stringify(magnet).includes("deviation");
  return {
    experiment: {
      ...drawn,
      magnet,
      time,
      ...(isHigh ? { compare: "none" } : {}),
      ensemble: draw.pick([10_000, 1_000_000]),
      observables: [{ type: "moments", times: 6 }],
    },
    kind: isDriven ? "driven" : isSpread ? "spread" : "still",
  };
}
