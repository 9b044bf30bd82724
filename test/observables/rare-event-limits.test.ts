import { describe, expect, it } from "vitest";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { countRareEvent } from "../../src/observables/rare-event/count.ts";
import { guideToEnd, whyNoEvent } from "../../src/observables/rare-event/guide.ts";
import { believed, result as resultOf } from "../../src/observables/rare-event/result.ts";
import { summaryOfIslands } from "../../src/statistics/islands.ts";
import { alpha, count, exactOf, inputErrorsOf, readProblem, written } from "./counted-rare-event.ts";

/* What an event may be, and what has no figure: said before the start or as a reason. */

describe("an event", () => {
  const refusalOf = (event: string): string | undefined => {
    const { planned } = readProblem(written(60, 120, { event }));
    return whyNoEvent(planned);
  };

  it("may hold on a cap of a millionth of the sphere, and is empty by its form alone", () => {
    expect(refusalOf("mz > 0.999998")).toBeUndefined();
    expect(refusalOf("mx + my > 1.41421")).toBeUndefined();
    expect(refusalOf("mx + my > 1.4143")).toContain("no direction");
    expect(refusalOf("mz < 0.999998")).toBeUndefined();
    // no set of one projection: by intervals
    expect(refusalOf("mx*my > 0.49999")).toBeUndefined();
    expect(refusalOf("mx*my > 0.6")).toContain("no direction");
    expect(refusalOf("mx*my < 0.6")).toContain("every direction");
  });

  it("whose probability no spin sees is a null with its reason", async () => {
    // a cap a thousandth of a degree wide at the far pole, against a field
    const far = written(60, 20, { event: "mz < -0.9999999999" }, { torques: [], ensemble: 1024 });
    const { result } = await count(far);
    expect(result.probability).toBeNull();
    expect(result.reason).toContain("the event occurred on no island");
  });

  it("at the end of a run that ends within a pulse is that of the pulse so far", async () => {
    const pulse = (length: number) => ({
      ensemble: 2048,
      torques: [
        {
          type: "spinTransfer",
          dampingLike: { pulse: { amplitude: 2 * alpha, length } },
          fieldLike: 0,
          polarizer: [0, 0, 1],
        },
      ],
    });
    const { counts } = await count(written(40, 40, { event: "mz > 0" }, pulse(1000)));
    const { counts: constant } = await count(written(40, 40, { event: "mz > 0" }, { ensemble: 2048 }));
    expect(readProblem(written(40, 40, { event: "mz > 0" }, pulse(1000))).problem.warnings).toEqual([
      expect.stringContaining("after the end of the run, first at 1000"),
    ]);
    expect(readProblem(written(40, 40, { event: "mz > 0" }, pulse(40))).problem.warnings).toEqual([]);
    const mean = (of: typeof counts): number => summaryOfIslands(of.logs).value as number;
    // the same noise, and a G that differs by rounding and cells alone
    expect(Math.abs(mean(counts) / mean(constant) - 1)).toBeLessThan(0.02);
  });
});

describe("a start that is too rare", () => {
  const leadingTo = (time: number, more: object) => {
    const { problem, planned } = readProblem(written(20, time, { event: "mz < -0.5" }, more));
    return guideToEnd(problem, planned);
  };
  const still = { torques: [], ensemble: 16_384 };

  it("is known beforehand: most events of a short run at rest begin high in the well", () => {
    const whole = demand(exactOf(written(20, 60, { event: "mz < -0.5" }, still))).value;
    const low = { ...still, initial: { type: "direction", m: [0, 0, 1] } };
    const fromBottom = demand(exactOf(written(20, 60, { event: "mz < -0.5" }, low))).value;
    // all heights of the well have about the same part in it, and the ensemble reaches the lower ones
    const climbing = 1 - fromBottom / whole;
    // parameters that differ from spin to spin keep the start from being tempered
    const { unseenStart } = leadingTo(60, {
      ...still,
      magnet: { delta: { mean: 20, deviation: 0.01 }, alpha },
    });
    expect(unseenStart).toBeLessThan(climbing);
    expect(unseenStart).toBeGreaterThan(0.5 * climbing);
    expect(climbing).toBeGreaterThan(0.5);
    expect(leadingTo(40, { ensemble: 16_384 }).unseenStart).toBeLessThan(1e-4);
    expect(leadingTo(60, low).unseenStart).toBe(0);
  });

  it("leaves no interval where it counts for more than the islands' error", () => {
    const logs = Array.from({ length: 32 }, (_, i) => -18 + 0.3 * Math.sin(i));
    const counts = {
      logs,
      stages: [],
      spins: 4096,
      timeStep: 1,
      steps: 1,
      source: "",
      climb: 18,
      seconds: { stepping: 0, resampling: 0 },
    };
    expect(believed({ ...counts, unseenStart: 0.01 }).interval).not.toBeNull();
    const { interval, reason } = believed({ ...counts, unseenStart: 0.5 });
    expect(interval).toBeNull();
    expect(reason).toContain("0.50 of the probability comes from starts");
  });
});

it("an event off the axis of the magnet has a guess as importance function, and a second one", () => {
  const { problem, planned } = readProblem(written(20, 60, { event: "mx > 0.9995" }, { torques: [] }));
  const { climb, rival, source } = guideToEnd(problem, planned);
  expect(source).toContain("averaged about the common axis");
  expect(rival?.source).toContain("power 0.75");
  // exp(−20) of a cap of 1.8 degrees beside the well; where no ring met it, nothing led there
  expect(climb).toBeGreaterThan(20);
  expect(climb).toBeLessThan(35);
});

describe("what cannot be answered", () => {
  it("is said before the start", () => {
    expect(inputErrorsOf({})).toEqual([
      "observables.0.event either event or until must be given, and not both",
    ]);
    expect(inputErrorsOf({ event: "mz > 0", until: "mz < 0" })).toHaveLength(1);
    expect(inputErrorsOf({ event: "mz > 0", target: 1e-31 })[0]).toContain("observables.0.target");
    expect(inputErrorsOf({ event: "mz > 0", in: 1 })[0]).toContain("observables.0.in");
    expect(inputErrorsOf({ until: "mz < 0", target: 1e-9 })[0]).toContain("(in)");
    expect(inputErrorsOf({ event: "mz > 0", importance: "1/mz" }).length).toBeGreaterThan(0);
  });

  const refusal = async (experiment: object): Promise<unknown> => {
    const { problem, planned } = readProblem(experiment);
    return countRareEvent(problem, planned, wasm, { threads: 1 });
  };

  it("is a reason", async () => {
    expect(await refusal(written(60, 120, { event: "mz > 2" }))).toContain("no direction of m");
    expect(await refusal(written(60, 120, { event: "mz > -2" }))).toContain("every direction");
    expect(await refusal(written(60, 120, { event: "mz > 0" }, { ensemble: 100 }))).toContain("islands");
    const still = { torques: [], ensemble: 4000 };
    expect(await refusal(written(20, 20, { until: "mz < -0.5" }, still))).toContain("128 spins");
    const driven = { torques: [{ type: "spinTransfer", dampingLike: "0.1*sin(t)", polarizer: [0, 0, 1] }] };
    expect(await refusal(written(20, 20, { until: "mz < -0.5" }, driven))).toContain(
      "does not change in time",
    );
    const { problem, planned } = readProblem(written(60, 120, { event: "mz > 2" }));
    const none = { type: "rareEvent", name: "rare event", counts: null, reason: "none" } as const;
    expect(resultOf(none, planned, problem)).toMatchObject({ probability: null, reason: "none" });
  });
});
