import { expect, it } from "vitest";
import { summary } from "../../src/cli/summary.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { reportHtml } from "../../src/report/report.ts";
import { notesOf } from "../../src/run/notes.ts";
import { fokkerPlanck, readProblem, run } from "../../src/run/run.ts";

const film = (alpha: number) => ({
  magnet: { delta: 5, alpha },
  energies: [{ type: "expression", density: "-mx^2 + 5*mz^2" }],
  initial: { type: "boltzmann" },
  ensemble: 64,
  time: { duration: 2000 },
  observables: [
    { type: "dwell", up: "mx > 0.5", down: "mx < -0.5" },
    { type: "spectrum", of: "mx", sampleEvery: 4 },
  ],
  compare: "none",
});

it("says why mean dwells and the corner of a telegraph spectrum differ where spins ring over the barrier", async () => {
  const ringing = await run(film(0.01), { backend: wasm });
  expect(ringing.notes).toHaveLength(1);
  expect(ringing.notes[0]).toMatch(/mean dwells of dwell, .* up and .* down.*rings back and forth.*corner/);
  expect(summary(ringing)).toContain(ringing.notes[0]);
  expect(reportHtml(ringing, "")).toMatch(/class="note"/);
  // where energy is lost within an oscillation the two agree
  expect((await run(film(1), { backend: wasm })).notes).toEqual([]);
});

it("holds no dwell of one projection against the spectrum of another", () => {
  const notes = (of: string) => {
    const { observables } = readProblem({
      ...film(1),
      observables: [film(1).observables[0], { type: "spectrum", of, sampleEvery: 4 }],
    });
    const side = { mean: 1, meanStandardError: 0.01, rate: 1, rateStandardError: 0.01, count: 1e4 };
    const corner = { value: 0.01, standardError: 1e-4 };
    const results = [
      { type: "dwell", name: "dwell", up: side, down: side },
      { type: "spectrum", name: `spectrum of ${of}`, lorentzian: { corner } },
    ] as unknown as Parameters<typeof notesOf>[0];
    return notesOf(results, observables, "1/(γ'B_K)");
  };
  expect(notes("mx")).toHaveLength(1);
  expect(notes("2 - 3*mx")).toHaveLength(1);
  expect(notes("mz")).toEqual([]);
  expect(notes("mx^2")).toEqual([]);
});

it("gives telegraph times of two states that lie beyond the thresholds, and of nothing else", () => {
  const dwellOf = (energies: readonly object[], dwell: object) =>
    fokkerPlanck({
      magnet: { delta: 6, alpha: 0.5 },
      energies,
      time: { duration: 10 },
      observables: [{ type: "dwell", ...dwell }],
    }).fokkerPlanck?.dwell;
  const levels = { up: "mz > 0.9", down: "mz < -0.9" };
  const easy = dwellOf([{ type: "uniaxial", Ku1: 1 }], levels);
  expect(easy?.telegraphUp).toBeGreaterThan(0);
  const across = dwellOf([{ type: "uniaxial", Ku1: 1 }], { up: "mx > 0.3", down: "mx < -0.3" });
  expect(across?.telegraphUp).toBeNull();
  expect(across?.telegraphReason).toMatch(/do not lie one beyond either threshold/);
  const oneWell = dwellOf([{ type: "uniaxial", Ku1: -1 }], { up: "mz > 0", down: "mz < -0.4" });
  expect(oneWell?.telegraphUp).toBeNull();
  expect(oneWell?.telegraphReason).toMatch(/only one well|no two long-lived states/);
  expect(oneWell?.note).toBeUndefined();
});
