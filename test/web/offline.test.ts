import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { buildOneFile } from "../built.ts";
import { hurried, openSite, verdict, visit } from "./laboratory.ts";
import { picture } from "./picture.ts";
import { chromiumSuite, shortest } from "./suite.ts";

const one = fileURLToPath(new URL("../../dist/spinsemble.html", import.meta.url));
const short = hurried(`preset=neel-brown&set=${shortest}`);

chromiumSuite("without a network, the page", "plain", (laboratory) => {
  it("can be installed, and once kept opens and runs with its server gone", async () => {
    const site = await openSite();
    const { page, errors } = await visit(laboratory.browser, site.address + short);
    const session = await page.context().newCDPSession(page);
    const { errors: wrong, data } = await session.send("Page.getAppManifest");
    expect([wrong, JSON.parse(data ?? "").name]).toEqual([[], "spinsemble"]);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await site.close();
    await page.goto("about:blank");
    await page.goto(site.address + short);
    expect(await verdict(page)).toBe("passed");
    // what is fetched late is there too
    await page.locator("#pane-distribution .main-svg").first().waitFor();
    expect(errors).toEqual([]);
  });

  it("runs from a disk as one file, under its policy", async () => {
    buildOneFile();
    const text = readFileSync(one, "utf8");
    const [policy] = /script-src [^;]*/.exec(text) ?? [];
    expect(policy).toMatch(/^script-src 'sha256-[^']+' 'unsafe-eval' 'wasm-unsafe-eval' blob:$/);
    expect(text.includes("gpu.js Team"), "the licences are in it").toBe(true);
    const { page, errors } = await visit(laboratory.browser, pathToFileURL(one).href + short);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    expect(await verdict(page)).toBe("passed");
    await page.locator("#pane-distribution .main-svg").first().waitFor();
    await picture(page, "one-file");
    // measured data are read there too
    await page.click("#tab-data");
    await page.click('#pane-data button:text-is("Try an example")');
    await page.locator("#pane-data .main-svg").first().waitFor();
    expect(asked.filter((address) => !/^(blob|data):/.test(address))).toEqual([]);
    expect(errors).toEqual([]);
  });
});
