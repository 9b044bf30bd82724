import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { describe, expect, it } from "vitest";
import { plotlyText } from "../../src/cli/write-result.ts";
import { reportHtml } from "../../src/report/report.ts";
import { run } from "../../src/run/run.ts";
import { chromiumPath, hasChromium, withoutFeatures } from "../platform/platforms.ts";

/** Titles of the figures that a browser has drawn, with the names in each legend, and what it complained of. */
async function drawnFrom(html: string): Promise<{ figures: [string, string[]][]; errors: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), "spinsemble-report-"));
  const file = join(folder, "report.html");
  writeFileSync(file, html);
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", withoutFeatures("WebGPU")],
  });
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(pathToFileURL(file).href);
    await page.waitForFunction(() =>
      [...document.querySelectorAll(".plot")].every((plot) =>
        plot.querySelector(".main-svg .xaxislayer-above"),
      ),
    );
    const figures = await page.$$eval("figure", (all) =>
      all.map((figure): [string, string[]] => [
        figure.querySelector("h2")?.textContent ?? "",
        [...figure.querySelectorAll(".legendtext")].map(({ textContent }) => textContent ?? ""),
      ]),
    );
    return { figures, errors };
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.skipIf(!hasChromium)("a report in a browser", () => {
  it("draws every observable of one type under its own name, each beside its own exact figures", async () => {
    const result = await run(
      {
        magnet: { delta: 1, alpha: 1 },
        energies: [{ type: "uniaxial", Ku1: 1 }],
        initial: { type: "boltzmann" },
        ensemble: 60,
        time: { duration: 40, step: 0.05 },
        observables: [
          { type: "spectrum", of: "mz", sampleEvery: 1 },
          { type: "spectrum", of: "mz^2", sampleEvery: 1 },
          { type: "spectrum", of: "mz", sampleEvery: 2 },
        ],
      },
      { backend: "wasm", threads: 1 },
    );
    const { figures, errors } = await drawnFrom(reportHtml(result, await plotlyText()));
    expect(errors).toEqual([]);
    const legends = new Map(figures);
    expect(legends.size).toBe(figures.length);
    for (const name of ["spectrum of mz", "spectrum of mz^2", "spectrum of mz (2)"])
      for (const kind of ["Spectrum", "Autocorrelation"])
        expect(legends.get(`${kind}: ${name}`)).toEqual(expect.arrayContaining(["ensemble", "exact"]));
  });
});
