import type { Arrow, Triple } from "../../src/figures/arrows.ts";
import { svg } from "../elements/element.ts";
import type { ContourLines } from "../workers/contour-lines.ts";
import type { Camera } from "../workers/messages.ts";
import type { Rows } from "../workers/picture.ts";
import { cameraRows, project, sphereRadius } from "../workers/picture.ts";

const half = 200;
const radius = sphereRadius * half;

const at = (rows: Rows, m: Triple): [number, number, number] => {
  const [x, y, z] = project(rows, m);
  return [half + radius * x, half - radius * y, z];
};

/** Splits a curve on the sphere into its near and far parts, as path data. */
function halves(rows: Rows, points: readonly Triple[]): { near: string; far: string } {
  const parts = { near: "", far: "" };
  let last: "near" | "far" | undefined;
  for (const point of points) {
    const [x, y, z] = at(rows, point);
    const side = z >= 0 ? "near" : "far";
    const text = `${x.toFixed(1)},${y.toFixed(1)}`;
    if (last !== undefined && side !== last) parts[last] += `L${text}`;
    parts[side] += `${side === last ? "L" : "M"}${text}`;
    last = side;
  }
  return parts;
}

const circle = (of: (turn: number) => Triple): Triple[] =>
  Array.from({ length: 73 }, (_, i) => of((2 * Math.PI * i) / 72));

const graticule: readonly (readonly Triple[])[] = [
  ...[-60, -30, 0, 30, 60].map((latitude) => {
    const z = Math.sin((latitude * Math.PI) / 180);
    const rho = Math.cos((latitude * Math.PI) / 180);
    return circle((turn): Triple => [rho * Math.cos(turn), rho * Math.sin(turn), z]);
  }),
  ...[0, 30, 60, 90, 120, 150].map((longitude) => {
    const [c, s] = [Math.cos((longitude * Math.PI) / 180), Math.sin((longitude * Math.PI) / 180)];
    return circle((turn): Triple => [c * Math.cos(turn), s * Math.cos(turn), Math.sin(turn)]);
  }),
];

/** Lines over φ and mz as curves on the sphere. */
function curvesOf({ x, y }: ContourLines): Triple[][] {
  const curves: Triple[][] = [[]];
  for (const [i, phi] of x.entries()) {
    const mz = y[i];
    if (phi === null || mz === null) curves.push([]);
    else {
      const rho = Math.sqrt(Math.max(0, 1 - mz * mz));
      curves[curves.length - 1].push([rho * Math.cos(phi), rho * Math.sin(phi), mz]);
    }
  }
  return curves;
}

/** The line that divides the picture into two densities, with their names. */
const partition = ([left, right]: readonly [string, string]): SVGElement[] => [
  svg("line", { class: "parting", x1: half, x2: half, y1: half - radius, y2: half + radius }),
  svg("text", { class: "side", x: 4, y: 2 * half - 6 }, left),
  svg("text", { class: "side", x: 2 * half - 4, y: 2 * half - 6, "text-anchor": "end" }, right),
];

