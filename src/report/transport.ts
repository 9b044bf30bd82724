import type { Figure } from "../figures/figure.ts";
import { curveColours, layout } from "../figures/figure.ts";
import { readable } from "../figures/readable.ts";
import type { TransportResult } from "../transport/transport-result.ts";
import { htmlPage } from "./page.ts";
import { table } from "./text.ts";

const line = (
  name: string,
  x: readonly number[],
  y: readonly number[],
  i: number,
): Figure["data"][number] => ({
  type: "scatter",
  mode: "lines",
  name,
  x,
  y,
  line: { color: curveColours[i], width: 2 },
});

/** Grey stripes under every other layer, which make the interfaces visible. */
function stripes({ profile }: TransportResult): object {
  const layers = [...new Set(profile.layer)];
  const shapes = layers
    .filter((layer) => layer % 2 === 0)
    .map((layer) => {
      const z = profile.z.filter((_, i) => profile.layer[i] === layer).map((value) => value * 1e9);
      return {
        type: "rect",
        yref: "paper",
        x0: Math.min(...z),
        x1: Math.max(...z),
        y0: 0,
        y1: 1,
        fillcolor: "rgba(120,120,120,0.10)",
        line: { width: 0 },
        layer: "below",
      };
    });
  return { rest: { shapes } };
}

/** Accumulation, currents and dissipation along the stack; torque fields, χ and Φ over c = m·p. */
export function transportFigures(result: TransportResult): Figure[] {
  const { profile, torque } = result;
  const z = profile.z.map((value) => value * 1e9);
  const along = (title: string, caption: string, y: string, data: Figure["data"]): Figure => ({
    title,
    caption,
    data,
    layout: layout("z (nm)", y, stripes(result)) as Figure["layout"],
  });
  const figures = [
    along("Spin accumulation", "Δμ/e along the stack; shaded: every other layer.", "Δμ/e (µV)", [
      line(
        "Δμ/e",
        z,
        profile.accumulation.map((v) => v * 1e6),
        0,
      ),
    ]),
    along(
      "Channel currents",
      "J_α and J_γ: majority and minority channels of magnetization up.",
      "J (A/m²)",
      [line("J_α", z, profile.currentUp, 0), line("J_γ", z, profile.currentDown, 1)],
    ),
    along("Local dissipation", "Joule heat of both channels and spin flips.", "W/m³", [
      line("dissipation", z, profile.dissipation, 0),
    ]),
  ];
  if (!("c" in torque)) return figures;
  const over = (title: string, caption: string, y: string, data: Figure["data"]): Figure => ({
    title,
    caption,
    data,
    layout: layout("c = m·p", y) as Figure["layout"],
  });
  return [
    ...figures,
    over("Torque fields", "a > 0 turns m away from the polarizer.", "field (mT)", [
      line(
        "a, damping-like",
        torque.c,
        torque.a.map((v) => v * 1e3),
        0,
      ),
      line(
        "b, field-like",
        torque.c,
        torque.b.map((v) => v * 1e3),
        1,
      ),
    ]),
    over("Spin-transfer potentials", "χ relaxes, Φ precesses (Eq. 49, 50).", "rate (1/s)", [
      line("χ", torque.c, torque.chi, 0),
      line("Φ", torque.c, torque.phi, 1),
    ]),
    over("Non-equilibrium resistance", "Against the angle between the layers.", "R^ne (fΩ m²)", [
      line(
        "R^ne",
        torque.c,
        torque.resistance.map((v) => v * 1e15),
        0,
      ),
    ]),
  ];
}

/** Labels and values of the most important figures, SI units. */
export function transportRows({
  resistance,
  magnetoresistance,
  torque,
  voltage,
}: TransportResult): [string, string][] {
  const rows: [string, string][] = [
    ["areal resistance (Ω m²)", readable(resistance.total)],
    ["of it non-equilibrium (Ω m²)", readable(resistance.nonEquilibrium)],
    ["voltage (V)", readable(voltage)],
  ];
  if ("parallel" in magnetoresistance)
    rows.push(
      ["parallel (Ω m²)", readable(magnetoresistance.parallel)],
      ["antiparallel (Ω m²)", readable(magnetoresistance.antiparallel)],
      ["magnetoresistance (%)", readable(100 * magnetoresistance.ratio)],
    );
  else rows.push(["magnetoresistance", magnetoresistance.reason]);
  if ("c" in torque) {
    const middle = (torque.c.length - 1) / 2;
    rows.push(
      ["polarizer: p, r (Ω m²)", `${readable(torque.polarizer.p)}, ${readable(torque.polarizer.r)}`],
      ["free layer: p, r (Ω m²)", `${readable(torque.free.p)}, ${readable(torque.free.r)}`],
      [
        "a at c = 1, 0, −1 (T)",
        [torque.c.length - 1, middle, 0].map((i) => readable(torque.a[i])).join(", "),
      ],
      [
        "b at c = 1, 0, −1 (T)",
        [torque.c.length - 1, middle, 0].map((i) => readable(torque.b[i])).join(", "),
      ],
    );
  } else rows.push(["torque", torque.reason]);
  return rows;
}

/** A solved stack as one self-contained HTML page. */
export function transportHtml(name: string, result: TransportResult, plotly: string): string {
  const head = `<section>${table(["quantity", "value"], transportRows(result))}</section>`;
  return htmlPage({ title: name, head, figures: transportFigures(result), tail: "" }, plotly);
}
