import { colourOf } from "../../workers/colours.ts";
import type { Axis } from "./axis.ts";

type Numbers = readonly (number | null)[];
type Colour = string | readonly string[];

/** The supported part of plotly's traces. */
export interface Trace {
  readonly type: string;
  readonly mode?: string;
  readonly name?: string;
  readonly showlegend?: boolean;
  readonly x: readonly number[];
  readonly y: Numbers;
  readonly z?: readonly Numbers[];
  readonly zmin?: number;
  readonly zmax?: number;
  readonly colorscale?: string | readonly (readonly [number, string])[];
  readonly colorbar?: { readonly title?: { readonly text?: string } };
  readonly width?: number;
  readonly opacity?: number;
  readonly fill?: string;
  readonly fillcolor?: string;
  readonly line?: { readonly color?: string; readonly width?: number; readonly dash?: string };
  readonly marker?: { readonly color?: Colour; readonly size?: number; readonly symbol?: string };
  readonly xaxis?: string;
  readonly yaxis?: string;
  readonly error_y?: {
    readonly array: readonly number[];
    readonly arrayminus?: readonly number[];
    readonly color?: string;
    readonly width?: number;
  };
}

type Context = CanvasRenderingContext2D;

const dashes: Readonly<Record<string, readonly number[]>> = {
  dash: [9, 6],
  dot: [2, 3],
  dashdot: [9, 4, 2, 4],
  longdash: [14, 6],
  longdashdot: [14, 4, 2, 4],
};

/** Joins the points; a missing value leaves a gap. */
function path(context: Context, { x, y }: Trace, horizontal: Axis, vertical: Axis): void {
  context.beginPath();
  let drawing = false;
  for (const [i, value] of y.entries()) {
    const at = value === null ? Number.NaN : vertical.at(value);
    if (Number.isFinite(at) && Number.isFinite(horizontal.at(x[i]))) {
      if (drawing) context.lineTo(horizontal.at(x[i]), at);
      else context.moveTo(horizontal.at(x[i]), at);
    }
    drawing = Number.isFinite(at);
  }
}

export function symbol(
  context: Context,
  named: string | undefined,
  x: number,
  y: number,
  size: number,
): void {
  const r = size / 2;
  const kind = named?.replace(/-open$/, "");
  context.beginPath();
  if (kind === "square") context.rect(x - r, y - r, size, size);
  else if (kind === "diamond") {
    const d = 1.3 * r;
    context.moveTo(x, y - d);
    context.lineTo(x + d, y);
    context.lineTo(x, y + d);
    context.lineTo(x - d, y);
    context.closePath();
  } else if (kind === "arrow-down") {
    // its tip is at the point, as in plotly
    context.moveTo(x, y);
    context.lineTo(x - r, y - size);
    context.lineTo(x + r, y - size);
    context.closePath();
  } else context.arc(x, y, r, 0, 2 * Math.PI);
  if (kind === named) {
    context.fill();
    return;
  }
  context.strokeStyle = context.fillStyle;
  context.lineWidth = 2;
  context.stroke();
}

function errors(context: Context, { x, y, error_y }: Trace, horizontal: Axis, vertical: Axis): void {
  if (!error_y) return;
  const { array, arrayminus = array, color, width = 0 } = error_y;
  context.strokeStyle = color ?? "gray";
  context.lineWidth = 1;
  context.beginPath();
  for (const [i, value] of y.entries()) {
    if (value === null) continue;
    const [at, high, low] = [
      horizontal.at(x[i]),
      vertical.at(value + array[i]),
      vertical.at(value - arrayminus[i]),
    ];
    // a bar that extends below 0 has no lower end on a logarithmic axis
    const end = Number.isFinite(low) ? low : vertical.at(value);
    context.moveTo(at, high);
    context.lineTo(at, end);
    if (width === 0) continue;
    for (const level of [high, end]) {
      context.moveTo(at - width, level);
      context.lineTo(at + width, level);
    }
  }
  context.stroke();
}

