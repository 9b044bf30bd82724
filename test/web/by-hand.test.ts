import { expect, it } from "vitest";
import { publishedRates } from "../../src/bench/published.ts";
import { hurried, saved, verdict, visit } from "./laboratory.ts";
import { picture } from "./picture.ts";
import { chromiumSuite, simplest } from "./suite.ts";

chromiumSuite("the page by hand", "plain", (laboratory) => {
  it("runs the benchmark of the command line behind its gate, beside published rates", async () => {
    const { page, errors } = await visit(
      laboratory.browser,
      laboratory.site.address + hurried(`preset=neel-brown&tab=benchmark&set=${simplest}`),
    );
    await verdict(page);
    await page.selectOption("#benchmark-backend", "wasm");
    await page.check("#benchmark-bare");
    await page.click("#benchmark");
    await page.waitForSelector("#benchmark-json:enabled", { timeout: 60_000 });
    const shown = (await page.textContent("#benchmark-found")) ?? "";
    expect(shown).toContain("Gate: passed");
    const [, json] = await saved(page, "#benchmark-json");
    const { machine, gate, results } = JSON.parse(json.toString());
    expect(machine.threads).toBeGreaterThan(0);
    expect(gate.passed).toBe(true);
    const rates = results.map(({ spinStepsPerSecond }: { spinStepsPerSecond: number }) => spinStepsPerSecond);
    // the ratio to the slowest of the others, from what is saved
    const [slowest] = publishedRates.toSorted((a, b) => a.stepsPerSecond - b.stepsPerSecond);
    expect(shown).toContain(`× ${Number((Math.max(...rates) / slowest.stepsPerSecond).toPrecision(3))}`);
    expect(shown).toContain(slowest.source);
    await picture(page, "benchmark");
    expect(errors).toEqual([]);
  });

  it("is moved by keys, and keeps still where that is wished", async () => {
    const address = `${laboratory.site.address}#v=1&preset=neel-brown&spins=1000&seconds=30`;
    const { page, errors } = await visit(laboratory.browser, address);
    const drawn = () => page.locator(".graticule").last().getAttribute("d");
    await page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0.01);
    expect(await page.getAttribute("#turn", "aria-pressed")).toBe("false");
    const still = await drawn();
    await page.waitForTimeout(150);
    expect(await drawn()).toBe(still);
    await page.focus("#sphere");
    await page.keyboard.press("ArrowLeft");
    expect(await drawn()).not.toBe(still);
    // a run that is stopped before its first record has nothing to draw
    await page.waitForFunction(() =>
      document.querySelector('[data-panel="density"] .note')?.textContent?.includes("t = "),
    );
    await page.keyboard.press("Space");
    expect(await page.textContent("#pause")).toBe("Go on");
    await page.waitForSelector('[data-panel="density"] .main-svg');
    const records = async () =>
      Number(/([\d.]+) /.exec((await page.textContent('[data-panel="density"] .note')) ?? "")?.[1]);
    const before = await records();
    await page.keyboard.press(".");
    await page.waitForFunction(
      (last) =>
        !document.querySelector('[data-panel="density"] .note')?.textContent?.includes(`t = ${last} `),
      before,
    );
    expect(await records()).toBeGreaterThan(before);
    // another experiment while it is paused shows how it starts; keys act from any button
    await page.selectOption("#preset", "two-level");
    await page.click("#tab-distribution");
    await page.waitForFunction(() =>
      document.querySelector('[data-panel="density"] .note')?.textContent?.startsWith("t = 0 s"),
    );
    await page.waitForSelector('[data-panel="density"] .main-svg');
    await page.keyboard.press("t");
    expect(await page.getAttribute("#turn", "aria-pressed")).toBe("true");
    await page.keyboard.press("t");
    await page.keyboard.press("r");
    await page.waitForFunction(() => document.getElementById("pause")?.textContent === "Pause");
    await page.focus("#tab-distribution");
    await page.keyboard.press("ArrowRight");
    expect(await page.getAttribute("#tab-fluctuation", "aria-selected")).toBe("true");
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await page.waitForFunction(
      () => document.getElementById("turn")?.getAttribute("aria-pressed") === "true",
    );
    const turning = await drawn();
    await page.waitForFunction(
      (last) => [...document.querySelectorAll(".graticule")].at(-1)?.getAttribute("d") !== last,
      turning,
    );
    expect(errors).toEqual([]);
  });
});
