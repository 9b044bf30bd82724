import type { BinnedRecords } from "./bins.ts";
import { middles, residuals } from "./bins.ts";
import type { Figure } from "./figure.ts";
import { colour, curveColours, layout, scaleFor, titled } from "./figure.ts";

/** At most four records: the first, the last, and two between. */
const shown = (count: number): number[] =>
  count <= 4
    ? Array.from({ length: count }, (_, i) => i)
    : [0, 1, 2, 3].map((i) => Math.round((i * (count - 1)) / 3));

/** A record and how it is drawn: a single one as bars, several as points in different colours. */
interface Drawn {
  readonly name: string;
  readonly exactName: string;
  readonly color: string;
  readonly exactColor: string;
  readonly counts: readonly number[];
  readonly probabilities: readonly number[] | null;
}

function drawnRecords({ times, counts, probabilities }: BinnedRecords, timeUnit: string): Drawn[] {
  const [factor, unit] = scaleFor(times, timeUnit);
  const records = shown(times.length);
  return records.map((i, k) => {
    const own = { counts: counts[i], probabilities: probabilities?.[i] ?? null };
    const label = `${(times[i] * factor).toPrecision(3)} ${unit}`;
    if (records.length === 1)
      return {
        ...own,
        name: "ensemble",
        exactName: "exact",
        color: colour.ensemble,
        exactColor: colour.exact,
      };
    const color = curveColours[k];
    return { ...own, name: label, exactName: `${label} exact`, color, exactColor: color };
  });
}

/** Probability density with bars of two standard errors, and the exact one. */
function densityTraces(record: Drawn, x: readonly number[], width: number, isAlone: boolean): Figure["data"] {
  const { counts, probabilities, color } = record;
  const total = counts.reduce((sum, n) => sum + n, 0);
  const ensemble = {
    name: record.name,
    x,
    y: counts.map((n) => n / total / width),
    error_y: {
      type: "data",
      array: counts.map((n) => (2 * Math.sqrt(n * (1 - n / total))) / total / width),
      thickness: 1,
      width: 0,
      color: isAlone ? "#222" : color,
    },
  };
  const points = isAlone
    ? { ...ensemble, type: "bar", width, marker: { color, line: { width: 0 } } }
    : { ...ensemble, type: "scatter", mode: "markers", marker: { size: 5, color } };
  if (!probabilities) return [points];
  const curve = {
    type: "scatter",
    mode: "lines",
    name: record.exactName,
    x,
    y: probabilities.map((p) => p / width),
    line: { color: record.exactColor, width: isAlone ? 2.5 : 1.5, shape: "spline" },
  };
  return isAlone ? [points, curve] : [curve, points];
}

/** Deviation, in standard errors, beyond which a bin has another colour. */
const farOff = 4;

/** Deviation of each bin: for a single record as bars, large deviations in another colour. */
function residualTrace(record: Drawn, x: readonly number[], width: number, isAlone: boolean) {
  const y = residuals(record.counts, record.probabilities ?? []);
  if (!isAlone)
    return {
      type: "scatter",
      mode: "markers",
      name: record.name,
      x,
      y,
      marker: { size: 5, color: record.color },
    };
  const color = y.map((z) => (Math.abs(z ?? 0) > farOff ? colour.exact : record.color));
  return { type: "bar", name: "ensemble − exact", showlegend: false, x, y, width, marker: { color } };
}

/** The central 95 % of a normal distribution. */
const band = {
  type: "rect",
  xref: "paper",
  x0: 0,
  x1: 1,
  y0: -1.96,
  y1: 1.96,
  fillcolor: "rgba(120,120,120,0.15)",
  line: { width: 0 },
  layer: "below",
} as const;

const height = "probability density";

/** The distribution of a quantity in a unit against its exact density, and the difference in standard errors. */
export function densityFigures(of: string, binned: BinnedRecords, timeUnit: string, unit = ""): Figure[] {
  const { probabilities } = binned;
  const [factor, shownUnit] = scaleFor(binned.edges, unit);
  const edges = binned.edges.map((edge) => edge * factor);
  // remove the number that distinguishes several distributions of one quantity
  const quantity = titled(of.replace(/ \(\d+\)$/, ""), shownUnit);
  const width = edges[1] - edges[0];
  const x = middles(edges);
  const records = drawnRecords(binned, timeUnit);
  const isAlone = records.length === 1;
  const range = { range: [edges[0], edges[edges.length - 1]] };
  const figures: Figure[] = [
    {
      title: `Distribution of ${of}`,
      caption: `${isAlone ? "Bars" : "Points"}: ensemble with two standard errors. Lines: Fokker–Planck density integrated over the same bins.`,
      data: records.flatMap((record) => densityTraces(record, x, width, isAlone)),
      layout: layout(quantity, titled(height, shownUnit && `per ${shownUnit}`), {
        x: range,
        y: { rangemode: "tozero" },
      }) as Figure["layout"],
    },
  ];
  if (!probabilities) return figures;
  const data = records.map((record) => residualTrace(record, x, width, isAlone));
  const reach = data.reduce(
    (most, { y }) => y.reduce<number>((far, z) => Math.max(far, 1.1 * Math.abs(z ?? 0)), most),
    farOff,
  );
  figures.push({
    title: `Distribution of ${of}: ensemble minus exact`,
    caption:
      "Each bin in units of its standard error. About 95 % of the bins should lie in the grey band. Bins with fewer than five expected spins are left out.",
    data,
    layout: layout(quantity, "deviation (standard errors)", {
      x: range,
      y: { range: [-reach, reach] },
      rest: { height: 290, shapes: [band] },
    }) as Figure["layout"],
  });
  return figures;
}
