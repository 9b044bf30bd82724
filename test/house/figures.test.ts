import ts from "typescript";
import { describe, expect, it } from "vitest";
import { arrowsOf } from "../../src/figures/arrows.ts";
import { cellTrace, shownInCells } from "../../src/figures/cells.ts";
import { densityFigures } from "../../src/figures/density.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { layout } from "../../src/figures/figure.ts";
import { formulaTraces } from "../../src/figures/formulas.ts";
import { withPoints } from "../../src/figures/points-over.ts";
import { sphereMapFigures } from "../../src/figures/sphere-map.ts";
import { stackFigures } from "../../src/figures/stack.ts";
import { demand, solveFokkerPlanck } from "../../src/fokker-planck/index.ts";
import { probabilityCurrent } from "../../src/fokker-planck/probability-current.ts";
import { histogramFigures } from "../../src/observables/histogram/figure.ts";
import { energies } from "../../src/physics/energies/index.ts";
import { torques } from "../../src/physics/torques/index.ts";
import { cobaltCopperCobalt } from "../../src/transport/example-stack.ts";
import { transportResult } from "../../src/transport/transport-result.ts";
import { dynamicsOf, uniaxial } from "../fokker-planck/macrospins.ts";
import { codeOf, nodesIn, programFiles, textOf, treeOf } from "./sources.ts";

const holders = (pattern: RegExp): string[] => programFiles.filter((file) => pattern.test(textOf(file)));

