import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import AxeBuilder from "@axe-core/playwright";
import { strFromU8, unzipSync } from "fflate";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { publishedRates } from "../../src/bench/published.ts";
import { presets } from "../../web/presets/index.ts";
import { hasChromium } from "../platform/platforms.ts";
import type { Site } from "./laboratory.ts";
import {
  hurried,
  openBrowser,
  openSite,
  pictures,
  saved,
  settled,
  taskTimes,
  verdict,
  visit,
} from "./laboratory.ts";

/*
 * The built page in Chromium, from plain files under a path of some depth. Ensembles are small and unpaced; runs on
 * WebAssembly are exact for their seed, so a certificate that passes always passes.
 */
let site: Site;
let browser: Browser;

if (hasChromium) {
  beforeAll(async () => {
    site = await openSite();
    browser = await openBrowser();
  });
  // a test that failed leaves nothing running behind it
  afterEach(async () => {
    await Promise.all(browser.contexts().flatMap((context) => context.pages().map((page) => page.close())));
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
}

/** A small part of the first preset's run. */
const shortest = encodeURIComponent('{"time.duration":1e-9}');

const run = hasChromium ? describe : describe.skip;

run("presets", () => {
  it.each(presets.map(({ id, tab }) => [id, tab]))("%s reaches its certificate", async (id, tab) => {
    const { page, errors } = await visit(browser, site.address + hurried(`preset=${id}&tab=${tab}`));
    expect(await verdict(page), (await page.textContent("#reasons")) ?? "").toBe("passed");
    await page.waitForSelector(`#pane-${tab} .main-svg`, { timeout: 20_000 });
    await page.screenshot({ path: join(pictures, `${id}.png`) });
    expect(errors).toEqual([]);
  });

  it("runs on WebGPU, drawn from the simulation's own memory", async () => {
    const { page, errors } = await visit(
      browser,
      site.address + hurried(`preset=neel-brown&backend=webgpu&set=${shortest}`, 500),
      { colorScheme: "dark" },
    );
    expect(await verdict(page)).toBe("passed");
    expect(await page.textContent("#adapter")).toContain("swiftshader");
    await page.waitForTimeout(600);
    await page.screenshot({ path: join(pictures, "webgpu.png") });
    expect(errors).toEqual([]);
  });
});

run("changes", () => {
  it("keeps the run going while a slider moves, and undoes it", async () => {
    const { page, errors } = await visit(
      browser,
      `${site.address}#v=1&preset=neel-brown&spins=2000&seconds=20`,
    );
    await page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0.05);
    const slider = page.locator(
      '#form [data-kind="scalar"]:has(#field-energies\\.0\\.Ku1) input[type=range]',
    );
    await slider.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("PageUp");
    await page.waitForFunction(() => location.hash.includes("Ku1"));
    await page.keyboard.press("Tab");
    // continued from the present state, at full speed to its end
    await page.waitForTimeout(400);
    await page.evaluate(() => {
      const speed = document.getElementById("speed") as HTMLInputElement;
      speed.value = "4";
      speed.dispatchEvent(new Event("input"));
    });
    expect(await verdict(page), (await page.textContent("#reasons")) ?? "").toBe("passed");
    expect(await page.textContent("#reasons")).toContain("carried on");
    for (let i = 0; i < 3; i++) await page.click("#undo");
    await page.waitForFunction(() => !location.hash.includes("Ku1"));
    expect(errors).toEqual([]);
  });

  it("shows what is wrong beside the field, with the position in a formula", async () => {
    const { page, errors } = await visit(browser, site.address + hurried("preset=neel-brown"));
    await settled(page);
    await page.selectOption('select[aria-label="add to Energies"]', "expression");
    const formula = page.locator("#field-energies\\.1\\.density");
    await formula.fill("1e4*mx^2 + 3*sni(my)");
    const error = page.locator('[id="error-energies.1.density"]');
    await error.waitFor({ state: "visible" });
    expect(await error.textContent()).toMatch(/sni.*character 14|character 14/s);
    expect(await formula.getAttribute("aria-invalid")).toBe("true");
    await page.screenshot({ path: join(pictures, "error.png"), fullPage: true });
    await formula.fill("1e4*mx^2 + 3*sin(my)");
    await error.waitFor({ state: "hidden" });
    // a field that is made anew while somebody types keeps what is selected in it
    const selected = await formula.evaluate((field: HTMLTextAreaElement) => {
      field.focus();
      field.setSelectionRange(4, 8);
      const adding = document.querySelector('select[aria-label="add to Torques"]') as HTMLSelectElement;
      adding.selectedIndex = 1;
      adding.dispatchEvent(new Event("change", { bubbles: true }));
      const now = document.activeElement as HTMLTextAreaElement;
      return { isNew: now !== field, text: now.value.slice(now.selectionStart, now.selectionEnd) };
    });
    expect(selected).toEqual({ isNew: true, text: "mx^2" });
    await page.fill("#field-magnet\\.temperature", "-4");
    await page.waitForFunction(() =>
      document.getElementById("error-magnet.temperature")?.textContent?.includes("≥ 0 K"),
    );
    expect(errors).toEqual([]);
  });

  it("opens a dropped file and keeps it in the link", async () => {
    const { page, errors } = await visit(browser, site.address + hurried("preset=neel-brown"));
    await settled(page);
    const text =
      "name: dropped\nmagnet: { delta: 2, alpha: 0.3 }\nenergies: [{ type: uniaxial, Ku1: 1 }]\ntime: { duration: 8 }\n";
    await page.evaluate((yaml) => {
      const data = new DataTransfer();
      data.items.add(new File([yaml], "dropped.yaml"));
      dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true, bubbles: true }));
    }, text);
    await page.waitForSelector("#field-magnet\\.delta");
    await page.waitForFunction(() => location.hash.includes("dropped"));
    expect(await verdict(page)).toBe("passed");
    const address = page.url();
    await page.close();
    const again = await visit(browser, address);
    await again.page.waitForSelector("#field-magnet\\.delta");
    expect(await again.page.inputValue("#field-magnet\\.delta")).toBe("2");
    expect([...errors, ...again.errors]).toEqual([]);
  });

  it("explains a bad link and a wrong experiment in a link", async () => {
    const bad = await visit(browser, `${site.address}#v=7&preset=x`);
    await bad.page.waitForSelector("#notices p.bad");
    expect(await bad.page.textContent("#notices")).toContain("version 7");
    await bad.page.close();
    const changes = encodeURIComponent('{"magnet.alpha":-1,"magnet.colour":2}');
    const wrong = await visit(browser, `${site.address}#v=1&preset=neel-brown&set=${changes}`);
    await wrong.page.waitForFunction(() => document.getElementById("controls")?.dataset.problems === "2");
    expect(await wrong.page.textContent("#controls")).toContain("> 0");
    await wrong.page.close();
  });

  it("starts where the sphere is clicked and points the field by shift-drag", async () => {
    const { page, errors } = await visit(browser, site.address + hurried("preset=neel-brown"));
    await settled(page);
    const box = await page.locator("#sphere").boundingBox();
    if (!box) throw new Error("the sphere has no place");
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.click(x, y);
    await page.waitForFunction(() => decodeURIComponent(location.hash).includes("initial"));
    await page.keyboard.down("Shift");
    await page.mouse.move(x - 40, y - 60);
    await page.mouse.down();
    await page.mouse.move(x + 60, y - 30, { steps: 3 });
    await page.mouse.up();
    await page.keyboard.up("Shift");
    await page.waitForSelector("#field-energies\\.1\\.B_ext");
    expect(errors).toEqual([]);
  });
});

