import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { axeOn } from "./axe-on.ts";
import { hurried, verdict, visit } from "./laboratory.ts";
import { picture } from "./picture.ts";
import { chromiumSuite, shortest } from "./suite.ts";

chromiumSuite("the page", "plain", (laboratory) => {
  describe("manners", () => {
    it.each([
      ["light", 1440],
      ["dark", 360],
    ] as const)("is legible and accessible, %s, %i px wide", async (colorScheme, width) => {
      const { page, errors } = await visit(
        laboratory.browser,
        laboratory.site.address + hurried(`preset=neel-brown&set=${shortest}`),
        {
          colorScheme,
          viewport: { width, height: 900 },
        },
      );
      await verdict(page);
      // nothing moves under the reader while the page fills, and no number is cut
      const shift = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            new PerformanceObserver((list) => {
              const shifts = list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[];
              resolve(shifts.reduce((sum, { value }) => sum + value, 0));
            }).observe({ type: "layout-shift", buffered: true });
            setTimeout(resolve, 2000, 0);
          }),
      );
      expect(shift).toBeLessThan(0.05);
      const cut = await page.$$eval("input.number", (fields) =>
        fields.filter((field) => field.scrollWidth > field.clientWidth).map(({ id }) => id),
      );
      expect(cut).toEqual([]);
      for (const panel of await page.locator("#pane-distribution .panel").all()) {
        await panel.scrollIntoViewIfNeeded();
        await panel.locator(".main-svg").first().waitFor();
      }
      await page.evaluate(() => scrollTo(0, 0));
      await picture(page, `${colorScheme}-${width}`, true);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      // what plotly draws inside its own container is left out: thousands of nodes without a word of ours
      const { violations } = await axeOn(page).exclude(".svg-container").analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
      expect(errors).toEqual([]);
    });

    it("says from a file on a disk that it wants a server, or the one file", async () => {
      const page = await laboratory.browser.newPage();
      await page.goto(pathToFileURL(join(laboratory.site.folder, "index.html")).href);
      await page.waitForSelector(".unbegun", { state: "visible" });
      expect((await page.textContent(".unbegun"))?.replace(/\s+/g, " ")).toContain(
        "Open spinsemble.html beside this folder instead, which runs from a disk, or serve this folder with any web server",
      );
      // in the style of the page, and nothing says that it runs
      expect(await page.$eval(".unbegun", (note) => getComputedStyle(note).position)).toBe("fixed");
      expect(await page.textContent("#verdict")).toBe("Not started yet");
      await page.close();
    });

    it("loads less than a megabyte, compressed, before the plots", () => {
      const files = readdirSync(laboratory.site.folder, { recursive: true, encoding: "utf8" }).filter(
        (name) => statSync(join(laboratory.site.folder, name)).isFile() && !/plotly|gpu-browser/.test(name),
      );
      const bytes = files.reduce(
        (sum, name) => sum + gzipSync(readFileSync(join(laboratory.site.folder, name))).length,
        0,
      );
      expect(bytes).toBeLessThan(1_000_000);
    });
  });
});
