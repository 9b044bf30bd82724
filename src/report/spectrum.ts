import type { FokkerPlanckResult, SpectrumResult } from "../result.ts";
import type { Figure } from "./figure.ts";
import { colour, layout, scaleFor } from "./figure.ts";

/** One-sided power spectral density on logarithmic axes, with the exact spectrum of the sampled process. */
export function spectrumFigures(
  spectrum: SpectrumResult,
  exact: FokkerPlanckResult | null,
  timeUnit: string,
): Figure[] {
  if (!spectrum.oneSidedPower) return [];
  const [factor, unit] = scaleFor(spectrum.frequencies, timeUnit === "s" ? "Hz" : "γ'B_K");
  const trace = (
    name: string,
    frequencies: readonly number[],
    power: readonly number[],
    more: object,
  ): Figure["data"][number] => ({
    type: "scatter",
    name,
    x: frequencies.map((f) => f * factor),
    y: power,
    ...more,
  });
  return [
    {
      title: `Spectrum: ${spectrum.name}`,
      caption:
        "One-sided power spectral density, averaged over spins; line: the exact spectrum of the same sampling.",
      data: [
        trace("ensemble", spectrum.frequencies, spectrum.oneSidedPower, {
          mode: "markers",
          marker: { size: 4, color: colour.ensemble },
        }),
        ...(exact?.spectrum
          ? [
              trace("exact", exact.spectrum.frequencies, exact.spectrum.oneSidedPower, {
                mode: "lines",
                line: { color: colour.exact, width: 1.5 },
              }),
            ]
          : []),
      ],
      layout: layout(`frequency (${unit})`, timeUnit === "s" ? "power (1/Hz)" : `power (${timeUnit})`, {
        x: { type: "log" },
        y: { type: "log", exponentformat: "power" },
      }) as Figure["layout"],
    },
  ];
}