run("stacks", () => {
  it("are edited layer by layer", async () => {
    const { page, errors } = await visit(browser, site.address + hurried("preset=stack&tab=stack", 500));
    await settled(page);
    const count = (part: string) => page.locator(`[data-part="${part}"]`).count();
    expect([await count("layer"), await count("interface")]).toEqual([3, 4]);
    await page.locator('[data-part="layer"] > summary').nth(1).click();
    const thickness = page.locator("#field-torques\\.0\\.stack\\.layers\\.1\\.thickness");
    await thickness.fill("-1");
    const error = page.locator('[id="error-torques.0.stack.layers.1.thickness"]');
    await error.waitFor({ state: "visible" });
    expect(await error.textContent()).toContain("> 0");
    await thickness.fill("9e-9");
    await error.waitFor({ state: "hidden" });
    await page.click("text=+ layer");
    await page.waitForFunction(() => document.querySelectorAll('[data-part="layer"]').length === 4);
    // what was typed before the list was changed is kept
    expect(await thickness.inputValue()).toBe("9e-9");
    expect(await count("interface")).toBe(5);
    await page.waitForFunction(() => document.getElementById("controls")?.dataset.problems === "0");
    await page.click('[aria-label="remove layer 4"]');
    await page.waitForFunction(() => document.querySelectorAll('[data-part="layer"]').length === 3);
    const { hash } = new URL(page.url());
    expect(new URLSearchParams(hash.slice(1)).get("set")).toBe('{"torques.0.stack.layers.1.thickness":9e-9}');
    await page.locator("#form").screenshot({ path: join(pictures, "stack-form.png") });
    expect(errors).toEqual([]);
  });
});

