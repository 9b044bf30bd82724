import { describe, expect, it } from "vitest";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import type { RatesRow } from "../../src/run/rates.ts";
import { quantitiesOf } from "../../web/plots/map-quantities.ts";
import type { Over } from "../../web/plots/measured.ts";
import { numberAt, seenOf, withRuns } from "../../web/plots/measured.ts";
import { presets } from "../../web/presets/index.ts";
import { readMap } from "../../web/presets/map-asked.ts";
import { stories, storyOf } from "../../web/presets/stories/index.ts";
import { coarseFirst } from "../../web/state/map-filling.ts";
import { applied, valueAt } from "../../web/values/difference.ts";
import type { Measured } from "../../web/workers/measured.ts";
import { hurried, settled, visit } from "./laboratory.ts";
import { picture } from "./picture.ts";
import { chromiumSuite, simplest } from "./suite.ts";

describe("stories", () => {
  it.each(stories)("$id has four steps of presets, which change and map what there is", ({ id, steps }) => {
    expect(steps).toHaveLength(4);
    for (const { preset, changes = {}, map } of steps) {
      expect(presets).toContain(preset);
      const paths = [...Object.keys(changes), ...[map?.x, map?.y].flatMap((axis) => axis?.path ?? [])];
      for (const path of paths) expect(valueAt(preset.experiment, path), path).toBeTypeOf("number");
      expect(applied(preset.experiment, changes)).toBeDefined();
      if (map) expect(readMap(JSON.stringify(map))).toEqual(map);
    }
    expect(storyOf(`${id}.4`)?.step).toBe(3);
    expect([storyOf(`${id}.5`), storyOf(`${id}.0`), storyOf("none.1"), storyOf(undefined)]).toEqual(
      Array(4).fill(null),
    );
  });

  it("maps show the whole of a grid early and every cell once", () => {
    expect(coarseFirst(5, 1)).toEqual([0, 4, 2, 1, 3]);
    const order = coarseFirst(6, 4);
    expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, i) => i));
    expect(order.slice(0, 4)).toEqual([0, 4, 2, 12]);
  });

  it("maps have the units of the experiment's times", () => {
    const row = {
      settings: {},
      slowest: { rate: 0.5 },
      dwellUp: 3,
      dwellDown: null,
      notSwitched: null,
    } as unknown as RatesRow;
    const units = (time: string) => quantitiesOf([row], time).map(({ id, unit }) => [id, unit]);
    expect(units("s")).toEqual([
      ["up", "s"],
      ["rate", "1/s"],
    ]);
    expect(units("1/(γ'B_K)")).toEqual([
      ["up", "1/(γ'B_K)"],
      ["rate", "γ'B_K"],
    ]);
  });

  it("a link holds a map or none", () => {
    for (const bad of ["", "{", "null", '{"x":1}', '{"x":{"path":"a","from":0,"to":1,"count":1e9}}'])
      expect(readMap(bad)).toBeNull();
    const asked = { x: { path: "a", from: 0, to: 1, count: 3 }, ensembles: true };
    expect(readMap(JSON.stringify(asked))).toEqual(asked);
    expect(readMap(JSON.stringify({ ...asked, ensembles: 1 }))).toEqual({ x: asked.x });
    // one number is no plane, and one value no line
    expect(readMap(JSON.stringify({ x: asked.x, y: asked.x }))).toEqual({ x: asked.x });
    expect(readMap(JSON.stringify({ x: { ...asked.x, to: 0 } }))).toBeNull();
  });

  it("an ensemble's share of spins is as far off as the binomial law of its counts says", () => {
    const figure = {
      name: "any name",
      quantity: "notSwitched",
      observable: "",
      unit: "",
      standing: "not tested",
    } as const;
    const of = (value: number, exact: number, spins: number) =>
      seenOf("notSwitched", {
        figures: [{ ...figure, value, exact, standardError: null, standardErrors: null, low: 0, high: 1 }],
        spins,
      });
    // one of a thousand where a tenth of one was expected: p = 2 (1 − 0.9999¹⁰⁰⁰), by the normal law it would be 2.8 σ
    expect(of(0.001, 1e-4, 1000)?.off).toBeCloseTo(1.3098, 2);
    // none where none was to be expected is no deviation
    expect(of(0, 1e-9, 1000)?.off).toBeCloseTo(0, 9);
    expect(of(0.4, 0.5, 10_000)?.off).toBeLessThan(-19);
  });
});

