import { join } from "node:path";
import { expect, it } from "vitest";
import { presets } from "../../web/presets/index.ts";
import { hurried, pictures, verdict, visit } from "./laboratory.ts";
import { chromiumSuite, shortest } from "./suite.ts";

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

/*
 * The built page in Chromium, from plain files under a path of some depth. Ensembles are small and unpaced; runs on
 * WebAssembly are exact for their seed, so a certificate that passes always passes.
 */
chromiumSuite("presets", (laboratory) => {
  it.each(presets.map(({ id, tab }) => [id, tab]))("%s reaches its certificate", async (id, tab) => {
    const { page, errors } = await visit(
      laboratory.browser,
      laboratory.site.address + hurried(`preset=${id}&tab=${tab}`),
    );
    expect(await verdict(page), (await page.textContent("#reasons")) ?? "").toBe("passed");
    await page.waitForSelector(`#pane-${tab} .main-svg`, { timeout: 20_000 });
    await page.screenshot({ path: join(pictures, `${id}.png`) });
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
    expect(errors).toEqual([]);
  });

  it("runs on WebGPU, drawn from the simulation's own memory", async () => {
    const { page, errors } = await visit(
      laboratory.browser,
      laboratory.site.address + hurried(`preset=neel-brown&backend=webgpu&set=${shortest}`, 500),
      { colorScheme: "dark" },
    );
    expect(await verdict(page)).toBe("passed");
    expect(await page.textContent("#adapter")).toContain("swiftshader");
    await page.waitForTimeout(600);
    await page.screenshot({ path: join(pictures, "webgpu.png") });
    expect(errors).toEqual([]);
  });
});
