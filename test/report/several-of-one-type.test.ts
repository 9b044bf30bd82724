import { expect, it } from "vitest";
import { placedFigures } from "../../src/observables/placed-figures.ts";
import { figures } from "../../src/report/report.ts";
import { figuresTable } from "../../src/report/tables.ts";
import { run } from "../../src/run/run.ts";

const twice = (observable: object): object[] => [observable, { ...observable, name: undefined }];

it("observables of one type have figures, exact figures and checks that name each of them", async () => {
  const result = await run(
    {
      magnet: { delta: 1, alpha: 1 },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      initial: { type: "boltzmann" },
      ensemble: 40,
      time: { duration: 20, step: 0.05 },
      observables: [
        ...twice({ type: "moments", times: 2 }),
        { type: "moments", name: "late", times: [20] },
        // a word of its own, not the letter in "magnetization"
        { type: "moments", name: "a", times: [20] },
        ...twice({ type: "histogram", of: "mz", bins: 4 }),
        { type: "histogram", of: "mx", bins: 4 },
        ...twice({ type: "dwell" }),
        ...twice({ type: "entropyProduction", times: 2 }),
        ...twice({ type: "trajectory", spins: 1, every: 2 }),
      ],
    },
    { backend: "wasm", threads: 1 },
  );
  const titles = figures(result).map(({ title }) => title);
  expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
  expect(titles).toContain("Mean magnetization: moments (2)");
  expect(titles).toContain("Second moments: late");
  expect(titles).toContain("Distribution of mx");
  expect(titles).toContain("Mean magnetization: a");
  const [second] = figures(result).filter(({ title }) => title === "Distribution of mz (2)");
  expect(second.layout.xaxis).toMatchObject({ title: { text: "mz" } });
  const rows = [...figuresTable(result).matchAll(/<tr[^>]*><td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell);
  expect(rows.filter((row, i) => rows.indexOf(row) !== i)).toEqual([]);
  expect(rows).toContain("⟨mz⟩ at 20 1/(γ&#39;B_K), late");
  expect(rows).toContain("⟨mz⟩ at 20 1/(γ&#39;B_K)");
  const names = result.observables.map(({ name }) => name);
  const drawn = new Set(placedFigures(result).map(({ observable }) => observable));
  expect(names.filter((name) => !drawn.has(name))).toEqual([]);
  expect(result.fokkerPlanck?.observables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["dwell", "dwell (2)"]),
  );
  const checked = JSON.stringify(result.comparisons);
  for (const name of names.filter((name) => !name.startsWith("trajectory"))) expect(checked).toContain(name);
});
