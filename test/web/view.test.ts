import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { hurried, verdict, visit } from "./laboratory.ts";
import { picture } from "./picture.ts";
import { chromiumSuite, shortest } from "./suite.ts";

const frame = { width: 800, height: 500 };

/** Boxes of what can be seen of some elements, px. */
const seen = (page: Page, selector: string) =>
  page.$$eval(selector, (found) =>
    found
      .map((node) => node.getBoundingClientRect())
      .filter(({ width, height, right }) => width > 0 && height > 0 && right > 0)
      .map(({ top, bottom, left, right }) => ({ top, bottom, left, right })),
  );

chromiumSuite("a view alone", "plain", (laboratory) => {
  it.each([
    ["density", "light", "#panes .panel"],
    ["mean-magnetization", "dark", "#panes .panel"],
    ["sphere", "light", "#sphere"],
  ] as const)(
    "%s, %s, is whole in a frame of 800 × 500, with its verdict",
    async (view, colorScheme, box) => {
      // a tab that the link has from before is no other view
      const hash = hurried(`preset=neel-brown&tab=landscape&set=${shortest}&sphere=density&lines=off`);
      const { page, errors } = await visit(
        laboratory.browser,
        `${laboratory.site.address}?view=${view}${hash}`,
        { viewport: frame, colorScheme },
      );
      expect(await verdict(page)).toBe("passed");
      if (view !== "sphere") await page.locator(`[data-panel="${view}"] .main-svg`).first().waitFor();
      await picture(page, `view-${view}`);
      const shown = [...(await seen(page, box)), ...(await seen(page, "#certificate"))];
      expect(shown).toHaveLength(2);
      for (const { top, bottom, left, right } of shown) {
        expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
        expect(bottom).toBeLessThanOrEqual(frame.height);
        expect(right).toBeLessThanOrEqual(frame.width);
      }
      if (view === "sphere") {
        // the link's choice, with its scale; another choice goes into the link
        expect(await page.inputValue("#shading")).toBe("density");
        const [scale] = await seen(page, ".scale");
        expect(scale.bottom).toBeLessThanOrEqual(frame.height);
        expect(scale.top).toBeGreaterThan(0);
        await page.selectOption("#shading", "halves");
        const inLink = (name: string) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get(name);
        expect(inLink("sphere")).toBe("halves");
        const lines = page.locator(".overlay .equal:not(.far)");
        expect([inLink("lines"), (await lines.getAttribute("d")) ?? ""]).toEqual(["off", ""]);
        await page.check("#energy-lines");
        expect([inLink("lines"), ((await lines.getAttribute("d")) ?? "").length > 0]).toEqual([null, true]);
      }
      // the thing itself has most of the frame
      expect(shown[0].bottom - shown[0].top).toBeGreaterThan(0.7 * frame.height);
      expect(await seen(page, "#top, #controls, #knobs, #tablist")).toEqual([]);
      const tall = await page.evaluate(() => document.documentElement.scrollHeight);
      expect(tall).toBeLessThanOrEqual(frame.height);
      // the address keeps what it shows
      expect(new URL(page.url()).searchParams.get("view")).toBe(view);
      expect(errors).toEqual([]);
    },
  );

  it("of an unknown name says which there are", async () => {
    const hash = hurried(`preset=neel-brown&set=${shortest}`);
    const address = `${laboratory.site.address}?view=densities${hash}`;
    const { page, errors } = await visit(laboratory.browser, address, { viewport: frame });
    expect(await verdict(page)).toBe("passed");
    const words = page.locator(".no-view");
    await words.filter({ hasText: "density" }).waitFor();
    expect(await words.textContent()).toMatch(
      /no panel “densities” .* There are: sphere, .*mean-magnetization/,
    );
    expect(await seen(page, "#panes .panel")).toEqual([]);
    await picture(page, "view-unknown");
    expect(errors).toEqual([]);
  });
});
