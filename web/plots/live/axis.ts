/** One axis of a live plot: positions of values, and ticks with their labels. */
export interface Axis {
  /** Pixel of a value. */
  at(value: number): number;
  readonly ticks: readonly { readonly value: number; readonly name: string }[];
  readonly title: string;
  /** Whether grid lines are drawn. */
  readonly grid: boolean;
  readonly low: number;
  readonly high: number;
}

/** The supported part of an axis in plotly's layout. */
export interface AxisLayout {
  readonly title?: { readonly text?: string };
  readonly range?: readonly [number, number];
  readonly type?: string;
  readonly tickvals?: readonly number[];
  readonly showgrid?: boolean;
  readonly showticklabels?: boolean;
  /** Its share of the plot's height or width. */
  readonly domain?: readonly [number, number];
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const raised = (n: number): string =>
  `${n < 0 ? "⁻" : ""}${[...String(Math.abs(n))].map((digit) => superscripts[Number(digit)]).join("")}`;

const minus = (text: string): string => text.replace("-", "−");

/** About `wanted` multiples of 1, 2 or 5 times a power of ten. */
function evenTicks(low: number, high: number, wanted: number): Axis["ticks"] {
  const rough = (high - low) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const places = (x: number): number => Math.max(0, -Math.floor(Math.log10(x) + 1e-9));
  // very large and very small numbers share a power of ten
  const largest = Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high))));
  const isPlain = largest < 5 && largest > -4;
  const unit = isPlain ? 1 : 10 ** largest;
  const name = (value: number): string =>
    `${Number((value / unit).toFixed(places(step / unit)))}${isPlain ? "" : `·10${raised(largest)}`}`;
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => {
    const value = (first + i) * step;
    if (Math.abs(value) < step / 2) return { value, name: "0" };
    return { value, name: minus(name(value)) };
  });
}

/** Powers of ten, thinned out if there are many. */
function powerTicks(low: number, high: number, wanted: number): Axis["ticks"] {
  const every = Math.max(1, Math.ceil((high - low) / Math.max(1, wanted)));
  const first = Math.ceil(low / every) * every;
  const count = Math.floor((high - first) / every) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => {
    const power = first + i * every;
    return { value: 10 ** power, name: power === 0 ? "1" : `10${raised(power)}` };
  });
}

/** An axis between two pixels; `from` is the pixel of its lower end. */
export function axisOf(layout: AxisLayout, from: number, to: number, pixelsPerTick: number): Axis {
  const log = layout.type === "log";
  const [low, high] = layout.range ?? [0, 1];
  const span = high - low || 1;
  const place = (x: number): number => from + ((to - from) * (x - low)) / span;
  const wanted = Math.abs(to - from) / pixelsPerTick;
  const none = layout.showticklabels === false ? [] : undefined;
  const given = layout.tickvals?.map((value) => ({ value, name: minus(String(value)) }));
  return {
    at: log ? (value) => place(Math.log10(value)) : place,
    ticks: none ?? given ?? (log ? powerTicks : evenTicks)(low, high, wanted),
    title: layout.title?.text ?? "",
    grid: layout.showgrid !== false,
    low,
    high,
  };
}
