import { element } from "../elements/element.ts";
import type { Board } from "./board.ts";
import type { Drawing } from "./panel.ts";
import { PlotPanel } from "./panel.ts";
import type { Tab } from "./tab.ts";
import type { PlotTheme } from "./theme.ts";
import { baseLayout } from "./theme.ts";

type Kind = "energy" | "relaxation" | "precession" | "density";

const kinds: readonly { kind: Kind; name: string; title: string; unit: string }[] = [
  { kind: "energy", name: "V", title: "energy V/kT", unit: "kT" },
  { kind: "relaxation", name: "Ψ", title: "relaxation potential Ψ/D", unit: "Ψ/D" },
  { kind: "precession", name: "Ω", title: "precession potential Ω", unit: "1/s" },
  { kind: "density", name: "ρ", title: "stationary density", unit: "1/sr" },
];

const degrees = (phi: readonly number[]): number[] => phi.map((x) => (x * 180) / Math.PI);

type Current = NonNullable<Board["landscape"]>["current"] & object;

/** Degrees and units of mz that a pixel is about worth: what makes arrows look the same along both. */
const perPixel = { phi: 0.6, mz: 0.005 };

/** A dart about the origin that points up, in pixels of the longest one. */
const dart = [
  [0, 13],
  [7, -9],
  [0, -4],
  [-7, -9],
  [0, 13],
] as const;

/** The arrows that are large enough to be seen, as one line of darts. */
function darts(
  { mz, phi, up, around }: Current,
  largest: number,
): { x: (number | null)[]; y: (number | null)[] } {
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  for (const [i, u] of up.entries()) {
    const share = Math.hypot(u, around[i]) / largest;
    if (share < 0.02) continue;
    const size = Math.sqrt(share);
    const angle = Math.atan2(around[i], u);
    const [c, s] = [size * Math.cos(angle), size * Math.sin(angle)];
    for (const [right, ahead] of dart) {
      x.push((phi[i] * 180) / Math.PI + perPixel.phi * (s * ahead + c * right));
      y.push(mz[i] + perPixel.mz * (c * ahead - s * right));
    }
    x.push(null);
    y.push(null);
  }
  return { x, y };
}

function landscape(board: Board, theme: PlotTheme, kind: Kind, showCurrent: boolean): Drawing | string {
  const found = board.landscape;
  if (!found) return "Being computed.";
  const z = found[kind];
  if (!z) return found.reason ?? "There is none at zero temperature.";
  const { title, unit } = kinds.find((entry) => entry.kind === kind) as (typeof kinds)[number];
  const { current } = found;
  const largest = current
    ? Math.max(1e-300, ...current.up.map((u, i) => Math.hypot(u, current.around[i])))
    : 1;
  const arrows = showCurrent && current ? darts(current, largest) : null;
  const lines = found.lines[kind];
  const circulates = current !== null && largest > 0;
  return {
    traces: [
      {
        type: "heatmap",
        x: degrees(found.phi),
        y: found.mz,
        z,
        zsmooth: "fast",
        colorscale: "Cividis",
        colorbar: { title: { text: unit, side: "top" }, thickness: 12, outlinewidth: 0, exponentformat: "e" },
        hovertemplate: `φ %{x:.0f}°, mz %{y:.2f}: %{z:.4g}<extra>${title}</extra>`,
      },
      ...(lines
        ? [
            {
              type: "scatter",
              mode: "lines",
              x: lines.x.map((phi) => (phi === null ? null : (phi * 180) / Math.PI)),
              y: lines.y,
              hoverinfo: "skip",
              line: { width: 0.6, color: "rgba(255,255,255,0.4)" },
            },
          ]
        : []),
      ...(arrows
        ? [
            {
              type: "scatter",
              mode: "lines",
              name: "probability current",
              ...arrows,
              hoverinfo: "skip",
              fill: "toself",
              fillcolor: "#ffffff",
              line: { color: "#101418", width: 0.8 },
            },
          ]
        : []),
    ],
    layout: baseLayout(
      theme,
      { title: "φ (degrees)", range: [-180, 180], tickvals: [-180, -90, 0, 90, 180], showgrid: false },
      { title: "m<sub>z</sub>", range: [-1, 1], showgrid: false },
      { showlegend: false, margin: { l: 58, r: 14, t: 12, b: 44 } },
    ),
    table: { [`${title}, rows of mz`]: z.flat(), phi: found.phi, mz: found.mz },
    words: arrows
      ? circulates
        ? `${title}; arrows: the stationary probability current J = ρ(−∇Ψ + m×∇Ω) − D∇ρ, size as the root of its strength`
        : title
      : `${title}${found.reason && kind !== "energy" ? `; no current: ${found.reason}` : ""}`,
  };
}

/** Energy, the two potentials, the stationary density and the current that circulates in it. */
export function landscapeTab(request: () => void): Tab {
  let chosen: Kind | undefined;
  let current = true;
  let board: Board | undefined;
  // where something drives, the density and its current say more than the energy
  const kindNow = (): Kind => chosen ?? (board?.experiment?.torques.length ? "density" : "energy");
  const choose = element(
    "div",
    { class: "choices", role: "group", "aria-label": "what is drawn" },
    ...kinds.map((entry) =>
      element(
        "button",
        {
          type: "button",
          title: entry.title,
          "data-kind": entry.kind,
          click: () => {
            chosen = entry.kind;
            draw();
          },
        },
        entry.name,
      ),
    ),
    element(
      "label",
      {},
      element("input", {
        type: "checkbox",
        checked: true,
        change: (event: Event) => {
          current = (event.target as HTMLInputElement).checked;
          draw();
        },
      }),
      " current",
    ),
  );
  const panel = new PlotPanel("landscape", "Energy landscape", choose);
  panel.node.classList.add("wide");
  const draw = (): void => {
    const kind = kindNow();
    for (const button of choose.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
    panel.update((theme) => (board ? landscape(board, theme, kind, current) : "Being computed."), {
      of: [board?.landscape, kind, current],
    });
  };
  return {
    id: "landscape",
    title: "Landscape",
    node: element("div", { class: "panels" }, panel.node),
    update(given) {
      board = given;
      draw();
    },
    opened: request,
  };
}
