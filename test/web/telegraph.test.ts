import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { atFullSpeed, forgetEnd, verdict, visit } from "./laboratory.ts";
import { picture } from "./picture.ts";
import { checkStrips, traces } from "./strips.ts";
import { chromiumSuite } from "./suite.ts";

const state = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset.run);

/** A preset of a state that lasts is not over with its run: it steps and goes on, and its figures fill anew, after a change too. */
async function checkGoesOn(page: Page): Promise<void> {
  const dwells = '#pane-fluctuation tr:has-text("mean dwell up")';
  const isDone = () => document.documentElement.dataset.run === "finished";
  const before = await page.textContent(dwells);
  // rates have powers of ten, as in reports: "33030000 ± 440000" is hard to read
  const rate = '#pane-fluctuation tr:has-text("escape rate up") td';
  expect(await page.locator(rate).first().textContent()).toMatch(/^\(\d\.\d+ ± \d\.\d+\)·10⁷$/);
  // and times end at the second digit of their error
  expect(await page.locator(`${dwells} td`).first().textContent()).toMatch(/^\d+\.\d+ ± \d+\.\d+\u00a0ns$/);
  expect(await state(page)).toBe("finished");
  await page.click("#step");
  await page.waitForFunction(() => document.documentElement.dataset.run === "running");
  expect(await page.textContent("#pause")).toBe("Go on");
  expect(await page.getAttribute("#certificate", "data-state")).toBe("passed");
  await page.click("#pause");
  await page.waitForFunction(isDone);
  expect(await verdict(page)).toBe("passed");
  await page.locator(dwells).waitFor();
  // of other spins' lives than before
  expect(await page.textContent(dwells)).not.toBe(before);
  await forgetEnd(page);
  await page.locator("#knobs input[type=range]").first().focus();
  await page.keyboard.press("PageUp");
  await page.waitForFunction(() => location.hash.includes("dampingLike"));
  await page.waitForFunction(isDone);
  expect(await verdict(page)).toBe("passed");
  await page.locator(dwells).waitFor();
  // and the moment of the change is marked
  await page.click("#tab-distribution");
  await page.waitForSelector('#pane-distribution .note:has-text("Dotted: a value was changed.")');
}

chromiumSuite("telegraph traces", "plain", (laboratory) => {
  it("of two-level grow while a run moves, stand at its end, and go on", async () => {
    const { page, errors } = await visit(
      laboratory.browser,
      `${laboratory.site.address}#v=1&preset=two-level&tab=fluctuation&spins=300&seconds=40`,
      { viewport: { width: 1440, height: 900 } },
    );
    await page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0.2);
    await page.locator(`${traces} canvas.live`).waitFor({ state: "visible" });
    await picture(page.locator(traces), "telegraph-live");
    // in the experiment's order, not in that of their arrival: the first record of spins comes before the first dwell time
    await page.locator('[data-panel="dwell-times-dwell"]').waitFor();
    expect(await page.locator("#pane-fluctuation .panels h3").allTextContents()).toEqual([
      "Dwell times: dwell",
      "Traces: mz",
    ]);
    // the exact law of dwell times is drawn as soon as it is known
    await page.waitForFunction(() =>
      document
        .querySelector('[data-panel="dwell-times-dwell"] .note')
        ?.textContent?.includes("the exact law"),
    );
    expect(await page.getAttribute("#certificate", "data-state")).toBe("running");
    // ink of the histograms at the side, where there is nothing else
    const inked = await page.$eval(`${traces} canvas.live`, (node) => {
      const canvas = node as HTMLCanvasElement;
      const [width, height] = [Math.round(0.1 * canvas.width), canvas.height];
      const pixels = canvas.getContext("2d")?.getImageData(canvas.width - width, 0, width, height).data ?? [];
      let count = 0;
      for (let i = 3; i < pixels.length; i += 4) if (pixels[i] > 100) count++;
      return count / (width * height);
    });
    expect(inked).toBeGreaterThan(0.03);
    // at its end it rests, and goes on by itself where motion is not unwelcome
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await atFullSpeed(page);
    expect(await verdict(page)).toBe("passed");
    await page.waitForFunction(() =>
      document.getElementById("reasons")?.textContent?.startsWith("The run continues; so far: "),
    );
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.waitForFunction(() => document.documentElement.dataset.run === "finished");
    await checkStrips(page, "two-level", "light", 1440);
    await checkGoesOn(page);
    expect(errors).toEqual([]);
  });
});
