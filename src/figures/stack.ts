import type { TransportResult } from "../transport/transport-result.ts";
import type { Figure } from "./figure.ts";
import { colour, curveColours, layout } from "./figure.ts";
import { readable } from "./readable.ts";

type Line = readonly [name: string, y: readonly number[]];

/** Curves over one abscissa, whose values are multiplied by a factor. */
const curves = (x: readonly number[], lines: readonly Line[], factor: number): Figure["data"] =>
  lines.map(([name, y], i) => ({
    type: "scatter",
    mode: "lines",
    name,
    x,
    y: y.map((value) => value * factor),
    line: { color: curveColours[i], width: 2 },
  }));

/** A band under every layer, darker if it is magnetic, with its name above. */
function layersOf({ profile, stack }: TransportResult): object {
  const layers = stack.layers.map(({ asymmetry, name }, i) => {
    const inside = profile.z.filter((_, k) => profile.layer[k] === i).map((z) => z * 1e9);
    return { x0: Math.min(...inside), x1: Math.max(...inside), name: name ?? "", magnetic: !!asymmetry };
  });
  return {
    shapes: layers.map(({ x0, x1, magnetic }) => ({
      type: "rect",
      xref: "x",
      yref: "paper",
      x0,
      x1,
      y0: 0,
      y1: 1,
      layer: "below",
      line: { width: 1, color: "#e5e5e5" },
      fillcolor: magnetic ? "rgba(120,120,120,0.16)" : "rgba(0,0,0,0)",
    })),
    annotations: layers.map(({ x0, x1, name }) => ({
      x: (x0 + x1) / 2,
      y: 1,
      yref: "paper",
      yanchor: "top",
      text: name,
      showarrow: false,
      font: { size: 11, color: colour.grey },
    })),
  };
}

/** A range of values with room for the names of the layers. */
function roomAbove(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || 1;
  return [low === 0 ? 0 : low - 0.06 * span, high + 0.18 * span];
}

/** Accumulation, currents and dissipation along the stack; torque fields, χ, Φ and R^ne over c = m·p. */
export function stackFigures(result: TransportResult): Figure[] {
  const { profile, torque } = result;
  const z = profile.z.map((value) => value * 1e9);
  const along = (title: string, caption: string, y: string, lines: readonly Line[], factor = 1): Figure => {
    const data = curves(z, lines, factor);
    const range = roomAbove([0, ...lines.flatMap(([, values]) => values.map((value) => value * factor))]);
    return {
      title,
      caption,
      data,
      layout: layout("z (nm)", y, { y: { range }, rest: layersOf(result) }) as Figure["layout"],
    };
  };
  const figures = [
    along(
      "Spin accumulation",
      "Δμ/e along the current, both magnets up. Shaded: magnetic layers.",
      "Δμ/e (µV)",
      [["Δμ/e", profile.accumulation]],
      1e6,
    ),
    along(
      "Channel currents",
      "J_α and J_γ: majority and minority channels of magnetization up. Their sum is conserved.",
      "J (A/m²)",
      [
        ["J_α", profile.currentUp],
        ["J_γ", profile.currentDown],
      ],
    ),
    along("Local dissipation", "Joule heat of both channels and spin flips.", "dissipation (W/m³)", [
      ["dissipation", profile.dissipation],
    ]),
  ];
  if (!("c" in torque)) return figures;
  const over = (title: string, caption: string, y: string, lines: readonly Line[], factor = 1): Figure => ({
    title,
    caption,
    data: curves(torque.c, lines, factor),
    layout: layout("c = m·p", y, { x: { range: [-1, 1] } }) as Figure["layout"],
  });
  return [
    ...figures,
    over(
      "Torque fields",
      "Fields of the torque on the free layer against c, the cosine of the angle between m and the polarizer. a > 0 turns m away from the polarizer.",
      "field (mT)",
      [
        ["a, damping-like", torque.a],
        ["b, field-like", torque.b],
      ],
      1e3,
    ),
    over("Spin-transfer potentials", "χ relaxes, Φ precesses (Eq. 49, 50).", "rate (1/s)", [
      ["χ", torque.chi],
      ["Φ", torque.phi],
    ]),
    over(
      "Non-equilibrium resistance",
      "Against the angle between the layers.",
      "R^ne (fΩ m²)",
      [["R^ne", torque.resistance]],
      1e15,
    ),
  ];
}

/** Labels and values of the most important figures, SI units. */
export function stackRows({
  stack,
  resistance,
  magnetoresistance,
  torque,
  voltage,
}: TransportResult): [string, string][] {
  const rows: [string, string][] = [
    ["current density (A/m²)", readable(stack.currentDensity)],
    ["areal resistance (Ω m²)", readable(resistance.total)],
    ["non-equilibrium part (Ω m²)", readable(resistance.nonEquilibrium)],
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
