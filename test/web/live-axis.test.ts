import { describe, expect, it } from "vitest";
import { axisOf } from "../../web/plots/live/axis.ts";
import { symbol } from "../../web/plots/live/marks.ts";

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
