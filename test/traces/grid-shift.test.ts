import { expect, it } from "vitest";
import { binAround } from "../../src/traces/hidden-markov/binned.ts";
import { gridShift } from "../../src/traces/hidden-markov/grid-shift.ts";
import { maximize } from "../../src/traces/hidden-markov/maximize.ts";
import { synthetic } from "./synthetic.ts";

it("levels behind a pole move by three quarters of the shift where its points are twice as close", () => {
  const levels = [0, 1];
  const [bandwidth, noise] = [0.1, 0.1];
  const values = synthetic({
    samples: 2000,
    sampleTime: 1,
    dwell: [3, 1.5],
    levels,
    noise,
    seed: 5,
    bandwidth,
  });
  const rates = [
    [0, 1 / 3],
    [1 / 1.5, 0],
  ];
  const telegraph = { levels, rates, noise, pole: 2 * Math.PI * bandwidth };
  const trace = binAround(values, 1, telegraph, []);
  const free = { count: 2, freePole: false };
  const options = { blocks: 200, settledBelow: 1e-3 };
  const maximum = maximize(trace, telegraph, free, options);
  const finer = maximize(trace, maximum.telegraph, free, { ...options, fineness: 0.5, iterations: 3 });
  const shift = gridShift({ telegraph: maximum.telegraph, free, trace, instrument: null, maximum });
  finer.telegraph.levels.forEach((level, s) => {
    const moved = level - maximum.telegraph.levels[s];
    expect(Math.abs(moved)).toBeGreaterThan(5e-4);
    expect(Math.abs(0.75 * (shift?.levels[s] ?? 0) - moved)).toBeLessThan(0.5 * Math.abs(moved));
  });
});

it("there is none without a pole", () => {
  const telegraph = {
    levels: [0, 1],
    rates: [
      [0, 0.1],
      [0.1, 0],
    ],
    noise: 0.1,
    pole: null,
  };
  const trace = binAround(
    synthetic({ samples: 500, sampleTime: 1, dwell: [10, 10], levels: [0, 1], noise: 0.1, seed: 1 }),
    1,
    telegraph,
    [],
  );
  const free = { count: 2, freePole: false };
  const maximum = maximize(trace, telegraph, free, { blocks: 20, iterations: 1 });
  expect(gridShift({ telegraph, free, trace, instrument: null, maximum })).toBeNull();
});
