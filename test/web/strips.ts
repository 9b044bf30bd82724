import type { Page } from "playwright-core";
import { expect } from "vitest";
import { picture } from "./picture.ts";

export const traces: string = '#pane-fluctuation .panel:has(h3:text-matches("^Traces"))';

/** Thresholds, shaded states and histograms at the side of a finished run, as they stand on a screen so wide. */
export async function checkStrips(
  page: Page,
  preset: string,
  colorScheme: "light" | "dark",
  width: number,
): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  await page.locator(traces).scrollIntoViewIfNeeded();
  await page.locator(`${traces} .main-svg`).first().waitFor();
  const note = (await page.textContent(`${traces} .note`)) ?? "";
  for (const words of ["dashed: the thresholds", "shaded: up", "at the side: the share of time"])
    expect(note).toContain(words);
  // every strip has two plots, the second beside the first
  await page.waitForFunction(() => {
    const plots = [...document.querySelectorAll("#pane-fluctuation .panel")]
      .filter((panel) => panel.textContent?.startsWith("Traces"))
      .flatMap((panel) => [...panel.querySelectorAll(".cartesianlayer .subplot")]);
    return plots.length === 4;
  });
  await picture(page.locator(traces), `telegraph-${preset}-${width}`);
}
