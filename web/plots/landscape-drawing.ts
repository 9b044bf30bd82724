import { colorbar } from "../../src/figures/figure.ts";
import type { Landscape } from "../workers/messages.ts";
import type { Drawing } from "./drawing.ts";
import { fieldOnDiscs, lineOnDiscs, onDiscs, polarRange } from "./polar-pair.ts";
import type { PlotTheme } from "./theme.ts";
import { baseLayout } from "./theme.ts";

export type Kind = "energy" | "relaxation" | "precession" | "density" | "logDensity";

/** Fields that may be drawn; those without a unit are rates. */
export const kinds: readonly { kind: Kind; name: string; title: string; unit: string }[] = [
  { kind: "energy", name: "V", title: "energy V/kT", unit: "kT" },
  { kind: "relaxation", name: "Ψ", title: "relaxation potential Ψ/D", unit: "Ψ/D" },
  { kind: "precession", name: "Ω", title: "precession potential Ω", unit: "" },
  { kind: "density", name: "ρ", title: "stationary density", unit: "1/sr" },
  { kind: "logDensity", name: "log ρ", title: "stationary density, logarithmic", unit: "log₁₀(ρ sr)" },
];

/** Options of the drawing. */
export interface View {
  readonly kind: Kind;
  readonly current: boolean;
  /** The unit of rates. */
  readonly rate: string;
  /** Whether to draw two discs seen from +z. */
  readonly poles: boolean;
}

/** Decades below the peak in a logarithmic density. */
const mostDecades = 16;

type Field = readonly (readonly (number | null)[])[];

function fieldOf(found: Landscape, kind: Kind): Field | null {
  if (kind !== "logDensity") return found[kind];
  if (!found.density) return null;
  const peak = Math.log10(Math.max(...found.density.flat()));
  // far from the peak the density is rounding
  return found.density.map((row) =>
    row.map((rho) => (rho > 0 && Math.log10(rho) > peak - mostDecades ? Math.log10(rho) : null)),
  );
}

const degree = 180 / Math.PI;

type Current = NonNullable<Landscape["current"]>;
type Broken = readonly (number | null)[];
type Line = { readonly x: Broken; readonly y: Broken };

/**
 * Approximate size of a pixel in degrees, in units of mz and in radii of the discs, so that arrows have the same size.
 */
const perPixel = { phi: 0.6, mz: 0.005, disc: 0.0045 };

/** An arrow about the origin that points up, in pixels of the longest one. */
const dart = [
  [0, 13],
  [7, -9],
  [0, -4],
  [-7, -9],
  [0, 13],
] as const;

/** The arrows that are large enough to be visible, as one line. */
function darts({ mz, phi, up, around }: Current, largest: number, poles: boolean): Line {
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  for (const [i, u] of up.entries()) {
    const share = Math.hypot(u, around[i]) / largest;
    if (share < 0.02) continue;
    const size = Math.sqrt(share);
    // on the discs "up" points inward in the north and outward in the south, and "around" is along the circle
    const outward = mz[i] >= 0 ? -u : u;
    const [alongX, alongY] = poles
      ? [
          outward * Math.cos(phi[i]) - around[i] * Math.sin(phi[i]),
          outward * Math.sin(phi[i]) + around[i] * Math.cos(phi[i]),
        ]
      : [around[i], u];
    const angle = Math.atan2(alongX, alongY);
    const [c, s] = [size * Math.cos(angle), size * Math.sin(angle)];
    const [px, py] = poles ? onDiscs(mz[i], phi[i]) : [phi[i] * degree, mz[i]];
    const [ex, ey] = poles ? [perPixel.disc, perPixel.disc] : [perPixel.phi, perPixel.mz];
    for (const [right, ahead] of dart) {
      x.push(px + ex * (s * ahead + c * right));
      y.push(py + ey * (c * ahead - s * right));
    }
    x.push(null);
    y.push(null);
  }
  return { x, y };
}

const inDegrees = ({ x, y }: Line): Line => ({ x: x.map((phi) => (phi === null ? null : phi * degree)), y });

const lineOf = (line: Line, poles: boolean): Line => (poles ? lineOnDiscs(line) : inDegrees(line));

/** The rims of the discs. */
const rims: Line = ((): Line => {
  const turn = Array.from({ length: 121 }, (_, i) => (2 * Math.PI * i) / 120);
  const [north, south] = [1e-12, -1e-12].map((mz) => turn.map((phi) => onDiscs(mz, phi)));
  return {
    x: [...north.map(([x]) => x), null, ...south.map(([x]) => x)],
    y: [...north.map(([, y]) => y), null, ...south.map(([, y]) => y)],
  };
})();

