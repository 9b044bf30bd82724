import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileScalar } from "../../src/expression/compile.ts";
import { variable } from "../../src/expression/expression.ts";
import { drives } from "../../src/physics/drives/index.ts";
import { pulse } from "../../src/physics/drives/pulse.ts";
import { ramp } from "../../src/physics/drives/ramp.ts";
import { sine } from "../../src/physics/drives/sine.ts";
import { table } from "../../src/physics/drives/table.ts";
import { train } from "../../src/physics/drives/train.ts";

const t = variable("t");

it("names every drive by its type", () => {
  for (const [name, entry] of Object.entries(drives)) expect(entry.type).toBe(name);
});

describe("pulse", () => {
  const values = { amplitude: 3, start: 1, length: 4, rise: 1, fall: 2, base: -1 };
  it("rises, stays, falls and rests", () => {
    const at = compileScalar(pulse.expression(values, t), ["t"]);
    const course: [number, number][] = [
      [0, -1],
      [1, -1],
      [1.5, 1],
      [2, 3],
      [4.9, 3],
      [5, 3],
      [6, 1],
      [7, -1],
      [9, -1],
    ];
    for (const [time, value] of course) expect(at(time)).toBeCloseTo(value, 12);
    expect(pulse.breakpoints(values)).toEqual([1, 2, 5, 7]);
  });
  it("jumps where rise and fall are 0", () => {
    const at = compileScalar(pulse.expression({ ...values, rise: 0, fall: 0 }, t), ["t"]);
    expect([at(0.999), at(1), at(4.999), at(5)]).toEqual([-1, 3, 3, -1]);
  });
  it("refuses a rise longer than its length", () => {
    expect(pulse.rules!({ ...values, rise: 5 })).toHaveLength(1);
  });
});

it("train repeats the pulse and ends", () => {
  const values = { amplitude: 2, start: 1, length: 1, rise: 0.5, fall: 0.5, base: 0, period: 3, count: 2 };
  const at = compileScalar(train.expression(values, t), ["t"]);
  const one = compileScalar(pulse.expression(values, t), ["t"]);
  for (let time = 0; time < 12; time += 0.13) {
    const phase = time < 4 ? time : time < 7 ? time - 3 : 11;
    expect(at(time)).toBeCloseTo(one(phase), 12);
  }
  expect(train.breakpoints(values)).toHaveLength(8);
});

it("ramp goes from one value to the other", () => {
  const at = compileScalar(ramp.expression({ from: 1, to: -1, start: 2, length: 4 }, t), ["t"]);
  expect([at(0), at(2), at(4), at(6), at(9)]).toEqual([1, 1, 0, -1, -1]);
});

it("sine has the frequency in Hz and the phase in rad", () => {
  const at = compileScalar(sine.expression({ mean: 1, amplitude: 2, frequency: 0.25, phase: 0.5 }, t), ["t"]);
  expect(at(0)).toBeCloseTo(1 + 2 * Math.sin(0.5), 12);
  expect(at(1)).toBeCloseTo(1 + 2 * Math.sin(0.5 + Math.PI / 2), 12);
});

it("table interpolates linearly between any values", () => {
  const entry = fc.record({
    gap: fc.double({ min: 0.01, max: 2, noNaN: true }),
    value: fc.integer({ min: -5, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(entry, { minLength: 2, maxLength: 9 }), (entries) => {
      let time = -1;
      const times = entries.map(({ gap }) => (time += gap));
      const values = entries.map(({ value }) => value);
      const at = compileScalar(table.expression({ times, values }, t), ["t"]);
      expect(at(times[0] - 1)).toBe(values[0]);
      expect(at(time + 1)).toBe(values[values.length - 1]);
      times.slice(1).forEach((end, i) => {
        for (const part of [0.1, 0.5, 0.9])
          expect(at(times[i] + part * (end - times[i]))).toBeCloseTo(
            values[i] + part * (values[i + 1] - values[i]),
            9,
          );
      });
    }),
    { seed: 7, numRuns: 50 },
  );
});
