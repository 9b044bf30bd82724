import { expect, it } from "vitest";
import { summary } from "../../src/cli/summary.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { reportHtml } from "../../src/report/report.ts";
import { run } from "../../src/run/run.ts";

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
