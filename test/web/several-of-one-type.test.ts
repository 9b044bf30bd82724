import { expect, it } from "vitest";
import { hurried, settled, verdict, visit } from "./laboratory.ts";
import { chromiumSuite, shortest } from "./suite.ts";

/** Two spectra of one run. */
const file = JSON.stringify({
  name: "two spectra",
  magnet: { delta: 2, alpha: 0.5 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  initial: { type: "boltzmann" },
  time: { duration: 64 },
  observables: ["mz", "mz^2"].map((of) => ({ type: "spectrum", of, sampleEvery: 1 })),
});

chromiumSuite("observables of one type on the page", "plain", (laboratory) => {
  it("have figures of their own, each beside its own exact ones", async () => {
    const { page, errors } = await visit(
      laboratory.browser,
      laboratory.site.address + hurried(`preset=neel-brown&set=${shortest}`),
    );
    await settled(page);
    await page.evaluate((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "spectra.json"));
      dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true, bubbles: true }));
    }, file);
    await page.waitForFunction(() => location.hash.includes("two"));
    await page.click("#tab-fluctuation");
    for (const name of ["spectrum of mz", "spectrum of mz^2"])
      await page.waitForSelector(`#pane-fluctuation h3:text-is("Spectrum: ${name}")`, { state: "attached" });
    expect(await verdict(page)).toBe("passed");
    const titles = await page.locator("#pane-fluctuation h3").allTextContents();
    expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
    expect(errors).toEqual([]);
  });
});
