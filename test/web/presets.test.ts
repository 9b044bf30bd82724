import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { presets } from "../../web/presets/index.ts";
import { twoLevel } from "../../web/presets/two-level.ts";
import { checkExactHalf } from "./exact-half.ts";
import type { Visit } from "./laboratory.ts";
import { follow, forgetEnd, hurried, saved, started, verdict, visit } from "./laboratory.ts";
import { picture } from "./picture.ts";
import { checkStrips } from "./strips.ts";
import { chromiumSuite } from "./suite.ts";

/** What follows from presets by hand: 2 Ku1/Ms, Ku1 v/kT, γ B_K/2π(1 + α²). */
const derived: Readonly<Record<string, readonly string[]>> = {
  "neel-brown": ["B_K 100 mT", "4", "2.77 GHz"],
  "write-pulse": ["B_K 500 mT", "20", "14 GHz"],
};

/** Figures of what presets ask for, by the view in which they stand. */
const drawn: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "neel-brown": { switching: ["Survival: first passage", "Hazard: first passage", "Not switched: mz > 0"] },
  "p-bit": {
    fluctuation: ["Traces: resistance (kΩ)", "Dwell times: dwell"],
    distribution: ["Distribution of resistance"],
  },
  driven: { distribution: ["Entropy given to the surroundings", "Heat and work"] },
  stack: { switching: ["Survival: first passage"] },
  resonance: { fluctuation: ["Traces: my", "Spectrum: spectrum of my"] },
};

/** A map over three fields, as a link holds it. */
const threeFields = JSON.stringify({ x: { path: "energies.1.B_ext.2", from: -0.01, to: 0.01, count: 3 } });

/** A map of four cells with ensembles over it. */
const fourCells = {
  x: { path: "energies.1.B_ext.2", from: -0.005, to: 0.005, count: 2 },
  y: { path: "energies.0.Ku1", from: 2e4, to: 3e4, count: 2 },
  ensembles: true,
};

