import { element } from "../shell/element.ts";
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

/** The arrows that are large enough to be seen. */
function strongest({ mz, phi, up, around }: Current, largest: number): Current {
  const kept = up.map((u, i) => Math.hypot(u, around[i]) > 0.02 * largest);
  const of = (values: readonly number[]) => values.filter((_, i) => kept[i]);
  return { mz: of(mz), phi: of(phi), up: of(up), around: of(around) };
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
  const arrows = showCurrent && current ? strongest(current, largest) : null;
  const circulates = current !== null && largest > 0;
  return {
    traces: [
      {
        type: "contour",
        x: degrees(found.phi),
        y: found.mz,
        z,
        colorscale: "Cividis",
        ncontours: 24,
        contours: { coloring: "heatmap" },
        line: { width: 0.5, color: "rgba(255,255,255,0.35)" },
        colorbar: { title: { text: unit, side: "top" }, thickness: 12, outlinewidth: 0, exponentformat: "e" },
        hovertemplate: `φ %{x:.0f}°, mz %{y:.2f}: %{z:.4g}<extra>${title}</extra>`,
      },
      ...(arrows
        ? [
            {
              type: "scatter",
              mode: "markers",
              name: "probability current",
              x: degrees(arrows.phi),
              y: arrows.mz,
              hovertext: arrows.up.map(
                (u, i) => `current ${Math.hypot(u, arrows.around[i]).toExponential(2)} 1/(s rad)`,
              ),
              hoverinfo: "text",
              marker: {
                symbol: "arrow",
                color: "#ffffff",
                line: { color: "#101418", width: 0.8 },
                size: arrows.up.map((u, i) => 22 * Math.sqrt(Math.hypot(u, arrows.around[i]) / largest)),
                // 0 points up; clockwise
                angle: arrows.up.map((u, i) => (Math.atan2(arrows.around[i], u) * 180) / Math.PI),
              },
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
    panel.update((theme) => (board ? landscape(board, theme, kind, current) : "Being computed."));
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
