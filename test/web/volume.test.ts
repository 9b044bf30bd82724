import { expect, it } from "vitest";
import { axeOn } from "./axe-on.ts";
import { hurried, settled, visit } from "./laboratory.ts";
import { picture } from "./picture.ts";
import { chromiumSuite, simplest } from "./suite.ts";

chromiumSuite("the volume of a disc", "plain", (laboratory) => {
  it("is given by diameter and thickness, and taken back as one change", async () => {
    const { page, errors } = await visit(
      laboratory.browser,
      laboratory.site.address + hurried(`preset=neel-brown&set=${simplest}`),
      { viewport: { width: 1440, height: 900 } },
    );
    await settled(page);
    const volume = page.locator("#field-magnet\\.volume");
    const before = await volume.inputValue();
    await page.fill('[aria-label="diameter of the disc, nm"]', "20");
    expect(await volume.inputValue()).toBe(before);
    await page.fill('[aria-label="thickness of the disc, nm"]', "1,5");
    // π/4 (20 nm)² 1.5 nm
    expect(Number(await volume.inputValue()) / 471.239e-27).toBeCloseTo(1, 5);
    await page.waitForFunction(() =>
      decodeURIComponent(location.hash).includes('"magnet.volume":4.71239e-25'),
    );
    await picture(page.locator('[data-kind="scalar"]:has(#field-magnet\\.volume)'), "volume");
    const { violations } = await axeOn(page).include("#form").analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
    // another term: the form is made anew, and what was typed stays
    await page.selectOption('select[aria-label="add to Energies"]', { index: 1 });
    await page.waitForFunction(
      () => document.querySelectorAll('[data-section="energies"] .entry').length === 2,
    );
    expect(await page.inputValue('[aria-label="thickness of the disc, nm"]')).toBe("1,5");
    await page.click("#undo");
    await page.click("#undo");
    await page.waitForFunction((value) => {
      const field = document.getElementById("field-magnet.volume") as HTMLInputElement | null;
      return field?.value === value;
    }, before);
    // another volume is no disc that was typed
    expect(await page.inputValue('[aria-label="thickness of the disc, nm"]')).toBe("");
    expect(errors).toEqual([]);
  });
});
