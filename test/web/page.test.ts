import { strFromU8, unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { cobaltCopperCobalt } from "../../src/transport/example-stack.ts";
import { axeOn } from "./axe-on.ts";
import { atFullSpeed, forgetEnd, hurried, saved, settled, verdict, visit } from "./laboratory.ts";
import { picture } from "./picture.ts";
import { alone, chromiumSuite, shortest, simplest } from "./suite.ts";

const drop = (page: Page, text: string, name: string): Promise<void> =>
  page.evaluate(
    ([content, file]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], file));
      dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true, bubbles: true }));
    },
    [text, name],
  );

/** A run that is over at once, and compares nothing: what is tested is around it, and nothing is drawn meanwhile. */
const aside = (preset: string): string => `${hurried(`preset=${preset}`, 500)}&set=${simplest}`;

/** Free spins under a field that repeats: over in a moment, with a loop. */
const loopFile = JSON.stringify({
  name: "a loop",
  magnet: { Ms: 4.8e5, volume: 1e-25, alpha: 1, temperature: 300 },
  energies: [{ type: "zeeman", B_ext: [0, 0, { sine: { amplitude: 0.02, frequency: 5e8 } }] }],
  initial: { type: "boltzmann" },
  time: { duration: 6e-9 },
  observables: [{ type: "cycle", period: 2e-9 }],
});

/** A layer stack as `spinsemble transport` takes it. */
const stackFile = JSON.stringify({ name: "a pillar", ...cobaltCopperCobalt, currentDensity: 2e10 });

