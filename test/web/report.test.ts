import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { reportHtml } from "../../src/report/report.ts";
import { sweepHtml } from "../../src/report/sweep.ts";
import { run } from "../../src/run/run.ts";
import { axeOn } from "./axe-on.ts";
import { hurried, saved, verdict, visit } from "./laboratory.ts";
import { picture } from "./picture.ts";
import { chromiumSuite, short } from "./suite.ts";
import { sweepWithGaps } from "./sweep-with-gaps.ts";

const plotly = readFileSync(createRequire(import.meta.url).resolve("plotly.js"), "utf8");

/** A run in which something is tested, something is not, and something is missing. */
const experiment = {
  name: "a report",
  magnet: { delta: 3, alpha: 0.2 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  initial: { type: "direction", m: [0, 0, 1] },
  ensemble: 400,
  time: { duration: 6 },
  observables: [
    { type: "moments", times: 6 },
    { type: "moments", name: "late", times: [6] },
    { type: "histogram", of: "mz", bins: 8, times: 3 },
    { type: "firstPassage", until: "mz < -0.5" },
    { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" },
  ],
} as const;

/** Opens every fold and gives the heads of the sections whose tables are wider than the screen. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    return [...document.querySelectorAll(".scroll")]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map((box) => box.closest("section")?.querySelector("h2")?.textContent ?? "");
  });

/** Figures whose picture is higher than its place, and texts of figures that are cut at the sides. */
const notWhole = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll(".plot")].flatMap((plot) => {
      const place = plot.getBoundingClientRect();
      const name = plot.getAttribute("aria-label") ?? "";
      const picture = plot.querySelector(".main-svg")?.getBoundingClientRect();
      const low = (picture?.height ?? Number.POSITIVE_INFINITY) > place.height + 1 ? [name] : [];
      const cut = [...plot.querySelectorAll("text")].flatMap((text) => {
        const { left, right, width } = text.getBoundingClientRect();
        return width > 0 && (left < place.left - 1 || right > place.right + 1)
          ? [`${name}: ${text.textContent}`]
          : [];
      });
      return [...low, ...cut];
    }),
  );

async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await axeOn(page).exclude(".svg-container").analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

chromiumSuite("a report", "plain", (laboratory) => {
  it("is legible and accessible on wide and narrow screens, light and dark", async () => {
    const result = await run(experiment, { backend: "wasm", threads: 1 });
    const sweep = await sweepWithGaps();
    for (const [name, html, sections] of [
      ["report", reportHtml(result, plotly), ["Figures of merit", "Closed forms", "Checks", "Provenance"]],
      ["sweep-report", sweepHtml(sweep.result, sweep.table, plotly), ["Empty cells"]],
    ] as const) {
      const context = await laboratory.browser.newContext();
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize({ width: 390, height: 900 });
      await page.setContent(html);
      for (const [colorScheme, width] of [
        ["light", 390],
        ["dark", 1440],
      ] as const) {
        // a reader may turn a screen, and evening comes: the report follows
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await page.locator(".main-svg").first().waitFor();
        const wide = await tooWide(page);
        expect(
          sections.filter((section) => wide.includes(section)),
          `${name}, ${width} px`,
        ).toEqual([]);
        await picture(page, `${name}-${colorScheme}-${width}`, true);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        await expect
          .poll(() => notWhole(page), { timeout: 30_000, message: `${name}, ${colorScheme}, ${width} px` })
          .toEqual([]);
        expect(await violationsOf(page)).toEqual([]);
      }
      await context.close();
    }
  });

  it("that the page saves has the experiment as it was asked for, and says what the page recorded besides", async () => {
    const set = { ...short, observables: [{ type: "moments", times: 1 }] };
    const { page, errors } = await visit(
      laboratory.browser,
      laboratory.site.address + hurried(`preset=neel-brown&set=${encodeURIComponent(JSON.stringify(set))}`),
    );
    await verdict(page);
    const [, bytes] = await saved(page, "#report");
    const opened = await page.context().newPage();
    await opened.setContent(bytes.toString());
    const text = (await opened.textContent("section:has(h2:text-is('Experiment')) pre")) ?? "";
    expect(text).toContain("type: moments");
    expect(text).not.toContain("by the page");
    expect(await opened.textContent(".note")).toContain("“mz, by the page”");
    const rows = await opened.$$eval("section:has(h2:text-is('Figures of merit')) tr", (all) =>
      all.map((row) => row.querySelector("td")?.textContent ?? ""),
    );
    expect(rows.filter((row, i) => rows.indexOf(row) !== i)).toEqual([]);
    expect(rows.filter((row) => row.startsWith("⟨mz⟩"))).toHaveLength(2);
    expect(errors).toEqual([]);
  });
});