describe("report and page draw the same", () => {
  it("figures of observables, from one list", () => {
    const users = holders(/placed-figures\.ts"/);
    expect(users.some((file) => file.startsWith("src/report/"))).toBe(true);
    expect(users.some((file) => file.startsWith("web/plots/"))).toBe(true);
  });

  /** Files that hold curves, points, bars or cells as plotly takes them. */
  const isTrace = (node: ts.Node): boolean =>
    ts.isPropertyAssignment(node) &&
    ts.isStringLiteral(node.initializer) &&
    // what has a mode alone is drawn as curves or points too
    ((node.name.getText() === "mode" && /^(lines|markers)/.test(node.initializer.text)) ||
      (node.name.getText() === "type" &&
        /^(scatter|bar|heatmap|contour|surface|box|violin|pie|cone|mesh3d)/.test(node.initializer.text)));
  const drawers = programFiles.filter((file) => nodesIn(treeOf(file)).some(isTrace));

  it("nothing that the report draws is drawn by the page itself", () => {
    expect(drawers.filter((file) => file.startsWith("web/"))).toEqual([
      // a line of the run before through the bars of this one
      "web/plots/distribution.ts",
      // the fields over the sphere, which the report has not
      "web/plots/landscape-drawing.ts",
      // the marks on a map: the experiment's place, ensembles in their cells
      "web/plots/map-drawing.ts",
      // what plotly is asked to draw before there is anything, so that it is quick afterwards
      "web/plots/plotly.ts",
    ]);
    const elsewhere = drawers.filter(
      (file) =>
        !/^(web|src\/figures)\/|^src\/report\/[\w-]+-figures?\.ts$|^src\/observables\/[\w-]+\/([\w-]+-)?figure\.ts$/.test(
          file,
        ),
    );
    expect(elsewhere).toEqual([]);
  });

  it("no axis of the page's own drawings is an axis of the report's", () => {
    const titles = (file: string): string[] =>
      [
        ...textOf(file).matchAll(
          /\btitle: "([^"]{4,})"|\blayout\(\s*"([^"]{4,})",\s*"([^"]*)"|, "([^"]* \([^")]+\))"/g,
        ),
      ]
        .flatMap((found) => found.slice(1))
        .filter((title) => title !== undefined && title !== "");
    const own = drawers.filter((file) => file.startsWith("web/")).flatMap(titles);
    const ofReport = new Set(drawers.filter((file) => file.startsWith("src/")).flatMap(titles));
    expect(own.filter((title) => ofReport.has(title))).toEqual([]);
  });

  it("a layer stack, with the same figures and values", () => {
    expect(holders(/"Δμ\/e \(µV\)"/)).toEqual(["src/figures/stack.ts"]);
    expect(holders(/stackFigures\(/)).toEqual([
      "src/figures/stack.ts",
      "src/report/transport.ts",
      "web/plots/stack.ts",
    ]);
    expect(holders(/stackRows\(/)).toEqual([
      "src/cli/transport-command.ts",
      "src/figures/stack.ts",
      "src/report/transport.ts",
      "web/plots/stack.ts",
    ]);
    const stack = stackFigures(transportResult(cobaltCopperCobalt, { Ms: 1.4e6, alpha: 0.01 }));
    expect(stack.map(({ title }) => title)).toEqual([
      "Spin accumulation",
      "Channel currents",
      "Local dissipation",
      "Torque fields",
      "Spin-transfer potentials",
      "Non-equilibrium resistance",
    ]);
    const { shapes, annotations } = stack[0].layout as Record<string, readonly object[]>;
    expect([shapes.length, annotations.length]).toEqual([3, 3]);
  });

  it("values over two parameters as cells, by one function, differences about 0", () => {
    expect(holders(/type: "heatmap"/)).toEqual([
      "src/figures/cells.ts",
      "src/figures/sphere-map.ts",
      "src/report/committor-figure.ts",
      "web/plots/landscape-drawing.ts",
      "web/plots/plotly.ts",
    ]);
    expect(shownInCells([100, 0, null], true)).toEqual([2, null, null]);
    const cells = cellTrace([1, 2, 3], [5, 6], [1, -9, 2, 0, null, 3], { text: "σ", isSigned: true });
    expect(cells).toMatchObject({
      zmin: -9,
      zmax: 9,
      z: [
        [1, -9, 2],
        [0, null, 3],
      ],
    });
    // four standard errors at least
    expect(cellTrace([1], [1], [0.5], { text: "σ", isSigned: true })).toMatchObject({ zmin: -4, zmax: 4 });
  });

  it.each([
    ["dwell times of an ensemble and of a trace", /probability per decade/, "src/figures/dwell-times.ts"],
    [
      "the share of a side",
      /Points: fraction of|probability of m(<sub>)?z(<\/sub>)? >/,
      "src/figures/side-share.ts",
    ],
    [
      "differences in the cells of a map",
      /ensemble − exact\) (of|\/ standard error)/,
      "src/figures/cells.ts",
    ],
    ["powers of ten in the cells of a map", /log₁₀ (\$\{|")/, "src/figures/cells.ts"],
    ["intervals of points along a line", /with 95 % intervals/, "src/figures/fractions.ts"],
    ["a name with its unit", /\$\{name\} \(\$\{unit\}\)`/, "src/figures/figure.ts"],
  ])("%s, in words of one place", (_, pattern, place) => {
    expect(programFiles.filter((file) => pattern.test(codeOf(file)))).toEqual([place]);
  });

  it("dwell times and the share of a side, by the same functions", () => {
    expect(holders(/dwellTimesOf( =|\()/).toSorted()).toEqual([
      "src/figures/dwell-times.ts",
      "src/observables/dwell/figure.ts",
      "src/report/dwell-times-figure.ts",
    ]);
    expect(holders(/sideShareTraces\(/).toSorted()).toEqual([
      "src/figures/side-share.ts",
      "src/observables/moments/not-switched-figure.ts",
      "web/plots/switching.ts",
    ]);
  });

  it("closed forms and their validity, by one function", () => {
    expect(holders(/export function formulaTraces\(/)).toEqual(["src/figures/formulas.ts"]);
    expect(holders(/formulaTraces\(/).some((file) => file.startsWith("web/"))).toBe(true);
    const traces = formulaTraces(
      [0, 1].map((x) => ({ name: "law", x, value: x + 1, inRange: x === 0 })),
    ) as unknown as { name: string; y: (number | null)[] }[];
    expect(traces.map(({ name }) => name)).toEqual(["law (out of range)", "law"]);
    expect(traces[1].y).toEqual([1, null]);
  });

  it("the density, the means and the residuals of a run that moves", () => {
    expect(holders(/"probability density"/)).toEqual(["src/figures/density.ts"]);
    expect(holders(/"mean of m \(1\)"/)).toEqual(["src/figures/components.ts"]);
    expect(holders(/counts\.map\(\(n, i\) =>|\(count - expected\)/)).toEqual(["src/figures/bins.ts"]);
    const drawn = holders(/(densityFigures|sphereMapFigures|meansFigure)\(/);
    expect(drawn.filter((file) => file.startsWith("web/"))).toEqual(["web/plots/distribution.ts"]);
  });

  it("a record alone as bars, a run of records as points, each beside its exact values", () => {
    const records = (count: number) => ({
      edges: [-1, 0, 1],
      times: Array.from({ length: count }, (_, i) => i * 1e-9),
      counts: Array.from({ length: count }, () => [30, 70]),
      probabilities: Array.from({ length: count }, () => [0.5, 0.5]),
    });
    const [alone, off] = densityFigures("mz", records(1), "s");
    expect(alone.data.map(({ type, y }) => [type, y])).toEqual([
      ["bar", [0.3, 0.7]],
      ["scatter", [0.5, 0.5]],
    ]);
    // 20 spins too many or too few, of which √(100/4) = 5 are one standard error
    expect(off.data[0].y).toEqual([-4, 4]);
    expect(densityFigures("mz", records(3), "s")[0].data.map(({ mode }) => mode)).toEqual(
      Array(3).fill(["lines", "markers"]).flat(),
    );
  });

  it("the distribution of a resistance in ohms, with a prefix that suits", () => {
    const histogram = {
      type: "histogram",
      name: "histogram of resistance",
      edges: [5000, 7500, 10_000],
      times: [1e-9],
      counts: [[25, 75]],
      probabilities: [[0.5, 0.5]],
    } as const;
    const [density, off] = histogramFigures(histogram, "s");
    const titles = ({ layout }: Figure) =>
      [layout.xaxis, layout.yaxis].map((axis) => (axis as { title: { text: string } }).title.text);
    expect(titles(density)).toEqual(["resistance (kΩ)", "probability density (per kΩ)"]);
    expect(titles(off)[0]).toBe("resistance (kΩ)");
    const named = (of: string) =>
      titles(histogramFigures({ ...histogram, name: `histogram of ${of}` }, "s")[0]);
    expect(named("resistance (2)")).toEqual(titles(density));
    expect(named("resistance / 5000")).toEqual(["resistance / 5000", "probability density"]);
    expect(density.data.map(({ x, y }) => [x, y])).toEqual([
      [
        [6.25, 8.75],
        [0.1, 0.3],
      ],
      [
        [6.25, 8.75],
        [0.2, 0.2],
      ],
    ]);
  });

  it("a map of few spins in cells that hold enough of them", () => {
    const [rows, columns, spins] = [32, 64, 2048];
    const even = (low: number, high: number, bins: number) =>
      Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins);
    const map = {
      edges: even(-1, 1, rows),
      columnEdges: even(-Math.PI, Math.PI, columns),
      times: [0],
      counts: [Array(rows * columns).fill(spins / rows / columns)],
      probabilities: [Array(rows * columns).fill(1 / rows / columns)],
    };
    const [density, off] = sphereMapFigures(map, "s");
    const [z, differences] = [density, off].map(({ data }) => data[0].z as number[][]);
    // 2048 cells of one spin become 128 of sixteen
    expect([z.length, z[0].length]).toEqual([8, 16]);
    expect(z[3][5]).toBeCloseTo(1 / (4 * Math.PI), 12);
    expect(differences.flat()).toEqual(Array(128).fill(0));
    // the scale of colours starts at zero spins; plotly ignores one limit without the other
    expect([density.data[0].zmin, density.data[0].zmax]).toEqual([0, Math.max(...z.flat())]);
  });

  it.each([
    ["the probability current", /diffusion \* along(Theta|Phi)/, "src/fokker-planck/probability-current.ts"],
    ["arrows of axes, fields and polarizers", /polarizer: \{ length/, "src/figures/arrows.ts"],
  ])("%s, from one place", (_, pattern, place) => {
    expect(holders(pattern)).toEqual([place]);
  });
});

describe("the probability current", () => {
  it("of an equilibrium circulates about the axis alone, with ρ ∂Ω/∂θ", () => {
    const dynamics = dynamicsOf({ delta: 3, alpha: 0.1, energy: uniaxial() });
    const density = demand(demand(solveFokkerPlanck(dynamics)).stationary());
    const current = probabilityCurrent(dynamics, 0.1 / 6, density);
    for (const theta of [0.3, 1.2, 2.5]) {
      const { up, around } = current(theta, 0.7);
      const rho = density.at([
        Math.sin(theta) * Math.cos(0.7),
        Math.sin(theta) * Math.sin(0.7),
        Math.cos(theta),
      ]);
      expect(up).toBeCloseTo(0, 6);
      expect(around).toBeCloseTo(rho * Math.cos(theta) * Math.sin(theta), 6);
    }
  });
});

describe("points over exact curves", () => {
  it("leave the title of the axis at its distance from the numbers", () => {
    const figure: Figure = { title: "rates", caption: "", data: [], layout: { ...layout("path", "rate") } };
    const { xaxis } = withPoints(figure, "field (T)", 0.1, []).layout as Record<string, { title: object }>;
    const { xaxis: before } = figure.layout as Record<string, { title: object }>;
    expect(xaxis.title).toEqual({ ...before.title, text: "field (T)" });
    expect(before.title).toMatchObject({ standoff: expect.any(Number) });
  });
});

describe("arrows on the sphere", () => {
  it.each([
    ...Object.entries(energies).map(([type, entry]) => ["energies", type, entry] as const),
    ...Object.entries(torques).map(([type, entry]) => ["torques", type, entry] as const),
  ])("of %s %s are those that the entry names", (kind, type, entry) => {
    const defaults = Object.entries(entry.parameters).flatMap(([key, parameter]) =>
      "default" in parameter ? [[key, parameter.default]] : [],
    );
    const written = { ...Object.fromEntries(defaults), ...entry.example, type };
    const experiment = { energies: [], torques: [], [kind]: [written] };
    const drawn = arrowsOf(experiment as never);
    const isDrawn = entry.arrows?.some(({ parameter }) => Array.isArray(written[parameter])) ?? false;
    expect(drawn.length > 0).toBe(isDrawn);
    for (const { label } of drawn) expect(entry.arrows?.map((arrow) => arrow.label)).toContain(label);
    for (const { direction } of drawn) expect(Math.hypot(...direction)).toBeCloseTo(1, 12);
  });
});
