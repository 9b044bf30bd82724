import { describe, expect, it, vi } from "vitest";
import { axisOf } from "../../web/plots/live/axis.ts";
import { drawLive } from "../../web/plots/live/draw.ts";
import { mark, symbol } from "../../web/plots/live/marks.ts";
import type { PlotTheme } from "../../web/plots/theme.ts";

const names = (range: [number, number], type = "linear", pixels = 400, perTick = 80) =>
  axisOf({ range, type }, 0, pixels, perTick).ticks.map(({ name }) => name);

describe("axes of live plots", () => {
  it("have ticks at 1, 2 or 5 times powers of ten, without noise in their names", () => {
    expect(names([-1, 1])).toEqual(["−1", "−0.5", "0", "0.5", "1"]);
    expect(names([0, 60])).toEqual(["0", "20", "40", "60"]);
    expect(names([0, 0.3])).toEqual(["0", "0.1", "0.2", "0.3"]);
    expect(names([0, 1.6e10])).toEqual(["0", "0.5·10¹⁰", "1·10¹⁰", "1.5·10¹⁰"]);
    expect(names([6e-10, 2.2e-9])).toEqual(["1·10⁻⁹", "1.5·10⁻⁹", "2·10⁻⁹"]);
  });

  it("have powers of ten where they are logarithmic, thinned out where there are many", () => {
    expect(names([-3.2, 0.1], "log")).toEqual(["10⁻³", "10⁻²", "10⁻¹", "1"]);
    expect(names([-12, 0], "log")).toEqual(["10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "1"]);
  });

  it("place values evenly, or their logarithms", () => {
    const up = axisOf({ range: [-1, 1] }, 200, 0, 50);
    expect([up.at(-1), up.at(0), up.at(1)]).toEqual([200, 100, 0]);
    const log = axisOf({ range: [-2, 0], type: "log" }, 0, 100, 50);
    expect(log.at(0.1)).toBeCloseTo(50, 10);
    // what is not positive has no place
    expect(Number.isFinite(log.at(0))).toBe(false);
  });
});

describe("symbols of live plots", () => {
  it("point down to a limit, with their tip on it, and are round where nothing is said", () => {
    const drawn = (kind: string | undefined): string[] => {
      const calls: string[] = [];
      const note =
        (name: string) =>
        (...at: number[]): void => {
          calls.push([name, ...at.slice(0, 2)].join(" "));
        };
      const names = ["beginPath", "moveTo", "lineTo", "closePath", "arc", "rect", "fill"];
      const context = Object.fromEntries(names.map((name) => [name, note(name)]));
      symbol(context as unknown as Parameters<typeof symbol>[0], kind, 10, 20, 8);
      return calls;
    };
    expect(drawn("arrow-down")).toEqual([
      "beginPath",
      "moveTo 10 20",
      "lineTo 6 12",
      "lineTo 14 12",
      "closePath",
      "fill",
    ]);
    expect(drawn(undefined)).toEqual(["beginPath", "arc 10 20", "fill"]);
  });
});

describe("marks of live plots", () => {
  const noted = () => {
    const calls: string[] = [];
    const context = new Proxy({} as Record<string, unknown>, {
      get:
        (_, name: string) =>
        (...at: number[]) =>
          calls.push([name, ...at.slice(0, 2)].join(" ")),
    });
    return { calls, context: context as unknown as Parameters<typeof symbol>[0] };
  };

  it("are open where their name says so", () => {
    const { calls, context } = noted();
    symbol(context, "circle-open", 1, 2, 8);
    expect(calls).toEqual(["beginPath ", "arc 1 2", "stroke "].map((call) => call.trim()));
  });

  it("fill a band that goes down to 0 to the end of a logarithmic axis", () => {
    const { calls, context } = noted();
    const across = axisOf({ range: [0, 2] }, 0, 200, 50);
    const up = axisOf({ range: [-2, 0], type: "log" }, 100, 0, 50);
    const band = { x: [0, 1, 2, 2, 1, 0], y: [1, 0.1, 0.1, 0, 0, 0.01], fill: "toself" };
    mark(context, { type: "scatter", line: { width: 0 }, ...band }, across, up);
    const path = calls.filter((call) => /^(moveTo|lineTo)/.test(call));
    expect(path).toEqual([
      "moveTo 0 0",
      "lineTo 100 50",
      "lineTo 200 50",
      "lineTo 200 100",
      "lineTo 100 100",
      "lineTo 0 100",
    ]);
  });
});

describe("texts of live plots", () => {
  /** Writes with letters of 7 px, and notes each text with its ends. */
  function written(width: number, x: object, y: object) {
    const letter = 7;
    const texts: { text: string; from: number; to: number; turned: boolean }[] = [];
    let shift: number | null = null;
    const context = new Proxy({} as Record<string, unknown>, {
      get: (own, name: string) =>
        ({
          measureText: (text: string) => ({ width: letter * text.length }),
          fillText: (text: string, at: number) =>
            texts.push(
              shift === null
                ? { text, from: at, to: at + letter * text.length, turned: false }
                : { text, from: shift - 6, to: shift + 6, turned: true },
            ),
          translate: (to: number) => {
            shift = to;
          },
          restore: () => {
            shift = null;
          },
        })[name] ??
        own[name] ??
        (() => undefined),
    });
    const canvas = { clientWidth: width, clientHeight: 255, getContext: () => context };
    vi.stubGlobal("devicePixelRatio", 1);
    const layout = { margin: { l: 58, r: 14, t: 8, b: 44 }, xaxis: x, yaxis: y };
    drawLive(canvas as unknown as HTMLCanvasElement, { traces: [], layout, table: {} }, {} as PlotTheme);
    vi.unstubAllGlobals();
    return texts;
  }

  it("are whole, and the title of the left line keeps off the names of its ticks", () => {
    const texts = written(
      300,
      { title: { text: "Ku1 (J/m³)" }, range: [20_000, 80_000] },
      { title: { text: "share of time up" }, range: [0.57651, 0.57659] },
    );
    expect(texts.map(({ text }) => text)).toContain("80000");
    for (const { text, from, to } of texts) {
      expect(from, text).toBeGreaterThanOrEqual(0);
      expect(to, text).toBeLessThanOrEqual(300);
    }
    const title = texts.find(({ turned }) => turned);
    const names = texts.filter(({ text }) => text.startsWith("0.5765"));
    expect(names.length).toBeGreaterThan(2);
    expect(Math.min(...names.map(({ from }) => from))).toBeGreaterThan(title?.to ?? Number.NaN);
  });
});