/** The name beyond the tip of an arrow, placed beside a name that is already there. */
function nameOf(label: string, tip: readonly number[], placed: [number, number][]): SVGElement {
  const push = 13;
  const [dx, dy] = [tip[0] - half, tip[1] - half];
  const away = Math.hypot(dx, dy);
  let [x, y] =
    away > 8 ? [tip[0] + (push * dx) / away, tip[1] + (push * dy) / away] : [tip[0] + push, tip[1] - push];
  while (placed.some(([px, py]) => Math.hypot(px - x, py - y) < 16)) x += 17;
  y = Math.max(9, Math.min(2 * half - 9, y));
  placed.push([x, y]);
  return svg("text", { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": "middle", dy: "0.36em" }, label);
}

/** An arrow from the centre (or through it) with a head and a name. */
function arrow(
  rows: Rows,
  direction: Triple,
  length: number,
  kind: string,
  label: string,
  double: boolean,
  placed: [number, number][],
): SVGElement {
  const tip = at(rows, direction.map((x) => x * length) as unknown as Triple);
  const tail = double ? at(rows, direction.map((x) => -x * length) as unknown as Triple) : [half, half, 0];
  const far = tip[2] < -0.05 && !double;
  const [dx, dy] = [tip[0] - tail[0], tip[1] - tail[1]];
  const size = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / size, dy / size];
  const head = (x: number, y: number, sign: number) =>
    `M${x.toFixed(1)},${y.toFixed(1)}l${(sign * (-9 * ux - 4.5 * uy)).toFixed(1)},${(sign * (-9 * uy + 4.5 * ux)).toFixed(1)}l${(sign * 9 * uy).toFixed(1)},${(sign * -9 * ux).toFixed(1)}z`;
  const group = svg("g", { class: `arrow ${kind}${far ? " far" : ""}` });
  // inside the sphere the arrow is faint, so that spins stay visible
  const from = kind === "mean" ? 0 : 0.86;
  const start = (end: readonly number[]) => [half + (end[0] - half) * from, half + (end[1] - half) * from];
  for (const end of double ? [tip, tail] : [tip]) {
    const [x, y] = kind === "cartesian" ? start(end) : [half, half];
    group.append(svg("line", { x1: x, y1: y, x2: end[0], y2: end[1] }));
    if (kind === "mean")
      group.append(svg("line", { class: "core", x1: x, y1: y, x2: end[0] - 5 * ux, y2: end[1] - 5 * uy }));
  }
  if (size > 14) group.append(svg("path", { d: head(tip[0], tip[1], 1) }));
  if (double && size > 14) group.append(svg("path", { d: head(tail[0], tail[1], -1) }));
  if (label !== "") group.append(nameOf(label, tip, placed));
  return group;
}

const axes: readonly { label: string; direction: Triple }[] = [
  { label: "x", direction: [1, 0, 0] },
  { label: "y", direction: [0, 1, 0] },
  { label: "z", direction: [0, 0, 1] },
];

/** Everything on the sphere that is not a spin: graticule, axes, arrows. Drawn as vectors over the canvas. */
export class Overlay {
  readonly node: SVGElement;
  arrows: readonly Arrow[] = [];
  mean: Triple | null = null;
  linesShown = true;
  /** Whether the sphere is drawn as an opaque surface. */
  dense = false;
  /** Names of the left and the right half of the picture, if they differ. */
  halves: readonly [string, string] | null = null;
  #curves: readonly (readonly Triple[])[] = [];
  /** Data of the nodes that do not move. */
  #made: readonly unknown[] = [];
  #meanArrow: SVGElement | null = null;

  constructor() {
    this.node = svg("svg", { viewBox: "0 0 400 400", class: "overlay", "aria-hidden": "true" });
  }

  /** Lines of equal energy. */
  set lines(lines: ContourLines | null) {
    this.#curves = lines ? curvesOf(lines) : [];
  }

  /** While spins move, only the mean is drawn again. */
  draw(camera: Camera): void {
    const rows = cameraRows(camera);
    this.node.classList.toggle("dense", this.dense);
    const { yaw, pitch } = camera;
    const of = [yaw, pitch, this.#curves, this.linesShown, this.halves, this.arrows];
    if (of.some((part, i) => part !== this.#made[i])) {
      this.#made = of;
      this.node.replaceChildren(...this.#fixed(rows));
    }
    this.#meanArrow?.remove();
    this.#meanArrow =
      this.mean && Math.hypot(...this.mean) > 0.02 ? arrow(rows, this.mean, 1, "mean", "", false, []) : null;
    if (this.#meanArrow) this.node.append(this.#meanArrow);
  }

  #fixed(rows: Rows): SVGElement[] {
    const lines = graticule.map((curve) => halves(rows, curve));
    const equal = this.linesShown ? this.#curves.map((curve) => halves(rows, curve)) : [];
    const nodes: SVGElement[] = [
      svg("circle", { cx: half, cy: half, r: radius, class: "rim" }),
      svg("path", { class: "graticule far", d: lines.map(({ far }) => far).join("") }),
      svg("path", { class: "graticule", d: lines.map(({ near }) => near).join("") }),
      svg("path", { class: "equal far", d: equal.map(({ far }) => far).join("") }),
      svg("path", { class: "equal", d: equal.map(({ near }) => near).join("") }),
      ...(this.halves ? partition(this.halves) : []),
    ];
    const placed: [number, number][] = [];
    for (const { label, direction } of axes)
      nodes.push(arrow(rows, direction, 1.13, "cartesian", label, false, placed));
    for (const { kind, label, direction, length, double } of this.arrows)
      nodes.push(arrow(rows, direction, length, kind, label, double ?? false, placed));
    return nodes;
  }
}

/** The point of the sphere under a point of the picture (in units of half its width from the centre), or null. */
export function unproject(camera: Camera, x: number, y: number): Triple | null {
  const [u, v] = [x / sphereRadius, y / sphereRadius];
  const rest = 1 - u * u - v * v;
  if (rest < 0) return null;
  const [right, up, toward] = cameraRows(camera);
  const w = Math.sqrt(rest);
  return [0, 1, 2].map((k) => u * right[k] + v * up[k] + w * toward[k]) as unknown as Triple;
}

/** The nearest point of the sphere's visible half. */
export function onSphere(camera: Camera, x: number, y: number): Triple {
  const length = Math.hypot(x, y) / sphereRadius;
  const shrink = length > 0.999 ? 0.999 / length : 1;
  return unproject(camera, x * shrink, y * shrink) as Triple;
}