function bars(context: Context, { x, y, width = 0, marker }: Trace, horizontal: Axis, vertical: Axis): void {
  const colour = marker?.color ?? "gray";
  const zero = vertical.at(0);
  for (const [i, value] of y.entries()) {
    if (value === null) continue;
    context.fillStyle = typeof colour === "string" ? colour : colour[i];
    const left = horizontal.at(x[i] - width / 2);
    context.fillRect(
      left,
      vertical.at(value),
      horizontal.at(x[i] + width / 2) - left,
      zero - vertical.at(value),
    );
  }
}

function scatter(context: Context, trace: Trace, horizontal: Axis, vertical: Axis): void {
  const { mode = "lines", line = {}, marker } = trace;
  if (trace.fill === "toself") {
    // an outline that goes down to 0 leaves a logarithmic axis at its lower end, and has no gap
    const bottom = vertical.low;
    const at = (value: number): number =>
      Number.isFinite(vertical.at(value)) ? vertical.at(value) : vertical.at(10 ** bottom);
    path(context, trace, horizontal, { ...vertical, at });
    context.closePath();
    context.fillStyle = trace.fillcolor ?? "gray";
    context.fill();
  }
  errors(context, trace, horizontal, vertical);
  if (mode.includes("lines") && line.width !== 0) {
    path(context, trace, horizontal, vertical);
    context.strokeStyle = line.color ?? "gray";
    context.lineWidth = line.width ?? 2;
    context.lineJoin = "round";
    context.setLineDash([...(dashes[line.dash ?? ""] ?? [])]);
    context.stroke();
    context.setLineDash([]);
  }
  if (!mode.includes("markers")) return;
  const colour = marker?.color ?? "gray";
  for (const [i, value] of trace.y.entries()) {
    if (value === null) continue;
    context.fillStyle = typeof colour === "string" ? colour : colour[i];
    symbol(context, marker?.symbol, horizontal.at(trace.x[i]), vertical.at(value), marker?.size ?? 6);
  }
}

const channels = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** Red, green and blue at a place from 0 to 1 of a scale. */
export function colourScale(scale: Trace["colorscale"]): (place: number) => readonly number[] {
  if (scale === undefined || typeof scale === "string") return colourOf;
  const stops = scale.map(([at, hex]) => ({ at, colour: channels(hex) }));
  return (place) => {
    const next = Math.max(
      1,
      stops.findIndex(({ at }) => at >= place),
    );
    const [a, b] = [stops[next - 1], stops[next]];
    const u = Math.max(0, Math.min(1, (place - a.at) / (b.at - a.at)));
    return a.colour.map((x, k) => x + u * (b.colour[k] - x));
  };
}

/** Lowest and highest value of the colour scale. */
export function limits({ z = [], zmin, zmax }: Trace): [number, number] {
  const flat = z.flat().filter((value): value is number => value !== null);
  return [zmin ?? Math.min(...flat), zmax ?? Math.max(...flat)];
}

/** Cells over the whole plot; those without a value stay clear. */
function heatmap(context: Context, trace: Trace, horizontal: Axis, vertical: Axis): void {
  const { z = [] } = trace;
  const [rows, columns] = [z.length, z[0].length];
  const [low, high] = limits(trace);
  const colour = colourScale(trace.colorscale);
  const cells = new OffscreenCanvas(columns, rows);
  const inner = cells.getContext("2d");
  if (!inner) return;
  const image = inner.createImageData(columns, rows);
  for (const [i, row] of z.entries())
    for (const [j, value] of row.entries()) {
      if (value === null) continue;
      // images start at the top, maps at mz = −1
      const at = 4 * ((rows - 1 - i) * columns + j);
      image.data.set([...colour((value - low) / (high - low || 1)), 255], at);
    }
  inner.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  const [left, top] = [horizontal.at(horizontal.low), vertical.at(vertical.high)];
  context.drawImage(cells, left, top, horizontal.at(horizontal.high) - left, vertical.at(vertical.low) - top);
}

/** Draws one trace into the plot. */
export function mark(context: Context, trace: Trace, horizontal: Axis, vertical: Axis): void {
  context.globalAlpha = trace.opacity ?? 1;
  if (trace.type === "heatmap") heatmap(context, trace, horizontal, vertical);
  else if (trace.type === "bar") {
    bars(context, trace, horizontal, vertical);
    errors(context, trace, horizontal, vertical);
  } else scatter(context, trace, horizontal, vertical);
  context.globalAlpha = 1;
}