/** Minima and saddles of the energy, and the lines between the wells. */
function restTraces({ minima, saddles, separatrix }: Landscape, poles: boolean): object[] {
  const marks = (name: string, of: Landscape["minima"], symbol: string) => {
    const places = of.map(({ mz, phi }) => (poles ? onDiscs(mz, phi) : [phi * degree, mz]));
    return {
      type: "scatter",
      mode: "markers",
      name,
      x: places.map(([x]) => x),
      y: places.map(([, y]) => y),
      text: of.map(({ energy }) => `${name}: ${Number(energy.toPrecision(5))} kT`),
      hovertemplate: "%{text}<extra></extra>",
      cliponaxis: false,
      marker: { size: 11, symbol, color: "#ffffff", line: { color: "#101418", width: 1.5 } },
    };
  };
  return [
    ...(separatrix
      ? [
          {
            type: "scatter",
            mode: "lines",
            name: "separatrix",
            ...lineOf(separatrix, poles),
            hoverinfo: "skip",
            line: { width: 2, color: "#ffffff", dash: "dash" },
          },
        ]
      : []),
    ...(minima.length > 0 ? [marks("minimum", minima, "circle")] : []),
    ...(saddles.length > 0 ? [marks("saddle", saddles, "x")] : []),
  ];
}

/** A line that ignores the pointer. */
const lineTrace = (of: Line, more: object): object => ({
  type: "scatter",
  mode: "lines",
  x: of.x,
  y: of.y,
  hoverinfo: "skip",
  ...more,
});

/** The field as cells with colours. */
function fieldTrace(
  found: Landscape,
  z: Field,
  { title, unit }: (typeof kinds)[number],
  poles: boolean,
): object {
  const field = poles
    ? fieldOnDiscs(found, z)
    : { x: found.phi.map((phi) => phi * degree), y: found.mz, z: z.map((row) => [...row]) };
  return {
    type: "heatmap",
    ...field,
    zsmooth: poles ? false : "fast",
    colorscale: "Cividis",
    colorbar: colorbar(unit, { exponentformat: "power" }),
    hovertemplate: poles
      ? `%{z:.4g}<extra>${title}</extra>`
      : `φ %{x:.0f}°, mz %{y:.2f}: %{z:.4g}<extra>${title}</extra>`,
  };
}

function currentTrace(current: Current, poles: boolean): object {
  const largest = Math.max(1e-300, ...current.up.map((u, i) => Math.hypot(u, current.around[i])));
  return lineTrace(darts(current, largest, poles), {
    name: "probability current",
    fill: "toself",
    fillcolor: "#ffffff",
    line: { color: "#101418", width: 0.8 },
  });
}

function layoutOf(theme: PlotTheme, poles: boolean): Drawing["layout"] {
  const bare = { showgrid: false, zeroline: false, showticklabels: false, ticks: "", showline: false };
  return baseLayout(
    theme,
    poles
      ? { title: "m<sub>z</sub> > 0 and m<sub>z</sub> < 0, both seen from +z", range: polarRange.x, ...bare }
      : { title: "φ (degrees)", range: [-180, 180], tickvals: [-180, -90, 0, 90, 180], showgrid: false },
    poles
      ? { title: "", range: polarRange.y, ...bare, scaleanchor: "x", constrain: "domain" }
      : { title: "m<sub>z</sub>", range: [-1, 1], showgrid: false },
    { showlegend: false, margin: { l: poles ? 14 : 58, r: 14, t: 12, b: 44 } },
  );
}

/** Description of the drawing. */
const wordsOf = (found: Landscape, kind: Kind, title: string, hasArrows: boolean): string =>
  [
    title,
    ...(found.minima.length > 0 ? ["○ minima and × saddles of V; dashed: V at the saddles"] : []),
    ...(hasArrows ? ["arrows: the stationary probability current J = ρ(−∇Ψ + m×∇Ω) − D∇ρ"] : []),
    ...(found.reason && kind !== "energy" ? [`no current: ${found.reason}`] : []),
    ...(found.time === null ? [] : ["everything at the chosen time"]),
  ].join("; ");

/** One field over the sphere, as a map of φ and mz or as two discs. */
export function landscapeDrawing(
  found: Landscape,
  theme: PlotTheme,
  { kind, current: shown, poles, rate }: View,
): Drawing | string {
  const z = fieldOf(found, kind);
  if (!z) return found.reason ?? "There is none at zero temperature.";
  const entry = kinds.find((one) => one.kind === kind) as (typeof kinds)[number];
  const described = { ...entry, unit: entry.unit || rate };
  const { title } = described;
  const current = shown ? found.current : null;
  const lines = kind === "logDensity" ? null : found.lines[kind];
  const thin = { width: 0.6, color: "rgba(255,255,255,0.4)" };
  return {
    traces: [
      fieldTrace(found, z, described, poles),
      ...(lines ? [lineTrace(lineOf(lines, poles), { line: thin })] : []),
      ...(poles ? [lineTrace(rims, { line: { width: 1, color: theme.soft } })] : []),
      ...restTraces(found, poles),
      ...(current ? [currentTrace(current, poles)] : []),
    ],
    layout: layoutOf(theme, poles),
    table: {
      [`${title}, rows of mz`]: z.flat().map((value) => value ?? Number.NaN),
      phi: found.phi,
      mz: found.mz,
    },
    words: wordsOf(found, kind, title, Boolean(current)),
  };
}
