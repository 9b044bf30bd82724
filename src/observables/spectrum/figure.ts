import type { Figure } from "../../figures/figure.ts";
import { colour, exactLine, layout, scaleFor } from "../../figures/figure.ts";
import type { SpectrumFigures } from "./exact.ts";
import type { SpectrumResult } from "./result.ts";

/** One-sided power spectral density on logarithmic axes, with the exact spectrum of the sampled process. */
export function spectrumFigures(
  spectrum: SpectrumResult,
  own: SpectrumFigures | null,
  timeUnit: string,
): Figure[] {
  if (!spectrum.oneSidedPower) return [];
  const [factor, unit] = scaleFor(spectrum.frequencies, timeUnit === "s" ? "Hz" : "γ'B_K");
  const { lorentzian } = spectrum;
  const fitted = lorentzian
    ? spectrum.frequencies.filter((f) => f > 0 && f <= 4 * lorentzian.corner.value)
    : [];
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
      caption: [
        "One-sided power spectral density, averaged over spins.",
        ...(own ? ["Line: the exact spectrum for the same sampling."] : []),
        ...(lorentzian ? ["Dashed: the fitted Lorentzian, without the effect of aliases and window."] : []),
      ].join(" "),
      data: [
        trace("ensemble", spectrum.frequencies, spectrum.oneSidedPower, {
          mode: "markers",
          marker: { size: 4, color: colour.ensemble },
        }),
        ...(own
          ? [
              trace("exact", own.frequencies, own.oneSidedPower, {
                mode: "lines",
                line: { color: colour.exact, width: 1.5 },
              }),
            ]
          : []),
        ...(lorentzian
          ? [
              trace(
                "Lorentzian, where fitted",
                fitted,
                fitted.map(
                  (f) =>
                    lorentzian.plateau.value / (1 + (f / lorentzian.corner.value) ** 2) +
                    lorentzian.floor.value,
                ),
                { mode: "lines", line: { color: colour.third, width: 1.6, dash: "dash" } },
              ),
            ]
          : []),
      ],
      layout: layout(`frequency (${unit})`, timeUnit === "s" ? "power (1/Hz)" : `power (${timeUnit})`, {
        x: { type: "log" },
        y: { type: "log", exponentformat: "power" },
      }) as Figure["layout"],
    },
    ...autocorrelationFigures(spectrum, own, timeUnit),
  ];
}

/** Autocorrelation against the lag, with the exact one. */
function autocorrelationFigures(
  { name, autocorrelation: found }: SpectrumResult,
  own: SpectrumFigures | null,
  timeUnit: string,
): Figure[] {
  if (!found || found.times.length < 3) return [];
  const [factor, unit] = scaleFor(found.times, timeUnit);
  const known = own?.autocorrelation;
  const variance = known?.value[0] ?? found.value[0];
  return [
    {
      title: `Autocorrelation: ${name}`,
      caption:
        "Autocovariance divided by the variance. Points: ensemble, bars of two standard errors. Line: exact.",
      data: [
        {
          type: "scatter",
          mode: "markers",
          name: "ensemble",
          x: found.times.map((t) => t * factor),
          y: found.value.map((c) => c / variance),
          error_y: {
            type: "data",
            array: found.standardError.map((e) => (2 * e) / variance),
            thickness: 1,
            width: 0,
            color: colour.ensemble,
          },
          marker: { size: 4, color: colour.ensemble },
        },
        ...(known
          ? [
              exactLine(
                known.times,
                known.value.map((c) => c / variance),
                factor,
              ),
            ]
          : []),
      ],
      layout: layout(`lag (${unit})`, "autocorrelation") as Figure["layout"],
    },
  ];
}
