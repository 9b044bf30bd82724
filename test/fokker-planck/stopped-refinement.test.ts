import { afterEach, describe, expect, it } from "vitest";
import { exactly } from "../../src/fokker-planck/exact.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { refineUntilTwoAgree } from "../../src/fokker-planck/refinement.ts";
import { Interrupted, interruptWhere, throwIfInterrupted } from "../../src/linear-algebra/interruption.ts";
import { readProblem } from "../../src/run/read-problem.ts";

/** A particle that precesses from a tilted start: its orders beyond the second are computed when a test asks for them. */
const tilted = {
  magnet: { delta: 3.041, alpha: 0.2918 },
  energies: [
    { type: "uniaxial", Ku1: 0.8596, anisU: [0, 0, 1] },
    { type: "zeeman", B_ext: [0, 0, 0.1868] },
  ],
  initial: { type: "direction", m: [-0.3455, 0.3355, 0.8764] },
  ensemble: 400,
  observables: [{ type: "moments", times: 2 }],
  time: { duration: 5.33, step: 5.33 / 600 },
};

/** The law that moments are compared with, where the user stops after so many questions; null where it is not there then. */
function massesUntil(questions: number): Float64Array | null {
  const { value } = predict(readProblem(tilted));
  const densities = value?.densities([300, 600]).value;
  if (!densities) throw new Error("the densities are known");
  let asked = 0;
  interruptWhere(() => (++asked > questions ? "stopped" : undefined));
  try {
    return densities[0].masses().mass;
  } catch {
    return null;
  } finally {
    interruptWhere(() => undefined);
  }
}

describe("a refinement", () => {
  afterEach(() => interruptWhere(() => undefined));

  const search = (third: () => never) =>
    refineUntilTwoAgree<number, number, number>({
      first: 1,
      solve: (level) => (level === 3 ? third() : exactly(level)),
      finer: (level) => level + 1,
      compare: ({ fine }) => ({ useful: () => exactly(fine) }),
      unresolved: () => "not resolved",
    });

  it("keeps what is of use where its seconds are over, and nothing but the reason where the user stops", () => {
    const spent = search(() => {
      throw new Interrupted("no seconds left");
    });
    expect(spent.value).toBe(2);
    const stopped = search(() => {
      interruptWhere(() => "stopped by the user");
      throwIfInterrupted();
      throw new Error("it was stopped");
    });
    expect(stopped).toEqual({ value: null, reason: "stopped by the user" });
  });

  it("that is stopped at any moment leaves no coarser law for a comparison", () => {
    const whole = massesUntil(Number.POSITIVE_INFINITY);
    expect(whole).not.toBeNull();
    const found = Array.from({ length: 24 }, (_, i) => massesUntil(Math.round(1.6 ** i)));
    expect(found[0]).toBeNull();
    for (const masses of found) if (masses) expect(masses).toEqual(whole);
    expect(found.at(-1)).not.toBeNull();
  });
});
