import { describe, expect, it } from "vitest";
import { signalAutocorrelation } from "../../src/traces/signal-autocorrelation.ts";
import { synthetic } from "./synthetic.ts";

describe("the autocovariance of a measured signal", () => {
  it.each([
    ["without a pole", undefined, 0.3, 1e-9],
    ["behind a pole", 3e7, 0.1, 1e-9],
    ["of many samples in a dwell", undefined, 0.3, 5e-11],
  ])("is that of its telegraph noise, %s", (_, bandwidth, noise, sampleTime) => {
    const values = synthetic({
      samples: Math.round(2e-4 / sampleTime),
      sampleTime,
      dwell: [20e-9, 10e-9],
      levels: [0.2, 0.7],
      noise: 0.5 * noise,
      seed: 6,
      ...(bandwidth === undefined ? {} : { bandwidth }),
    });
    const { lags, value, standardError, fitted } = signalAutocorrelation({ values, breaks: [] }, sampleTime, {
      telegraph: {
        levels: [0.2, 0.7],
        rates: [
          [0, 5e7],
          [1e8, 0],
        ],
        noise: 0.5 * noise,
        pole: bandwidth === undefined ? null : 2 * Math.PI * bandwidth,
      },
      instrument: null,
    });
    if (!fitted) throw new Error("two levels have a closed form");
    expect(lags[lags.length - 1]).toBeGreaterThan(4 / 1.5e8);
    expect(fitted[0]).toBeGreaterThan(20 * standardError[0]);
    value.forEach((found, i) => {
      expect(Math.abs(found - fitted[i])).toBeLessThan(5 * standardError[i] + 0.003 * fitted[0]);
    });
  });

  it("has no closed form of three levels", () => {
    const rates = [
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 0],
    ];
    const values = synthetic({
      samples: 4000,
      sampleTime: 0.02,
      dwell: [1, 1, 1],
      levels: [0, 1, 2],
      noise: 0.1,
      seed: 2,
    });
    const telegraph = { levels: [0, 1, 2], rates, noise: 0.1, pole: null };
    expect(
      signalAutocorrelation({ values, breaks: [] }, 0.02, { telegraph, instrument: null }).fitted,
    ).toBeNull();
  });
});
