import { describe, expect, it } from "vitest";
import type { Figure } from "../../src/figures/figure.ts";
import { factorBetween } from "../../src/figures/figure.ts";
import type { PlacedFigure } from "../../src/observables/placed-figures.ts";
import { besideKept, sameFigure } from "../../web/plots/kept.ts";

const points = (x: readonly number[]): Figure["data"][number] => ({
  type: "scatter",
  mode: "markers",
  name: "ensemble",
  x,
  y: x.map(() => 0.5),
});

const over = (title: string, x: readonly number[]): Figure => ({
  title: "Dwell times",
  caption: "Shares.",
  data: [points(x)],
  layout: { xaxis: { title: { text: title } }, yaxis: { title: { text: "share" } } },
});

describe("a run that is kept", () => {
  it("is drawn in the units of the run beside it, whose prefix may be another", () => {
    expect(
      ["ns", "s", "ns", "1/s"].map((from, i) => factorBetween(from, ["µs", "ps", "Hz", "1/s"][i])),
    ).toEqual([1e-3, 1e12, null, 1]);
    const { data, caption } = besideKept(
      over("dwell time (µs)", [1, 2]),
      over("dwell time (ns)", [800, 900]),
    );
    expect(data.map(({ name }) => name)).toEqual(["kept: ensemble", "ensemble"]);
    expect((data[0].x as number[]).map((x) => x.toPrecision(6))).toEqual(["0.800000", "0.900000"]);
    expect(caption).toContain("Faint");
  });

  it("is not drawn over axes of something else", () => {
    for (const title of ["dwell time (1/(γ'B_K))", "frequency (ns)"]) {
      const { data, caption } = besideKept(over("dwell time (ns)", [1]), over(title, [800]));
      expect(data.map(({ name }) => name)).toEqual(["ensemble"]);
      expect(caption).toContain("other axes");
    }
  });

  it("stands beside the same observable, whatever titles say", () => {
    const placed = (observable: string, name = ""): PlacedFigure => ({
      observable,
      kind: "Second moments",
      view: "distribution",
      figure: { ...over("", []), title: `Second moments${name}` },
    });
    const both = [placed("moments", ": moments"), placed("late", ": late")];
    expect(sameFigure(placed("late"), both)).toBe(both[1]);
    expect(sameFigure(placed("late"), [placed("moments")])).toBeUndefined();
  });
});
