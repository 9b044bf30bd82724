import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import AxeBuilder from "@axe-core/playwright";
import { describe, expect, it } from "vitest";
import { hurried, openBrowser, pictures, verdict, visit } from "./laboratory.ts";
import { chromiumSuite, shortest } from "./suite.ts";

chromiumSuite("the page", (laboratory) => {
  describe("machines", () => {
    it("says in one line that a smaller ensemble runs where there is no WebGPU", async () => {
      const plain = await openBrowser("plain");
      try {
        const { page, errors } = await visit(plain, laboratory.site.address + hurried("preset=neel-brown"));
        expect(await verdict(page)).toBe("passed");
        expect(await page.textContent("#fallback")).toContain("a smaller ensemble");
        expect(await page.textContent("#notices")).toBe("");
        expect(await page.textContent("#adapter")).toContain("WebAssembly");
        expect(errors).toEqual([]);
      } finally {
        await plain.close();
      }
    });

    it("runs gpu.js on WebGL2", async () => {
      const webgl = await openBrowser("webgl");
      try {
        const { page, errors } = await visit(
          webgl,
          laboratory.site.address + hurried(`preset=neel-brown&backend=gpujs&set=${shortest}`, 64),
        );
        // its runs themselves are tested with the backend; here, that one moves on the page
        await page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0.03);
        expect(await page.textContent("#adapter")).toContain("WebGL2");
        expect(errors).toEqual([]);
      } finally {
        await webgl.close();
      }
    });

    it("explains itself where a browser lacks what it needs", async () => {
      const context = await laboratory.browser.newContext();
      const page = await context.newPage();
      await page.addInitScript("delete globalThis.OffscreenCanvas");
      await page.goto(laboratory.site.address);
      await page.waitForSelector(".explained");
      expect(await page.textContent(".explained")).toContain("canvases that workers can draw on");
      await context.close();
    });

    it("goes on after the device is lost", async () => {
      const { page } = await visit(
        laboratory.browser,
        `${laboratory.site.address}#v=1&preset=neel-brown&backend=webgpu&spins=300&seconds=6&set=${shortest}`,
      );
      await page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0.02);
      await page.evaluate("globalThis.spinsemble.loseDevice()");
      await page.waitForFunction(() =>
        document.getElementById("notices")?.textContent?.includes("device was lost"),
      );
      await page.evaluate(() => {
        const speed = document.getElementById("speed") as HTMLInputElement;
        speed.value = "4";
        speed.dispatchEvent(new Event("input"));
      });
      expect(await verdict(page)).toBe("passed");
    });
  });

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
      await page.screenshot({ path: join(pictures, `${colorScheme}-${width}.png`), fullPage: true });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      // what plotly draws inside its own container is left out: thousands of nodes without a word of ours
      const { violations } = await new AxeBuilder({ page }).exclude(".svg-container").analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
      expect(errors).toEqual([]);
    });

    it("says from a file on a disk that it wants a server", async () => {
      const page = await laboratory.browser.newPage();
      await page.goto(pathToFileURL(join(laboratory.site.folder, "index.html")).href);
      await page.waitForSelector(".unbegun", { state: "visible" });
      expect((await page.textContent(".unbegun"))?.replace(/\s+/g, " ")).toContain(
        "Any web server shows this folder",
      );
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
