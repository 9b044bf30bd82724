import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { axeOn } from "./axe-on.ts";
import type { Visit } from "./laboratory.ts";
import { saved, settled, verdict, visit } from "./laboratory.ts";
import { tableOf, traceText } from "./measured-files.ts";
import { picture } from "./picture.ts";
import type { Laboratory } from "./suite.ts";
import { chromiumSuite } from "./suite.ts";

/** A part of the example, long enough for its levels. */
const example = readFileSync(new URL("../../examples/telegraph-trace.csv", import.meta.url), "utf8")
  .split("\n")
  .slice(0, 1500)
  .join("\n");

/** Drops files on the page. */
export const drop = (page: Page, files: readonly (readonly [string, string])[]): Promise<void> =>
  page.evaluate((named) => {
    const data = new DataTransfer();
    for (const [name, text] of named) data.items.add(new File([text], name));
    dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true, bubbles: true }));
  }, files);

/** The two-level magnet for a moment, with what is fitted and nothing besides. */
const moment = {
  "time.duration": 1e-9,
  "time.step": 1e-12,
  compare: "none",
  observables: [{ type: "dwell", up: "mz > 0.5", down: "mz < -0.5" }],
};
const linkTo = (set: Readonly<Record<string, unknown>>): string =>
  `#v=1&preset=two-level&spins=64&seconds=0&set=${encodeURIComponent(JSON.stringify(set))}`;
const quiet = linkTo(moment);

const panel = (title: string): string => `#pane-data .panel:has(h3:text-is("${title}"))`;

async function isDrawn(page: Page, title: string): Promise<void> {
  await page.locator(panel(title)).scrollIntoViewIfNeeded();
  await page
    .locator(`${panel(title)} .main-svg`)
    .first()
    .waitFor();
}

/** The page of the first tests: what one drops takes the place of what the test before has dropped. */
let last: Visit | undefined;
async function samePage({ site, browser }: Laboratory): Promise<Visit> {
  if (!last || last.page.isClosed()) {
    last = await visit(browser, site.address + quiet);
    await settled(last.page);
  }
  await last.page.setViewportSize({ width: 1440, height: 900 });
  await last.page.emulateMedia({ colorScheme: "light" });
  return last;
}

