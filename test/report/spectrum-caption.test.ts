import { expect, it } from "vitest";
import { spectrumFigures } from "../../src/observables/spectrum/figure.ts";
import type { SpectrumResult } from "../../src/observables/spectrum/result.ts";

const of = (more: Partial<SpectrumResult>): { caption: string; curves: number } => {
  const spectrum = {
    type: "spectrum",
    name: "spectrum of my",
    frequencies: [1, 2, 3],
    oneSidedPower: [3, 2, 1],
    lorentzian: null,
    autocorrelation: null,
    ...more,
  } as unknown as SpectrumResult;
  const [{ caption, data }] = spectrumFigures(spectrum, null, "s");
  return { caption, curves: data.length };
};

it("a spectrum's caption names the curves that are drawn, and no others", () => {
  const alone = of({});
  expect(alone.curves).toBe(1);
  expect(alone.caption).not.toMatch(/Dashed|Line:/);
  const fit = { corner: { value: 1 }, plateau: { value: 3 }, floor: { value: 0 } };
  const fitted = of({ lorentzian: fit } as unknown as Partial<SpectrumResult>);
  expect(fitted.curves).toBe(2);
  expect(fitted.caption).toContain("Dashed: the fitted Lorentzian");
});