/** Numbers of a file of comma-separated values, by column. */
const columnsOf = (csv: Buffer): Record<string, number[]> => {
  const [head, ...rows] = csv
    .toString()
    .trim()
    .split("\n")
    .map(
      (line) =>
        line.match(/("[^"]*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, "").replace(/"/g, "")) ?? [],
    );
  return Object.fromEntries(
    head.map((name, k) => [name, rows.flatMap((row) => (row[k] ? [Number(row[k])] : []))]),
  );
};

/** The verdict with its groups, and what was not tested in the same list, is seen without scrolling on a screen of 1440 × 900. */
async function checkFold(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.evaluate(() => scrollTo(0, 0));
  const bottom = await page.$eval("#groups", (list) => list.getBoundingClientRect().bottom);
  expect(bottom).toBeLessThanOrEqual(900);
  if (before) await page.setViewportSize(before);
}

/** What a finished run of a preset is asked for besides. */
const further: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async "p-bit"(page) {
    // spins that start on both sides have nothing to switch
    expect(await page.isVisible("#tab-switching")).toBe(false);
    await page.click("#tab-fluctuation");
    await checkStrips(page, "p-bit", "dark", 1024);
    await checkStrips(page, "p-bit", "light", 390);
    await page.setViewportSize({ width: 1100, height: 750 });
    await page.click("#tab-maps");
    await page.waitForSelector('#pane-maps [data-filled="true"]');
    await page.waitForSelector('[data-panel="over-share-of-time-up"] .main-svg');
    const save = '[data-panel="over-share-of-time-up"] .save button:text-is("CSV")';
    const curve = async () => {
      const [, csv] = await saved(page, save);
      return csv
        .toString()
        .trim()
        .split("\n")
        .map((line) => line.split(",").map(Number));
    };
    const [, low, none, high] = await curve();
    // a sigmoid: a half without a field, and what one field adds the other takes
    expect(none[1]).toBeCloseTo(0.5, 9);
    expect(low[1] + high[1]).toBeCloseTo(1, 9);
    expect(high[1]).toBeGreaterThan(0.6);
    await picture(page, "maps");
    // a click on the curve runs its field, and the run becomes a point of it
    const plot = page.locator('[data-panel="over-share-of-time-up"] .nsewdrag').first();
    const box = await plot.boundingBox();
    if (!box) throw new Error("the curve has no place");
    await plot.hover({ position: { x: box.width / 2, y: box.height / 2 } });
    await page.mouse.down();
    await page.mouse.up();
    await page.waitForFunction(() => location.hash.includes("B_ext"));
    // ensembles over a map of two numbers: each cell has its interval, and one verdict is over all of them
    await page.evaluate((map) => {
      const link = new URLSearchParams(location.hash.slice(1));
      link.set("map", map);
      location.hash = link.toString();
    }, JSON.stringify(fourCells));
    const verdict = page.locator('#pane-maps [role=status]:text-matches("^4 of 4 cells, .* of them")');
    await verdict.waitFor();
    expect(await verdict.textContent()).toMatch(/\d+ spins each\. \d+ tests over all of them agree/);
    await page.click('[data-of="occupation"]');
    const map = page.locator('[data-panel="map-of-two"]');
    await map.locator(".main-svg").first().waitFor();
    const [, cells] = await saved(page, '[data-panel="map-of-two"] .save button:text-is("CSV")');
    const table = columnsOf(cells);
    const [exact, seen] = [table["occupation, row by row"], table["ensemble, row by row"]];
    // mirrored fields: what one adds the other takes
    for (const row of [0, 2]) expect(exact[row] + exact[row + 1]).toBeCloseTo(1, 9);
    for (const [i, value] of seen.entries()) {
      const width = table["its high end, row by row"][i] - table["its low end, row by row"][i];
      expect(width).toBeGreaterThan(0.002);
      expect(width).toBeLessThan(0.2);
      expect(Math.abs(value - exact[i])).toBeLessThan(1.5 * width);
    }
    const off = page.locator('[data-panel="disagreement"]');
    await off.scrollIntoViewIfNeeded();
    await off.locator(".main-svg").first().waitFor();
    expect(await off.locator(".note").textContent()).toContain("4 cells");
    expect(await page.locator('#pane-maps h3:text-is("Along Ku1")').count()).toBe(1);
    await picture(page, "map-of-two", true);
    const whole = await map.locator(".nsewdrag").first().boundingBox();
    if (!whole) throw new Error("the map has no place");
    await forgetEnd(page);
    await map
      .locator(".nsewdrag")
      .first()
      .hover({ position: { x: 0.75 * whole.width, y: 0.75 * whole.height } });
    await page.mouse.down();
    await page.mouse.up();
    await page.waitForFunction(() => decodeURIComponent(location.hash).includes('"energies.0.Ku1":20000'));
    expect(decodeURIComponent(page.url())).toContain('"energies.1.B_ext.2":0.005}');
    await started(page);
  },
  // on WebAssembly a canvas draws
  "two-level": (page) => checkExactHalf(page, twoLevel.from, 4),
  async "neel-brown"(page) {
    await page.click("#tab-switching");
    await page.setViewportSize({ width: 1440, height: 900 });
    // a long legend leaves the plot its height
    const plot = page.locator('[data-panel="probability-up"] .nsewdrag').first();
    await plot.waitFor();
    expect((await plot.boundingBox())?.height).toBeGreaterThan(130);
    // every row of the figures is as wide as the table, and a rate has a power of ten
    const rows = page.locator('#pane-switching .figures:has-text("smallest eigenvalue") tr');
    const columns = await rows.evaluateAll((all) =>
      all.map((row) =>
        [...row.children].reduce((sum, cell) => sum + (cell as HTMLTableCellElement).colSpan, 0),
      ),
    );
    expect([...new Set(columns)]).toEqual([4]);
    expect(await rows.filter({ hasText: "Brown, low barrier" }).textContent()).toMatch(/\d·10⁸ per s/);
    // names of ticks keep off each other
    const survival = page.locator('[data-panel="survival-first-passage"]');
    await survival.scrollIntoViewIfNeeded();
    await survival.locator(".ytick text").first().waitFor();
    const ends = await survival
      .locator(".ytick text")
      .evaluateAll((texts) =>
        texts.map((text) => text.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom]),
      );
    const sorted = ends.toSorted(([a], [b]) => a - b);
    for (const [i, [top]] of sorted.slice(1).entries()) expect(top).toBeGreaterThan(sorted[i][1] - 3);
    // a page that gets narrow is so at once
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await page.setViewportSize({ width: 1100, height: 750 });
  },
  async stack(page) {
    await page.click("#tab-maps");
    const cut = await page
      .locator("#pane-maps .map-axis input")
      .evaluateAll((fields) =>
        (fields as HTMLInputElement[])
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
          .map(({ value }) => value),
      );
    expect(cut).toEqual([]);
    expect(await page.inputValue('#pane-maps input[aria-label^="to of"]')).toBe("3e10");
  },
  async driven(page) {
    await page.click("#tab-landscape");
    const note = page.locator('[data-panel="landscape"] .note');
    expect(await note.textContent()).toContain("minima");
    await page.click('[data-kind="logDensity"]');
    await page.check('[data-switch="poles"]');
    await page.waitForFunction(() =>
      document.querySelector('[data-panel="landscape"] .xtitle')?.textContent?.includes("both seen from +z"),
    );
    await picture(page, "landscape-poles");
    // nothing changes in time
    expect(await page.isVisible("#landscape-time")).toBe(false);
  },
  async "write-pulse"(page) {
    const said = (name: string) => page.textContent(`[data-left="${name}"] td`);
    const [, exact] = /^\(([\d.]+) ± [\d.]+\)·10⁻⁴$/.exec((await said("exact")) ?? "") ?? [];
    expect(Number(exact)).toBeGreaterThan(3);
    expect(Number(exact)).toBeLessThan(5);
    // of 2000 spins none need be left
    expect(await said("ensemble")).toMatch(/^(none left: below 0\.00\d+|\S+ \(\S+ … \S+\))$/);
    expect(await said("Butler, write error")).toMatch(/^\d/);
    expect(await page.isVisible('#pane-switching [data-add="rareEvent"]')).toBe(true);
    // the same junction without a current: Brown's law of a high barrier, 20 kT, within its corrections of 1/Δ; and while it is read
    const rest = (name: string, k: number) => page.locator(`[data-rest="${name}"] td`).nth(k).textContent();
    await page.locator('[data-rest="read"]').waitFor();
    await picture(page.locator("[data-panel=at-rest]"), "at-rest");
    const brown = ((0.05 * 1.76085963e11 * 0.5) / (1 + 0.05 ** 2)) * Math.sqrt(20 / Math.PI) * Math.exp(-20);
    const milliseconds = Number(/^([\d.]+) ms$/.exec((await rest("kept", 0)) ?? "")?.[1]);
    expect(milliseconds / (1e3 / brown)).toBeGreaterThan(0.95);
    expect(milliseconds / (1e3 / brown)).toBeLessThan(1.15);
    expect(await rest("kept", 1)).toBe("1 within ten years");
    expect(await rest("read", 0)).toMatch(/^[\d.]+ µs$/);
    expect(await rest("read", 1)).toMatch(/ within 10 ns$/);
  },
};

