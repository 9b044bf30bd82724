import { expect, it } from "vitest";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { checkHearing } from "../../src/run/quick-beside.ts";

const experiment = (density: string) => ({
  magnet: { delta: 4, alpha: 0.1 },
  energies: [{ type: "expression", density }],
  time: { duration: 1 },
  observables: [{ type: "moments", times: 2 }],
});
const factors = Array.from({ length: 200 }, (_, i) => `sin(mx*my+${i}*mz)`).join("*");

it("the check of a long formula lets this thread hear signals, and its answer is known here", async () => {
  let heard = 0;
  const timer = setInterval(() => heard++, 5);
  const checked = await checkHearing(experiment(factors), []);
  clearInterval(timer);
  expect(heard).toBeGreaterThan(5);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const again = checkExperiment(checked.experiment);
  expect(again.ok && again.experiment).toBe(checked.experiment);
  expect(reduce(checked.experiment).experiment).toBe(checked.experiment);
});

it("a checked experiment is checked again once it has changed, or if it is to be used for more", () => {
  const checked = checkExperiment(experiment("mz^2"));
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const known = checked.experiment as { time: { duration: number } } & typeof checked.experiment;
  const again = checkExperiment(known);
  expect(again.ok && again.experiment).toBe(known);
  known.time.duration = -1;
  expect(checkExperiment(known)).toMatchObject({ ok: false, problems: [{ path: "time.duration" }] });

  const endless = checkExperiment({ ...experiment("mz^2"), time: { duration: 1e12 } }, [], "exact");
  if (!endless.ok) throw new Error(JSON.stringify(endless.problems));
  expect(checkExperiment(endless.experiment)).toMatchObject({
    ok: false,
    problems: [{ path: "time.duration" }],
  });
});
