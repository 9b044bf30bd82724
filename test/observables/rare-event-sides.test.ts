import { describe, expect, it } from "vitest";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { countRareEvent } from "../../src/observables/rare-event/count.ts";
import { count, exactOf, expectNear, readProblem, written } from "./counted-rare-event.ts";

/* Rates of an event between two wells of different depth: a field of a tenth of B_K raises the upper well, and the event lies about the saddle. */

const tilted = {
  energies: [
    { type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] },
    { type: "zeeman", B_ext: [0, 0, -0.1] },
  ],
  torques: [],
  ensemble: 4096,
};
const asked = (until: string, initial: object) =>
  written(20, 20, { until, islands: 16 }, { ...tilted, initial });
const band = "abs(mz - 0.1) < 0.1";
const upper = { type: "well", m: [0, 0, 1] };
const lower = { type: "well", m: [0, 0, -1] };

describe("a rate of an event between unequal wells", () => {
  it("is that of the side on which spins begin, with its barrier, also on the exact side", async () => {
    const exact = (until: string, initial: object): number => demand(exactOf(asked(until, initial))).value;
    const rates = { upper: exact(band, upper), lower: exact(band, lower) };
    // the same side without the other one
    expect(rates.upper / exact("mz < 0.2", upper)).toBeCloseTo(1, 6);
    expect(rates.lower / exact("mz > 0", lower)).toBeCloseTo(1, 6);
    // 20 (1 ± 0.1)² kT
    expect(Math.log(rates.upper / rates.lower)).toBeGreaterThan(6);
    const shallow = await count(asked(band, upper));
    expectNear(shallow.result, rates.upper);
    expect(shallow.result.barrier).toBeCloseTo(16.2 - 0.2, 0);
    const deep = await count(asked(band, lower));
    expectNear(deep.result, rates.lower);
    expect((deep.result.barrier as number) - (shallow.result.barrier as number)).toBeGreaterThan(6);
  });

  it("is refused with the factor between the sides where spins begin on both", async () => {
    const { problem, planned } = readProblem(asked(band, { type: "boltzmann" }));
    const counts = await countRareEvent(problem, planned, wasm, { threads: 1 });
    const reason = /begin on 2 sides of the event, whose rates differ by a factor of 2\.\de\+3/;
    expect(counts).toMatch(reason);
    const exact = exactOf(asked(band, { type: "boltzmann" }));
    expect(exact.value).toBeNull();
    expect(exact.reason).toMatch(reason);
  });
});