/*
 * The built page in Chromium, from plain files under a path of some depth. Ensembles are small and unpaced; runs on
 * WebAssembly are exact for their seed, so a certificate that passes always passes. One page follows the links of all presets.
 */
chromiumSuite(
  "presets",
  "plain",
  (laboratory) => {
    let last: Visit | undefined;
    it.each(presets.map(({ id, tab }) => [id, tab]))("%s reaches its certificate", async (id, tab) => {
      const link = hurried(
        `preset=${id}&tab=${tab}${id === "p-bit" ? `&map=${encodeURIComponent(threeFields)}` : ""}`,
      );
      if (last && !last.page.isClosed()) await follow(last, link);
      else last = await visit(laboratory.browser, laboratory.site.address + link);
      const { page, errors } = last;
      expect(await verdict(page), (await page.textContent("#reasons")) ?? "").toBe("passed");
      await page.waitForSelector(`#pane-${tab} .main-svg`, { timeout: 20_000 });
      await picture(page, id);
      const beside = (await page.textContent("#derived")) ?? "";
      for (const figure of derived[id] ?? []) expect(beside).toContain(figure);
      // every observable that the preset asks for draws its figures, beside those of the page
      const missing: string[] = [];
      for (const [view, titles] of Object.entries(drawn[id] ?? {})) {
        await page.click(`#tab-${view}`);
        for (const title of titles)
          if ((await page.locator(`#pane-${view} h3:text-is("${title}")`).count()) === 0) missing.push(title);
      }
      expect(missing).toEqual([]);
      // the verdict says what it is of, the worst first; a figure beside an exact one has a test or says why not
      await checkFold(page);
      const widths = await page.$$eval("#groups .bar span", (bars) =>
        bars.map((bar) => Number.parseFloat((bar as HTMLElement).style.width)),
      );
      expect(widths.length).toBeGreaterThan(3);
      expect(widths).toEqual(widths.toSorted((a, b) => b - a));
      const standings = await page.$$eval("tr[data-standing]", (rows) =>
        rows.map((row) => [(row as HTMLElement).dataset.standing, row.lastElementChild?.textContent ?? ""]),
      );
      for (const [standing, words] of standings)
        if (standing !== "agrees") expect(words).toMatch(/^not tested: \w/);
      await further[id]?.(page);
      expect(errors).toEqual([]);
    });
  },
  { onePage: true },
);
