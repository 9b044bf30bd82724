import type { TransportResult } from "../../src/transport/transport-result.ts";
import { element } from "../elements/element.ts";
import { withPrefix } from "../values/number.ts";
import type { Board } from "./board.ts";
import type { Drawing } from "./panel.ts";
import { PlotPanel } from "./panel.ts";
import type { Tab } from "./tab.ts";
import type { PlotTheme } from "./theme.ts";
import { baseLayout } from "./theme.ts";

const none =
  "This experiment has no layer stack. Add a torque of the type spinAccumulation, or choose the preset with one.";

const inNanometres = (z: readonly number[]): number[] => z.map((x) => x * 1e9);

/** Layers as shaded bands with their names. */
function bands({ profile, stack }: TransportResult, theme: PlotTheme): object {
  const ends = stack.layers.map((layer, i) => {
    const inside = profile.z.filter((_, k) => profile.layer[k] === i);
    const magnetic = (layer.asymmetry ?? 0) !== 0;
    return { x0: Math.min(...inside) * 1e9, x1: Math.max(...inside) * 1e9, name: layer.name ?? "", magnetic };
  });
  return {
    shapes: ends.map(({ x0, x1, magnetic }) => ({
      type: "rect",
      xref: "x",
      yref: "paper",
      x0,
      x1,
      y0: 0,
      y1: 1,
      layer: "below",
      line: { width: 1, color: theme.line },
      fillcolor: magnetic ? theme.line : "rgba(0,0,0,0)",
      opacity: 0.45,
    })),
    annotations: ends.map(({ x0, x1, name }) => ({
      x: (x0 + x1) / 2,
      y: 1,
      yref: "paper",
      yanchor: "top",
      text: name,
      showarrow: false,
      font: { size: 11, color: theme.soft },
    })),
  };
}

/** A range of values with room for the names of the layers. */
const roomAbove = (values: readonly number[]): [number, number] => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || 1;
  return [low === 0 ? 0 : low - 0.06 * span, high + 0.18 * span];
};

function accumulation(board: Board, theme: PlotTheme): Drawing | string {
  const found = board.transport;
  if (!found) return none;
  const { z, accumulation: y } = found.profile;
  const microvolts = y.map((x) => x * 1e6);
  return {
    traces: [
      {
        type: "scatter",
        mode: "lines",
        name: "Δμ/e",
        x: inNanometres(z),
        y: microvolts,
        line: { color: theme.mz, width: 2.2 },
      },
    ],
    layout: baseLayout(
      theme,
      { title: "z (nm)" },
      { title: "Δμ/e (µV)", range: roomAbove(microvolts) },
      { showlegend: false, ...bands(found, theme) },
    ),
    table: { "z (m)": z, "accumulation (V)": y },
    words: "spin accumulation along the current, both magnets up",
  };
}

function currents(board: Board, theme: PlotTheme): Drawing | string {
  const found = board.transport;
  if (!found) return none;
  const { z, currentUp, currentDown } = found.profile;
  const scale = (values: readonly number[]) => values.map((x) => x / 1e10);
  const line = (name: string, y: readonly number[], color: string, dash: string) => ({
    type: "scatter",
    mode: "lines",
    name,
    x: inNanometres(z),
    y: scale(y),
    line: { color, width: 2.2, dash },
  });
  return {
    traces: [line("J up", currentUp, theme.bar, "solid"), line("J down", currentDown, theme.exact, "dash")],
    layout: baseLayout(
      theme,
      { title: "z (nm)" },
      { title: "current (10¹⁰ A/m²)", range: roomAbove([0, ...scale(currentUp), ...scale(currentDown)]) },
      bands(found, theme),
    ),
    table: { "z (m)": z, "up (A/m²)": currentUp, "down (A/m²)": currentDown },
    words: "currents of the two spin channels; their sum is conserved",
  };
}

function torque(board: Board, theme: PlotTheme): Drawing | string {
  const found = board.transport;
  if (!found) return none;
  if (!("c" in found.torque)) return `There is no torque: ${found.torque.reason}.`;
  const { c, a, b } = found.torque;
  const line = (name: string, y: readonly number[], color: string, dash: string) => ({
    type: "scatter",
    mode: "lines",
    name,
    x: c,
    y: y.map((x) => x * 1e3),
    line: { color, width: 2.2, dash },
  });
  return {
    traces: [line("a, damping-like", a, theme.bar, "solid"), line("b, field-like", b, theme.exact, "dash")],
    layout: baseLayout(theme, { title: "c = m·p", range: [-1, 1] }, { title: "torque as a field (mT)" }),
    table: { c, "a (T)": a, "b (T)": b },
    words: "what the stack does to the free layer, against the angle between m and the polarizer",
  };
}

function figures(found: TransportResult): HTMLElement[] {
  const line = (name: string, value: string) =>
    element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, value));
  const area = (x: number) => `${(x * 1e15).toPrecision(5)} fΩ m²`;
  const rows = [
    line("current density", withPrefix(found.stack.currentDensity, "A/m²", 4)),
    line("voltage", withPrefix(found.voltage, "V", 4)),
  ];
  if ("antiparallel" in found.magnetoresistance) {
    const { parallel, antiparallel } = found.magnetoresistance;
    rows.push(
      line("R parallel", area(parallel)),
      line("R antiparallel − parallel", area(antiparallel - parallel)),
    );
  }
  if ("polarizer" in found.torque) {
    const { polarizer, free } = found.torque as unknown as Record<string, Record<string, number>>;
    for (const [name, side] of [
      ["polarizer", polarizer],
      ["free layer", free],
    ] as const)
      for (const [key, value] of Object.entries(side))
        if (typeof value === "number")
          rows.push(line(`${name}, ${key}`, Math.abs(value) < 1e-9 ? area(value) : value.toPrecision(5)));
  }
  return rows;
}

/** Spin accumulation, channel currents and the torque of a layer stack. */
export function stackTab(request: () => void): Tab {
  const panels = [
    { panel: new PlotPanel("accumulation", "Spin accumulation"), draw: accumulation },
    { panel: new PlotPanel("channel-currents", "Currents of the channels"), draw: currents },
    { panel: new PlotPanel("stack-torque", "Torque on the free layer"), draw: torque },
  ];
  const table = element("table", { class: "figures" });
  const box = element("section", { class: "panel" }, element("h3", {}, "In figures"), table);
  return {
    id: "stack",
    title: "Stack",
    node: element("div", { class: "panels" }, ...panels.map(({ panel }) => panel.node), box),
    wanted: (board) => board.experiment?.torques.some((torque) => "stack" in torque) ?? false,
    update(board) {
      for (const [i, { panel, draw }] of panels.entries()) {
        panel.node.hidden = !board.transport && i > 0;
        panel.update((theme) => draw(board, theme), { of: [board.transport] });
      }
      box.hidden = !board.transport;
      if (board.transport) table.replaceChildren(...figures(board.transport));
    },
    opened: request,
  };
}
