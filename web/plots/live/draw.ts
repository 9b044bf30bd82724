import type { Drawing } from "../drawing.ts";
import type { PlotTheme } from "../theme.ts";
import type { Axis, AxisLayout } from "./axis.ts";
import { axisOf } from "./axis.ts";
import type { Trace } from "./marks.ts";
import { colourScale, limits, mark, symbol } from "./marks.ts";
import { widthOf, write } from "./words.ts";

/*
 * Draws plots that change with every record on a canvas, from the same traces and layout that plotly gets after the
 * run. plotly takes some twenty milliseconds per plot, this about one.
 */

interface Layout {
  readonly margin: { readonly l: number; readonly r: number; readonly t: number; readonly b: number };
  readonly showlegend?: boolean;
  readonly shapes?: readonly Shape[];
}

/** A line, or a band over all of the plot. */
interface Shape {
  readonly type: string;
  readonly xref?: string;
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  readonly fillcolor?: string;
  readonly line: { readonly color?: string };
}

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

type Context = CanvasRenderingContext2D;

function grid(
  context: Context,
  x: Axis,
  y: Axis,
  { left, right, top, bottom }: Frame,
  theme: PlotTheme,
): void {
  context.lineWidth = 1;
  context.strokeStyle = theme.line;
  context.beginPath();
  for (const { value } of x.grid ? x.ticks : []) {
    context.moveTo(x.at(value), top);
    context.lineTo(x.at(value), bottom);
  }
  for (const { value } of y.grid ? y.ticks : []) {
    context.moveTo(left, y.at(value));
    context.lineTo(right, y.at(value));
  }
  context.stroke();
}

/** The lower line with its ticks and title. */
function lowerAxis(
  context: Context,
  x: Axis,
  { left, right, bottom }: Frame,
  width: number,
  theme: PlotTheme,
): void {
  context.strokeStyle = theme.soft;
  context.fillStyle = theme.ink;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left, bottom);
  context.lineTo(right, bottom);
  for (const { value, name } of x.ticks) {
    context.moveTo(x.at(value), bottom);
    context.lineTo(x.at(value), bottom + 4);
    // the last name ends within the picture
    const middle = Math.min(x.at(value), width - widthOf(context, name) / 2 - 1);
    write(context, name, middle, bottom + 13, "center");
  }
  context.stroke();
  write(context, x.title, (left + right) / 2, bottom + 33, "center", 13);
}

/** Pixels between ticks of a left line, and those that its title needs outside. */
const [ticksApart, titleRoom] = [36, 12];

/** Pixels from the left line to the middle of its title, which the longest name of a tick leaves free. */
const titleFrom = (context: Context, { ticks }: Axis): number =>
  Math.max(46, ...ticks.map(({ name }) => 20 + widthOf(context, name)));

/** The left line with its ticks and title. */
function leftAxis(context: Context, y: Axis, { left, top, bottom }: Frame, theme: PlotTheme): void {
  context.strokeStyle = theme.soft;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left, top);
  context.lineTo(left, bottom);
  context.fillStyle = theme.ink;
  for (const { value, name } of y.ticks) {
    context.moveTo(left, y.at(value));
    context.lineTo(left - 4, y.at(value));
    write(context, name, left - 8, y.at(value), "right");
  }
  context.stroke();
  context.save();
  context.translate(left - titleFrom(context, y), (top + bottom) / 2);
  context.rotate(-Math.PI / 2);
  write(context, y.title, 0, 0, "center", 13);
  context.restore();
}

const legendHeight = 19;
const keyWidth = 36;

/** Entries of a legend, each with its traces. */
function legendRows(context: Context, traces: readonly Trace[], width: number): Trace[][] {
  const rows: Trace[][] = [[]];
  let used = 0;
  for (const trace of traces) {
    const own = keyWidth + widthOf(context, trace.name ?? "") + 12;
    if (used > 0 && used + own > width) {
      rows.push([]);
      used = 0;
    }
    rows[rows.length - 1].push(trace);
    used += own;
  }
  return rows;
}

function legend(
  context: Context,
  rows: readonly Trace[][],
  left: number,
  top: number,
  theme: PlotTheme,
): void {
  for (const [i, row] of rows.entries()) {
    let x = left;
    const y = top + (i + 0.5) * legendHeight;
    for (const { type, mode = "lines", name = "", line, marker, fillcolor } of row) {
      const colour = String(type === "bar" ? marker?.color : (fillcolor ?? marker?.color ?? line?.color));
      context.fillStyle = colour;
      context.strokeStyle = colour;
      if (type === "bar" || fillcolor) context.fillRect(x + 4, y - 5, 26, 10);
      else if (mode === "markers") symbol(context, marker?.symbol, x + 17, y, marker?.size ?? 6);
      else {
        context.lineWidth = line?.width ?? 2;
        context.setLineDash(line?.dash === "dash" ? [6, 4] : []);
        context.beginPath();
        context.moveTo(x + 4, y);
        context.lineTo(x + 30, y);
        context.stroke();
        context.setLineDash([]);
      }
      context.fillStyle = theme.ink;
      write(context, name, x + keyWidth, y);
      x += keyWidth + widthOf(context, name) + 12;
    }
  }
}