it("the caption of a curve over a number names the symbols that are drawn, and no others", () => {
  const experiment = presets[0].experiment as unknown as CompletedExperiment;
  const path = "energies.0.Ku1";
  const seen: Measured = {
    experiment,
    figures: [
      {
        name: "any name",
        quantity: "timeUp",
        observable: "dwell",
        unit: "s",
        standing: "agrees",
        value: 0.5,
        exact: 0.5,
        standardError: 0.1,
        standardErrors: 0,
      },
    ],
    spins: 100,
  };
  const captionOf = (over: Partial<Over>): string =>
    withRuns(
      { title: "Times", caption: "Times.", quantities: ["timeUp", "timeDown"], data: [], layout: {} },
      { path, title: "Ku1" },
      experiment,
      { runs: [], cells: [], data: [], ...over },
    ).caption;
  const at = numberAt(experiment, path) ?? 0;
  const cells = [{ x: at, seen }];
  const data = [{ settings: { [path]: at }, values: { tau_up: { value: 0.5, error: 0.1 } } }];
  const drawn: Partial<Over>[] = [{}, { runs: [seen] }, { cells }, { runs: [seen], cells, data }];
  expect(drawn.map(captionOf)).toEqual([
    "Times. Dotted: the experiment now.",
    "Times. Dotted: the experiment now. Diamonds: runs, with 95 % intervals.",
    "Times. Dotted: the experiment now. Points: ensembles, with 95 % intervals.",
    "Times. Dotted: the experiment now. Points: ensembles, diamonds: runs, squares: your data, with 95 % intervals.",
  ]);
});

chromiumSuite("the page tells", "plain", (laboratory) => {
  it("stories step by step, and offers what a view could show", async () => {
    const { page, errors } = await visit(
      laboratory.browser,
      laboratory.site.address + hurried(`preset=neel-brown&tab=fluctuation&set=${simplest}`, 500),
      { colorScheme: "dark" },
    );
    await settled(page);
    // the part of a term is marked in the equation while its form is touched
    await page.waitForSelector("#equation math");
    await page.focus("#field-energies\\.0\\.Ku1");
    expect(await page.textContent("#equation p.touched")).toMatch(/^V.*J\/m³$/s);
    await page.focus("#field-magnet\\.alpha");
    expect(await page.locator("#equation .touched").count()).toBe(0);
    // nothing is followed in time yet: a button asks for it, and its figure comes
    await page.click('#pane-fluctuation [data-add="trajectory"]');
    await page.waitForSelector('#pane-fluctuation [data-panel^="traces"]');
    expect(await page.locator("#pane-fluctuation [data-add]").count()).toBe(2);
    const [story] = stories;
    await page.selectOption("#preset", `story ${story.id}.1`);
    expect(await page.textContent("#story")).toContain("1 of 4");
    expect(await page.isDisabled("#story-back")).toBe(true);
    await page.click("#story-next");
    expect(await page.getAttribute("#tab-switching", "aria-selected")).toBe("true");
    await page.click("#story-next");
    await page.waitForFunction(() => location.hash.includes("Ku1"));
    await picture(page, "story");
    await page.click("#story-next");
    expect(await page.getAttribute("#tab-maps", "aria-selected")).toBe("true");
    await page.waitForFunction(() =>
      /^[1-9]/.test(document.querySelector(".map-state [role=status]")?.textContent ?? ""),
    );
    expect(await page.inputValue('#pane-maps select[aria-label="the map is over"]')).toBe("energies.0.Ku1");
    expect(await page.isDisabled("#story-next")).toBe(true);
    expect(new URLSearchParams(new URL(page.url()).hash.slice(1)).get("story")).toBe("heat.4");
    await page.click("#story-end");
    expect(await page.isVisible("#story")).toBe(false);
    expect(page.url()).not.toContain("story");
    expect(errors).toEqual([]);
  });
});
