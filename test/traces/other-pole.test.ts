import { expect, it } from "vitest";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { synthetic } from "./synthetic.ts";

const plain = { dwell: [20e-9, 10e-9], levels: [0, 1], sampleTime: 1e-9, noise: 0.15, samples: 4000 };
const analyse = (bandwidth: number | undefined, given: number | null, seed: number) =>
  analyseTrace(
    {
      values: synthetic({ ...plain, seed, ...(bandwidth === undefined ? {} : { bandwidth }) }),
      breaks: [],
    },
    plain.samples,
    plain.sampleTime,
    { bandwidth: given },
  );

it.each([
  ["200 MHz for 60 MHz", 6e7, 2e8],
  ["none for 200 MHz", 2e8, null],
  ["60 MHz for 200 MHz", 2e8, 6e7],
  ["40 MHz for none", undefined, 4e7],
] as const)("a wrong filter, %s, is named with the pole that there is", (_, bandwidth, given) => {
  const { warnings } = analyse(bandwidth, given, 7);
  const named = warnings
    .join("\n")
    .match(/the trace shows a pole at (\S+) Hz, but (\S+ Hz|no filter) was given/);
  expect(named).not.toBeNull();
  const pole = Number(named?.[1]);
  if (bandwidth === undefined) expect(pole).toBeGreaterThan(4e8);
  else expect(Math.abs(Math.log(pole / bandwidth))).toBeLessThan(0.25);
});

it("where the filter makes a refusal of the trace, the refusal says how to go on", () => {
  expect(() => analyse(6e7, null, 7)).toThrow(
    /no second level: .* behind another filter than was given \(leave --bandwidth and --response out/,
  );
});

it("the right filter is not objected to", () => {
  for (let seed = 31; seed < 34; seed++) {
    expect(analyse(undefined, null, seed).warnings).toEqual([]);
    expect(analyse(1e8, 1e8, seed).warnings.filter((w) => w.includes("shows a pole"))).toEqual([]);
  }
});