const barRoom = 66;

function colourBar(context: Context, trace: Trace, { right, top, bottom }: Frame, theme: PlotTheme): void {
  const colour = colourScale(trace.colorscale);
  const [low, high] = limits(trace);
  const [left, width] = [right + 12, 12];
  const from = top + 16;
  for (let y = from; y < bottom; y++) {
    context.fillStyle = `rgb(${colour(1 - (y - from) / (bottom - from)).join(" ")})`;
    context.fillRect(left, y, width, 1);
  }
  context.fillStyle = theme.ink;
  // a long title ends where the picture ends
  const title = trace.colorbar?.title?.text ?? "";
  write(context, title, Math.min(left, right + barRoom - widthOf(context, title)), top + 4);
  const axis = axisOf({ range: [low, high] }, bottom, from, 45);
  for (const { value, name } of axis.ticks) write(context, name, left + width + 5, axis.at(value));
}

interface Strip {
  readonly from: number;
  readonly to: number;
  readonly axis: AxisLayout;
  /** The name by which traces refer to it. */
  readonly of: string;
}

/**
 * Plots that share their abscissa, one for each vertical axis, or their ordinate; `from` and `to` are the ends of the
 * whole.
 */
function stripsOf(layout: object, kind: "x" | "y", from: number, to: number): Strip[] {
  return Object.entries(layout as Readonly<Record<string, AxisLayout>>)
    .filter(([key]) => new RegExp(`^${kind}axis\\d*$`).test(key))
    .map(([key, axis]) => {
      const [low, high] = axis.domain ?? [0, 1];
      const at = (share: number): number => from + share * (to - from);
      return { from: at(low), to: at(high), axis, of: key.replace("axis", "") };
    });
}

function guide(context: Context, shape: Shape, x: Axis, y: Axis, { left, right }: Frame): void {
  const [from, to] = shape.xref === "paper" ? [left, right] : [x.at(shape.x0), x.at(shape.x1)];
  const [low, high] = [y.at(shape.y0), y.at(shape.y1)];
  if (shape.type === "rect") {
    context.fillStyle = shape.fillcolor ?? "transparent";
    context.fillRect(from, high, to - from, low - high);
    return;
  }
  context.setLineDash([2, 3]);
  context.strokeStyle = shape.line.color ?? "gray";
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(from, low);
  context.lineTo(to, high);
  context.stroke();
  context.setLineDash([]);
}

/** Draws on a canvas that is as large as its box, in device pixels. */
export function drawLive(canvas: HTMLCanvasElement, { traces, layout }: Drawing, theme: PlotTheme): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext("2d");
  if (!context || width === 0) return;
  const scale = devicePixelRatio;
  // setting the size of a canvas clears it
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.scale(scale, scale);
  const { margin, showlegend, shapes = [] } = layout as Layout;
  const all = traces as readonly Trace[];
  const heat = all.find(({ type }) => type === "heatmap");
  const named = showlegend === false ? [] : all.filter((trace) => trace.showlegend !== false);
  const inner = width - margin.l - margin.r;
  const rows = named.length > 0 ? legendRows(context, named, inner) : [];
  const top = margin.t + legendHeight * rows.length + (rows.length > 0 ? 12 : 0);
  const bottom = height - margin.b;
  const upright = stripsOf(layout, "y", bottom, top).map((row) => ({
    row,
    y: axisOf(row.axis, row.from, row.to, ticksApart),
  }));
  const frame: Frame = {
    left: Math.max(margin.l, ...upright.map(({ y }) => titleFrom(context, y) + titleRoom)),
    right: width - margin.r - (heat?.colorbar ? barRoom : 0),
    top,
    bottom,
  };
  for (const [i, column] of stripsOf(layout, "x", frame.left, frame.right).entries()) {
    const x = axisOf(column.axis, column.from, column.to, 62);
    for (const { row, y } of upright) {
      const inner: Frame = { left: column.from, right: column.to, top: row.to, bottom: row.from };
      if (!heat) grid(context, x, y, inner, theme);
      context.save();
      context.beginPath();
      context.rect(inner.left, inner.top, inner.right - inner.left, inner.bottom - inner.top);
      context.clip();
      for (const shape of i === 0 ? shapes : []) guide(context, shape, x, y, inner);
      for (const trace of all)
        if ((trace.yaxis ?? "y") === row.of && (trace.xaxis ?? "x") === column.of) mark(context, trace, x, y);
      context.restore();
      if (i === 0) leftAxis(context, y, inner, theme);
    }
    lowerAxis(context, x, { ...frame, left: column.from, right: column.to }, width, theme);
  }
  legend(context, rows, frame.left, margin.t + 4, theme);
  if (heat?.colorbar) colourBar(context, heat, frame, theme);
}
