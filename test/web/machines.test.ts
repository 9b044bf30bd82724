import { describe, expect, it } from "vitest";
import { neelBrown } from "../../web/presets/neel-brown.ts";
import { checkExactHalf } from "./exact-half.ts";
import { atFullSpeed, hurried, openBrowser, verdict, visit } from "./laboratory.ts";
import { picture } from "./picture.ts";
import { chromiumSuite, shortest } from "./suite.ts";

chromiumSuite("the page", "webgpu", (laboratory) => {
  describe("machines", () => {
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

    it("runs on WebGPU, drawn from the simulation's own memory, and goes on after the device is lost", async () => {
      const { page, errors } = await visit(
        laboratory.browser,
        `${laboratory.site.address}#v=1&preset=neel-brown&backend=webgpu&spins=500&seconds=6&set=${shortest}`,
        { colorScheme: "dark" },
      );
      await page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0.02);
      expect(await page.textContent("#adapter")).toContain("swiftshader");
      expect(errors).toEqual([]);
      await page.evaluate("globalThis.spinsemble.loseDevice()");
      await page.waitForFunction(() =>
        document.getElementById("notices")?.textContent?.includes("device was lost"),
      );
      await atFullSpeed(page);
      expect(await verdict(page)).toBe("passed");
      expect(await page.textContent("#adapter")).toContain("swiftshader");
      await checkExactHalf(page, neelBrown.from, 4);
      await picture(page, "webgpu");
    });
  });
});

chromiumSuite("a browser without graphics", "plain", (laboratory) => {
  it("explains itself where a browser lacks what it needs", async () => {
    const context = await laboratory.browser.newContext();
    const page = await context.newPage();
    await page.addInitScript("delete globalThis.OffscreenCanvas");
    await page.goto(laboratory.site.address);
    await page.waitForSelector(".explained");
    expect(await page.textContent(".explained")).toContain("canvases that workers can draw on");
    await context.close();
  });

  it("says in one line that a smaller ensemble runs where there is no WebGPU", async () => {
    const { page, errors } = await visit(
      laboratory.browser,
      laboratory.site.address + hurried("preset=neel-brown"),
    );
    expect(await verdict(page)).toBe("passed");
    expect(await page.textContent("#fallback")).toContain("a smaller ensemble");
    expect(await page.textContent("#notices")).toBe("");
    expect(await page.textContent("#adapter")).toContain("WebAssembly");
    expect(errors).toEqual([]);
  });
});