run("saving", () => {
  it("saves report, data, experiment and plots", async () => {
    const { page, errors } = await visit(browser, site.address + hurried("preset=neel-brown"));
    await settled(page);
    await page.locator('[data-section="observables"] summary').click();
    await page.selectOption('select[aria-label="add to Observables"]', "trajectory");
    await page.waitForSelector("#field-observables\\.1\\.every");
    await page.waitForFunction(() => document.documentElement.dataset.run === "running");
    expect(await verdict(page)).toBe("passed");
    // the form has scrolled the page, and plots are drawn where they are seen
    await page.locator('[data-panel="histogram"]').scrollIntoViewIfNeeded();
    await page.waitForSelector('[data-panel="histogram"] .main-svg');
    const [reportName, report] = await saved(page, "#report");
    expect(reportName).toMatch(/-report\.html$/);
    expect(report.toString()).toContain("certificate passed");
    const opened = await page.context().newPage();
    await opened.setContent(report.toString());
    await opened.waitForSelector(".main-svg");
    await opened.close();
    const [dataName, data] = await saved(page, "#data");
    expect(dataName).toMatch(/\.zip$/);
    const { "result.json": json, "arrays.npz": arrays } = unzipSync(data);
    expect(JSON.parse(strFromU8(json)).certificate.passed).toBe(true);
    expect(arrays.length).toBeGreaterThan(1000);
    const [, yaml] = await saved(page, "#download");
    expect(yaml.toString()).toContain("type: trajectory");
    for (const [format, start] of [
      ["PNG", "\x89PNG"],
      ["SVG", "<svg"],
      ["CSV", "mz,density"],
      ["NPZ", "PK"],
    ] as const) {
      const [name, bytes] = await saved(page, `[data-panel="histogram"] .save button:text-is("${format}")`);
      expect(name).toBe(`histogram.${format.toLowerCase()}`);
      expect(bytes.subarray(0, start.length).toString("latin1")).toBe(start);
    }
    expect(errors).toEqual([]);
  });
});