chromiumSuite("the page", "plain", (laboratory) => {
  describe("changes", () => {
    it("keeps the run going while a slider moves, and undoes it", async () => {
      const { page, errors } = await visit(
        laboratory.browser,
        `${laboratory.site.address}#v=1&preset=neel-brown&spins=2000&seconds=20`,
        // the density, of which a note is read, is drawn where it is seen
        { viewport: { width: 1440, height: 1000 } },
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
      await atFullSpeed(page);
      expect(await verdict(page), (await page.textContent("#reasons")) ?? "").toBe("passed");
      expect(await page.textContent("#reasons")).toContain("and so did the exact density");
      // the end is where the next run begins
      expect(await page.textContent("#pause")).toBe("Go on");
      // kept, it stands beside what comes
      await page.click("#keep");
      await page.click("#pause");
      await page.waitForFunction(() =>
        document.getElementById("reasons")?.textContent?.startsWith("The run continues; so far: "),
      );
      expect(await page.textContent("#pause")).toBe("Pause");
      expect(await page.getAttribute("#certificate", "data-state")).toBe("passed");
      await page.waitForFunction(() =>
        document
          .querySelector('[data-panel="density"] .note')
          ?.textContent?.endsWith("dotted: kept, Néel–Brown relaxation"),
      );
      for (let i = 0; i < 3; i++) await page.click("#undo");
      await page.waitForFunction(() => !location.hash.includes("Ku1"));
      // what the preset is about stands beside the plots, in the words of the catalogue
      expect(await page.locator("#knobs .knob label").allTextContents()).toEqual([
        "Ku1",
        "alpha",
        "temperature",
      ]);
      const [knobs, tabs] = [page.locator("#knobs"), page.locator("#tabs")];
      expect(await knobs.locator("output").first().textContent()).toBe("40 kJ/m³");
      expect((await knobs.boundingBox())?.x).toBe((await tabs.boundingBox())?.x);
      expect(errors).toEqual([]);
    });

    it("shows what is wrong beside the field, with the position in a formula", async () => {
      const { page, errors } = await visit(laboratory.browser, laboratory.site.address + aside("neel-brown"));
      await settled(page);
      await page.selectOption('select[aria-label="add to Energies"]', "expression");
      const formula = page.locator("#field-energies\\.1\\.density");
      await formula.fill("1e4*mx^2 + 3*sni(my)");
      const error = page.locator('[id="error-energies.1.density"]');
      await error.waitFor({ state: "visible" });
      expect(await error.textContent()).toMatch(/sni.*character 14|character 14/s);
      expect(await formula.getAttribute("aria-invalid")).toBe("true");
      await picture(page, "error", true);
      expect(await page.textContent('#notices [data-key="problems"]')).toContain(
        "1 problem; showing the last valid run",
      );
      await page.click('#notices [data-key="problems"] .act');
      expect(await formula.evaluate((field) => field === document.activeElement)).toBe(true);
      await formula.fill("1e4*mx^2 + 3*sin(my)");
      await error.waitFor({ state: "hidden" });
      expect(await page.locator('#notices [data-key="problems"]').count()).toBe(0);
      // in a field it takes typing back, not the term
      await page.keyboard.press("End");
      await page.keyboard.type("+1");
      await page.keyboard.press("Control+z");
      expect(await formula.inputValue()).toMatch(/^1e4\*mx\^2 \+ 3\*sin\(my\)\+?$/);
      await formula.fill("1e4*mx^2 + 3*sin(my)");
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
      const { page, errors } = await visit(
        laboratory.browser,
        laboratory.site.address + hurried(`preset=neel-brown&set=${shortest}`),
      );
      await settled(page);
      const text =
        "name: dropped\nmagnet: { delta: 2, alpha: 0.3 }\nenergies: [{ type: uniaxial, Ku1: 1 }]\ninitial: { type: boltzmann }\ntime: { duration: 8 }\n";
      await drop(page, text, "dropped.yaml");
      await page.waitForSelector("#field-magnet\\.delta");
      await page.waitForFunction(() => location.hash.includes("dropped"));
      expect(await verdict(page)).toBe("passed");
      // it is no preset any more, in name nor in text
      const shown = () =>
        page.$eval("#preset", (select) => (select as HTMLSelectElement).selectedOptions[0].textContent);
      expect(await shown()).toBe("dropped");
      expect(await page.textContent("#physics")).toContain("uniaxial anisotropy");
      // in reduced units nothing is in seconds, tesla or joules
      expect(await page.textContent('[data-panel="density"] .note')).toContain("t = 8 1/(γ'B_K)");
      expect(await page.textContent("#time")).toBe("8 1/(γ'B_K)");
      const units = (await page.locator("#form .unit").allTextContents()).filter((unit) => unit !== "");
      expect([...new Set(units)].sort()).toEqual(["1/(γ'B_K)", "½ Ms B_K"]);
      const address = page.url();
      // a view comes with what asks for it
      expect(await page.isVisible("#tab-response")).toBe(false);
      await drop(page, loopFile, "loop.json");
      await page.waitForSelector("#tab-response", { state: "visible" });
      await page.click("#tab-response");
      await page.waitForSelector('#pane-response h3:text-is("cycle: loop")');
      expect(await verdict(page)).toBe("passed");
      expect(await page.textContent("#pane-response .figures")).toContain("energy a period");
      // a file of a stack alone shows the stack; one with mistakes keeps nothing of the run before
      await drop(page, stackFile, "stack.yaml");
      await page.waitForFunction(
        () => document.getElementById("tab-stack")?.getAttribute("aria-selected") === "true",
      );
      expect(await shown()).toBe("a pillar");
      await page.waitForSelector('[data-part="layer"]');
      await drop(page, "name: broken\nmagnet: { delta: -2, alpha: 0.3 }\ntime: { duration: 8 }\n", "b.yaml");
      await page.waitForFunction(() => document.getElementById("controls")?.dataset.problems !== "0");
      await page.close();
      const again = await visit(laboratory.browser, address);
      await again.page.waitForSelector("#field-magnet\\.delta");
      expect(await again.page.inputValue("#field-magnet\\.delta")).toBe("2");
      expect([...errors, ...again.errors]).toEqual([]);
    });

    it("explains a bad link and a wrong experiment in a link", async () => {
      const bad = await visit(laboratory.browser, `${laboratory.site.address}#v=7&preset=x`);
      await bad.page.waitForSelector("#notices p.bad");
      expect(await bad.page.textContent("#notices")).toContain("version 7");
      await bad.page.close();
      const changes = encodeURIComponent('{"magnet.alpha":-1,"magnet.colour":2}');
      const wrong = await visit(
        laboratory.browser,
        `${laboratory.site.address}#v=1&preset=neel-brown&set=${changes}`,
      );
      await wrong.page.waitForFunction(() => document.getElementById("controls")?.dataset.problems === "2");
      expect(await wrong.page.textContent("#controls")).toContain("> 0");
      expect(await wrong.page.textContent("#verdict")).toBe("No certificate");
      expect(await wrong.page.textContent("#notices")).toContain("2 problems; nothing runs yet");
      await wrong.page.close();
    });

    it("starts where the sphere is clicked and points the field by shift-drag", async () => {
      const { page, errors } = await visit(laboratory.browser, laboratory.site.address + aside("neel-brown"));
      await settled(page);
      const box = await page.locator("#sphere").boundingBox();
      if (!box) throw new Error("the sphere has no place");
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.click(x, y);
      await page.waitForFunction(() => decodeURIComponent(location.hash).includes("initial.m"));
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

  describe("stacks", () => {
    it("are edited layer by layer", async () => {
      const { page, errors } = await visit(
        laboratory.browser,
        laboratory.site.address + aside("stack&tab=stack"),
      );
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
      expect(JSON.parse(new URLSearchParams(hash.slice(1)).get("set") ?? "")).toEqual({
        "torques.0.stack.layers.1.thickness": 9e-9,
        ...alone,
      });
      await picture(page.locator("#form"), "stack-form");
      const { violations } = await axeOn(page).include("#form").analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
      expect(errors).toEqual([]);
    });
  });

  describe("saving", () => {
    it("saves report, data, experiment and plots", async () => {
      const { page, errors } = await visit(
        laboratory.browser,
        laboratory.site.address + hurried(`preset=neel-brown&set=${shortest}`),
      );
      await verdict(page);
      await forgetEnd(page);
      await page.locator('[data-section="observables"] summary').click();
      await page.selectOption('select[aria-label="add to Observables"]', "trajectory");
      await page.waitForSelector("#field-observables\\.0\\.every");
      await page.waitForFunction(() => document.documentElement.dataset.run === "finished");
      expect(await verdict(page)).toBe("passed");
      // the form has scrolled the page, and plots are drawn where they are seen
      await page.locator('[data-panel="density"]').scrollIntoViewIfNeeded();
      await page.waitForSelector('[data-panel="density"] .main-svg');
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
        ["CSV", 'mz,ensemble,"ensemble, error bar",exact'],
        ["NPZ", "PK"],
      ] as const) {
        const [name, bytes] = await saved(page, `[data-panel="density"] .save button:text-is("${format}")`);
        expect(name).toBe(`density.${format.toLowerCase()}`);
        expect(bytes.subarray(0, start.length).toString("latin1")).toBe(start);
      }
      expect(errors).toEqual([]);
    });
  });
});
