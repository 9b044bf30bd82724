import { expect, it } from "vitest";
import { hurried, settled, visit } from "./laboratory.ts";
import { chromiumSuite, simplest } from "./suite.ts";

chromiumSuite("knobs", "plain", (laboratory) => {
  it("have whole names on a phone", async () => {
    const { page, errors } = await visit(
      laboratory.browser,
      laboratory.site.address + hurried(`preset=stack&tab=stack&set=${simplest}`),
      { viewport: { width: 390, height: 844 } },
    );
    await settled(page);
    const names = page.locator("#knobs label");
    expect(await names.allTextContents()).toEqual(["currentDensity", "Ku1", "temperature"]);
    const cut = await names.evaluateAll((labels) =>
      labels.filter((label) => label.scrollWidth > label.clientWidth).map((label) => label.textContent),
    );
    expect(cut).toEqual([]);
    expect(errors).toEqual([]);
  });
});