run("machines", () => {
  it("says in one line that a smaller ensemble runs where there is no WebGPU", async () => {
    const plain = await openBrowser("plain");
    try {
      const { page, errors } = await visit(plain, site.address + hurried("preset=neel-brown"));
      expect(await verdict(page)).toBe("passed");
      expect(await page.textContent("#notices")).toContain("a smaller ensemble");
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
        site.address + hurried(`preset=neel-brown&backend=gpujs&set=${shortest}`, 64),
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
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript("delete globalThis.OffscreenCanvas");
    await page.goto(site.address);
    await page.waitForSelector(".explained");
    expect(await page.textContent(".explained")).toContain("canvases that workers can draw on");
    await context.close();
  });

  it("goes on after the device is lost", async () => {
    const { page } = await visit(
      browser,
      `${site.address}#v=1&preset=neel-brown&backend=webgpu&spins=300&seconds=6&set=${shortest}`,
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

run("manners", () => {
  it.each([
    ["light", 1440],
    ["dark", 360],
  ] as const)("is legible and accessible, %s, %i px wide", async (colorScheme, width) => {
    const { page, errors } = await visit(browser, site.address + hurried("preset=neel-brown"), {
      colorScheme,
      viewport: { width, height: 900 },
    });
    await verdict(page);
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

  it("loads less than a megabyte, compressed, before the plots", () => {
    const files = readdirSync(site.folder, { recursive: true, encoding: "utf8" }).filter(
      (name) => statSync(join(site.folder, name)).isFile() && !/plotly|gpu-browser/.test(name),
    );
    const bytes = files.reduce(
      (sum, name) => sum + gzipSync(readFileSync(join(site.folder, name))).length,
      0,
    );
    expect(bytes).toBeLessThan(1_000_000);
  });

  it("runs the benchmark of the command line behind its gate, beside published rates", async () => {
    const { page, errors } = await visit(browser, site.address + hurried("preset=neel-brown&tab=benchmark"));
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
    await page.screenshot({ path: join(pictures, "benchmark.png") });
    expect(errors).toEqual([]);
  });

  /**
   * Milliseconds of processor time that no task of the main thread may take. The longest of loading and of the first plots
   * take about 25 on the machine this was written on. A core that is shared with other machines may double any of them
   * for a moment: of three visits one has to keep the promise throughout.
   */
  const promised = 50;

  /** The longest task while the page loads and shows all that it has, and while a run moves. */
  async function longest(): Promise<{ showing: number; moving: number }> {
    const own = await openBrowser();
    const errors: string[] = [];
    try {
      const showing = await taskTimes(own, async () => {
        const visited = await visit(own, `${site.address}#v=1&preset=two-level&spins=4000&seconds=1`);
        errors.push(...visited.errors);
        expect(await verdict(visited.page)).toBe("passed");
        for (const tab of ["distribution", "switching", "fluctuation", "landscape"]) {
          await visited.page.click(`#tab-${tab}`);
          await visited.page.waitForSelector(`#pane-${tab} .main-svg`);
        }
        await visited.page.click("#tab-distribution");
      });
      expect(showing.length).toBeGreaterThan(100);
      const [page] = own.contexts()[0].pages();
      const moving = await taskTimes(own, async () => {
        await page.click("#again");
        await page.waitForFunction(() => document.documentElement.dataset.run === "running");
        await page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0.8);
      });
      expect(moving.length).toBeGreaterThan(20);
      expect(errors).toEqual([]);
      return { showing: showing[0], moving: moving[0] };
    } finally {
      await own.close();
    }
  }

  it("never holds the main thread for long", async () => {
    const seen: { showing: number; moving: number }[] = [];
    const kept = () => seen.some(({ showing, moving }) => Math.max(showing, moving) < promised);
    while (!kept() && seen.length < 3) seen.push(await longest());
    expect(kept(), JSON.stringify(seen)).toBe(true);
  });

  it("is moved by keys, and keeps still where that is wished", async () => {
    const address = `${site.address}#v=1&preset=neel-brown&spins=1000&seconds=30`;
    const { page, errors } = await visit(browser, address);
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
      document.querySelector('[data-panel="histogram"] .note')?.textContent?.includes("t = "),
    );
    await page.keyboard.press("Space");
    expect(await page.textContent("#pause")).toBe("Go on");
    await page.waitForSelector('[data-panel="histogram"] .main-svg');
    const records = async () =>
      Number(/([\d.]+) /.exec((await page.textContent('[data-panel="histogram"] .note')) ?? "")?.[1]);
    const before = await records();
    await page.keyboard.press(".");
    await page.waitForFunction(
      (last) =>
        !document.querySelector('[data-panel="histogram"] .note')?.textContent?.includes(`t = ${last} `),
      before,
    );
    expect(await records()).toBeGreaterThan(before);
    await page.keyboard.press("r");
    await page.waitForFunction(() => document.getElementById("pause")?.textContent === "Pause");
    await page.focus("#tab-distribution");
    await page.keyboard.press("ArrowRight");
    expect(await page.getAttribute("#tab-switching", "aria-selected")).toBe("true");
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
