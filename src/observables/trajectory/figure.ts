import type { Figure } from "../../figures/figure.ts";
import { colour, curveColours, layout, scaleFor } from "../../figures/figure.ts";
import type { ResultBase } from "../../result-parts.ts";
import type { TrajectoryResult } from "./result.ts";

/** Traces drawn, and points of each: more cannot be seen. */
const drawnSpins = 4;
const drawnPoints = 4000;

/** The component that tells the two states apart, else the one that something is asked of over time, else mz. */
function componentOf({ experiment: { observables } }: ResultBase): number {
  const levels = observables.find((written) => "up" in written);
  const sampled = observables.find((written) => "sampleEvery" in written);
  const found = /\bm([xyz])\b/.exec(String(levels?.up ?? sampled?.of ?? ""));
  return found ? "xyz".indexOf(found[1]) : 2;
}

/** Where a component crosses from one set of directions to the other, of conditions such as "mz > 0.5". */
const thresholdsOf = ({ experiment: { observables } }: ResultBase, component: number): number[] => {
  const levels = observables.find((written) => "up" in written);
  const threshold = new RegExp(`^\\s*m${"xyz"[component]}\\s*[<>]=?\\s*([-+]?[\\d.]+(?:e[-+]?\\d+)?)\\s*$`);
  return [levels?.up, levels?.down].flatMap((condition) => {
    const found = threshold.exec(String(condition ?? ""));
    return found ? [Number(found[1])] : [];
  });
};

/** Telegraph traces of the recorded spins, one under the other: the resistance where there is a readout. */
export function trajectoryFigures(result: ResultBase, trajectory: TrajectoryResult): Figure[] {
  const { times, m, resistance, signal, signalOf } = trajectory;
  if (times.length < 2 || m.length === 0) return [];
  const component = componentOf(result);
  // what an instrument gave stands for what it measured
  const measured = signal ?? resistance;
  const isOhms = signal ? signalOf === "resistance" : resistance !== undefined;
  const rows = measured ?? m.map((points) => points.map((point) => point[component]));
  const [factor, unit] = scaleFor(times, result.provenance.timeUnit);
  const [ohm, ohmUnit] = isOhms ? scaleFor(rows.flat(), "Ω") : [1, ""];
  const stride = Math.ceil(times.length / drawnPoints);
  const kept = times.flatMap((_, i) => (i % stride === 0 ? [i] : []));
  const spins = rows.slice(0, drawnSpins);
  const name = isOhms ? `resistance (${ohmUnit})` : (signalOf ?? `m${"xyz"[component]}`);
  const thresholds = measured ? [] : thresholdsOf(result, component);
  const share = 1 / spins.length;
  // small deviations are to be seen, whole turns to be distinct from them
  const largest = measured ? 0 : spins.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const reach = largest < 0.6 ? 1.1 * largest : 1.08;
  const axes = Object.fromEntries(
    spins.map((_, k) => [
      k === 0 ? "yaxis" : `yaxis${k + 1}`,
      {
        domain: [1 - (k + 1) * share + 0.03, 1 - k * share],
        zeroline: false,
        gridcolor: "#e5e5e5",
        linecolor: "#555",
        ticks: "outside",
        nticks: 4,
        automargin: true,
        title: { text: `spin ${k + 1}`, font: { size: 12 } },
        ...(measured ? {} : { range: [-reach, reach] }),
      },
    ]),
  );
  const base = layout(`time (${unit})`, "") as { readonly xaxis: object };
  return [
    {
      title: `Traces: ${name}`,
      caption: `The recorded spins, one under the other${signal ? ", as the instrument samples them" : ""}${thresholds.length > 0 ? "; dashed: the thresholds of the two levels" : ""}${stride > 1 ? `; every ${stride}th point is drawn` : ""}.`,
      data: spins.flatMap((row, k) => [
        ...thresholds.map((level) => ({
          type: "scatter",
          mode: "lines",
          name: `threshold ${level}`,
          x: [0, times[times.length - 1] * factor],
          y: [level, level],
          yaxis: k === 0 ? "y" : `y${k + 1}`,
          line: { color: colour.faint, width: 1, dash: "dash" },
          showlegend: false,
          hoverinfo: "skip",
        })),
        {
          type: "scatter",
          mode: "lines",
          name: `spin ${k + 1}`,
          x: kept.map((i) => times[i] * factor),
          y: kept.map((i) => row[i] * ohm),
          yaxis: k === 0 ? "y" : `y${k + 1}`,
          line: { color: curveColours[0], width: 0.9 },
          showlegend: false,
        },
      ]),
      layout: {
        ...base,
        xaxis: { ...base.xaxis, anchor: spins.length > 1 ? `y${spins.length}` : "y" },
        ...axes,
        height: 110 + 100 * spins.length,
      },
    },
  ];
}