function tests(laboratory: Laboratory): void {
  it("shows a dropped trace with its levels, dwell times and errors, on wide and narrow screens, light and dark", async () => {
    const { page, errors } = await samePage(laboratory);
    await drop(page, [["telegraph.csv", example]]);
    await page.waitForSelector('#tab-data[aria-selected="true"]');
    const figures = page.locator("#pane-data .figures").first();
    expect(await figures.textContent()).toContain("mean dwell down");
    await page.waitForFunction(() =>
      document.querySelector("#pane-data .figures")?.textContent?.match(/\d ns/),
    );
    for (const [colorScheme, width] of [
      ["light", 1440],
      ["dark", 390],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      for (const title of [
        "The trace and its levels",
        "Dwell times of the trace",
        "Values of the signal",
        "Power spectrum",
        "Steadiness along the trace",
      ])
        await isDrawn(page, title);
      await page.evaluate(() => scrollTo(0, 0));
      await picture(page, `data-${colorScheme}-${width}`, true);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      expect(
        await page
          .locator("#pane-data .scroll")
          .evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth).length),
      ).toBe(0);
      const { violations } = await axeOn(page).include("#pane-data").exclude(".svg-container").analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
    }
    expect(errors).toEqual([]);
  });

  it("reads several files as a sweep over the numbers in their names", async () => {
    const { page, errors } = await samePage(laboratory);
    const files = [-0.002, 0, 0.002].map((value, i): [string, string] => [
      `b=${value}.csv`,
      traceText([20e-9 * Math.exp(-500 * value), 20e-9 * Math.exp(500 * value)], 60 + i),
    ]);
    await drop(page, files);
    await page.waitForSelector('#tab-data[aria-selected="true"]');
    await page.selectOption('.data-controls select[aria-label="what was swept"]', "torques.0.dampingLike");
    await page.click('.data-controls button:text-is("Read again")');
    await isDrawn(page, "ln of the ratio of dwell times");
    await isDrawn(page, "Measured and exact");
    await page.waitForSelector('#pane-data .figures td:text-matches("\\\\d ns$")');
    await isDrawn(page, "Dwell times of the trace");
    await picture(page, "data-sweep", true);
    expect(await page.locator("#pane-data .panels h3").allTextContents()).toEqual([
      "Measured and exact",
      "ln of the ratio of dwell times",
      "The trace and its levels",
      "Dwell times of the trace",
      "Values of the signal",
      "Power spectrum",
      "Autocovariance of the signal",
      "Drift of the signal",
      "Diffusion of the signal",
      "Steadiness along the trace",
    ]);
    const [name, table] = await saved(page, '#pane-data button:text-is("Save dwell times")');
    expect([name, table.toString().split("\n")[0]]).toEqual([
      "dwell-times.csv",
      "torques.0.dampingLike,tau_up,tau_up_error,tau_down,tau_down_error,tau_correlation",
    ]);
    await page.selectOption('[aria-label="trace that is shown"]', { index: 2 });
    await isDrawn(page, "The trace and its levels");
    expect(errors).toEqual([]);
  });

  it("says what is wrong with a file and leaves the page as it was, asks what a file leaves open, removes a drift", async () => {
    const { page, errors } = await samePage(laboratory);
    await page.click("#tab-distribution");
    const before = page.url();
    const bad: readonly (readonly [string, string, RegExp])[] = [
      ["nan.csv", example.replace("\n17,", "\n17,x"), /nan\.csv: line 19: .*not a finite number/],
      ["gap.csv", example.replace(/\n20,.*/, ""), /gap\.csv: line/],
      [
        "constant.csv",
        `t (s),V\n${Array.from({ length: 500 }, (_, i) => `${i},0.5`).join("\n")}\n`,
        /constant/,
      ],
      [
        "table.csv",
        "tau_up,tau_up_error\n1e-8,1e-9\n-1,1e-9\n",
        /table\.csv: line 3: tau_up and its error must be > 0/,
      ],
      ["empty.csv", "", /empty\.csv is empty/],
    ];
    for (const [name, text, message] of bad) {
      await drop(page, [[name, text]]);
      await page.waitForSelector('#notices [data-key="data"].bad');
      expect(await page.textContent('#notices [data-key="data"]'), name).toMatch(message);
      await page.click('#notices [data-key="data"] [aria-label="dismiss"]');
      expect(await page.getAttribute("#tab-data", "aria-selected")).toBe("false");
    }
    expect(page.url()).toBe(before);
    // which signal is meant, and how far apart its samples are
    const values = example
      .split("\n")
      .slice(1, 1500)
      .map((line) => line.split(",")[1]);
    const two = `A (V),B (V)\n${values.map((v, i) => `${v},${i % 3}`).join("\n")}\n`;
    await drop(page, [["two.csv", two]]);
    await page.waitForSelector(".asks:visible");
    expect(await page.textContent(".asks")).toBe("two.csv has 2 signals: choose.");
    await page.check('.data-controls input[value="A"]');
    await page.click('.data-controls button:text-is("Read again")');
    await page.waitForFunction(() =>
      document.querySelector(".asks")?.textContent?.includes("time between samples"),
    );
    await page.fill('.data-controls input[aria-label="time between samples"]', "1e-9");
    // what is typed outlasts a change of the experiment, a wrong one too
    await page.fill("#field-magnet\\.alpha", "-1");
    await page.waitForFunction(() => document.getElementById("controls")?.dataset.problems === "1");
    await page.fill("#field-magnet\\.alpha", "0.2");
    await page.waitForFunction(() => document.getElementById("controls")?.dataset.problems === "0");
    expect(await page.inputValue('.data-controls input[aria-label="time between samples"]')).toBe("1e-9");
    await page.click('.data-controls button:text-is("Read again")');
    await page.waitForSelector(panel("Dwell times of the trace"));
    expect(await page.textContent('[data-panel="data"]')).toContain("two.csv, A: 1499 samples");
    // a drift is removed where a time is filled in; what was removed is said, and kept in the link
    await drop(page, [["telegraph.csv", example]]);
    await page.waitForSelector('[data-panel="data"]:has-text("telegraph.csv")');
    await page.fill('.data-controls input[aria-label="removed drift"]', "1e-6");
    await page.fill('.data-controls input[aria-label="removed line"]', "0");
    await page.click('.data-controls button:text-is("Read again")');
    expect(await page.textContent(".data-controls .error")).toBe("removed line must be a number > 0");
    await page.fill('.data-controls input[aria-label="removed line"]', "");
    await page.click('.data-controls button:text-is("Read again")');
    await page.waitForFunction(() =>
      document.querySelector("#pane-data .figures")?.textContent?.includes("removed drift"),
    );
    expect(new URL(page.url()).hash).toContain("drift");
    expect(errors).toEqual([]);
  });

  it("fits the experiment to a dropped table, shows it beside the exact curves, and is in the link", async () => {
    await last?.page.close();
    const { page, errors } = await samePage(laboratory);
    await drop(page, [["dwell-times.csv", tableOf({ "energies.0.Ku1": 4.2e4 })]]);
    await isDrawn(page, "Measured and exact");
    await isDrawn(page, "ln of the ratio of dwell times");
    await page.check('.data-fit input[value="energies.0.Ku1"]');
    await page.click('.data-fit button:text-is("Fit")');
    await page.waitForSelector(".data-fit .figures", { timeout: 60_000 });
    const found = (await page.textContent(".data-fit .figures td")) ?? "";
    expect(Math.abs(Number(found.split(" ")[0]) / 4.2e4 - 1)).toBeLessThan(1e-4);
    expect(await page.textContent(".data-fit")).toContain("converged");
    await isDrawn(page, "Measured and fitted");
    await isDrawn(page, "Residuals");
    await page.click('.data-fit button:text-is("Intervals from the profile")');
    await page.waitForSelector('.data-fit th:text-is("from the profile of χ²")', { timeout: 60_000 });
    await picture(page, "data-fit", true);
    // the experiment takes what was found
    await page.click('.data-fit button:text-is("Use these values")');
    await page.waitForFunction(() => decodeURIComponent(location.hash).includes('"energies.0.Ku1":42'));
    const { violations } = await axeOn(page).include("#pane-data").exclude(".svg-container").analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
    // what was measured stands over the exact curve of the maps, too
    await page.click("#tab-maps");
    const over = '[data-panel="over-mean-dwell-times"]';
    await page.waitForSelector(`${over} .note:has-text("squares: your data")`);
    const [, csv] = await saved(page, `${over} .save button:text-is("CSV")`);
    expect(csv.toString().split("\n")[0]).toContain('your data,"your data, error bar"');
    await page.click("#tab-data");
    const again = await visit(laboratory.browser, page.url());
    await again.page.waitForSelector(panel("ln of the ratio of dwell times"));
    expect(await again.page.textContent('[data-panel="data"]')).toContain("dwell-times.csv: 5 measurements");
    expect([...errors, ...again.errors]).toEqual([]);
  });

  it("stops a fit at once and keeps the best so far", async () => {
    const { page, errors } = await visit(laboratory.browser, laboratory.site.address + quiet);
    await verdict(page);
    const workers = page.workers().length;
    await drop(page, [["dwell-times.csv", tableOf({ "energies.0.Ku1": 5e4, "magnet.alpha": 0.05 })]]);
    await page.waitForSelector(panel("Measured and exact"));
    for (const path of ["energies.0.Ku1", "magnet.alpha", "magnet.Ms"])
      await page.check(`.data-fit input[value="${path}"]`);
    await page.click('.data-fit button:text-is("Fit")');
    await page.waitForFunction(() =>
      /^fit: \d+ evaluations of the model.*left$/.test(
        document.querySelector(".data-fit [role=status]")?.textContent ?? "",
      ),
    );
    // in the task of the click itself
    const after = await page.evaluate(() => {
      const button = [...document.querySelectorAll<HTMLButtonElement>(".data-fit button")];
      button.find(({ textContent }) => textContent === "Stop")?.click();
      return document.querySelector(".data-fit [role=status]")?.textContent;
    });
    expect(after).toMatch(/^Stopped\. The least χ² so far is/);
    // nothing goes on computing
    await expect.poll(() => page.workers().length, { timeout: 20_000 }).toBe(workers);
    expect(await page.isVisible('.data-fit button:text-is("Use these values")')).toBe(true);
    // an experiment that defines no levels says what it lacks
    await page.goto(page.url().replace(/#.*/, `${linkTo({ ...moment, observables: [] })}&tab=data`));
    await page.reload();
    await settled(page);
    await drop(page, [["dwell-times.csv", tableOf({})]]);
    await page.waitForFunction(() =>
      document.querySelector(".asks")?.textContent?.includes("the model has no dwell observable"),
    );
    await page.check('.data-fit input[value="magnet.alpha"]');
    await page.click('.data-fit button:text-is("Fit")');
    await page.waitForFunction(() =>
      document
        .querySelector(".data-fit [role=status]")
        ?.textContent?.includes("the model has no dwell observable"),
    );
    expect(errors).toEqual([]);
  });
}

chromiumSuite("your data", "plain", tests, { onePage: true });
