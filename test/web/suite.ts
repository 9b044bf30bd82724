import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { hasChromium } from "../platform/platforms.ts";
import type { Site } from "./laboratory.ts";
import { openBrowser, openSite } from "./laboratory.ts";

/** A small part of a preset's run, in equilibrium, and nothing asked for but what the page itself shows: its exact side is done in a moment. */
export const short: Readonly<Record<string, unknown>> = {
  "time.duration": 1e-9,
  initial: { type: "boltzmann" },
  observables: [],
};
export const shortest: string = encodeURIComponent(JSON.stringify(short));

/** The built page and a browser, both opened before the first test of a suite. */
export interface Laboratory {
  site: Site;
  browser: Browser;
}

/** A suite of tests of the built page in Chromium; skipped where there is none. */
export function chromiumSuite(title: string, tests: (laboratory: Laboratory) => void): void {
  if (!hasChromium) {
    describe.skip(title, () => tests({} as Laboratory));
    return;
  }
  describe(title, () => {
    const laboratory = {} as Laboratory;
    beforeAll(async () => {
      laboratory.site = await openSite();
      laboratory.browser = await openBrowser();
    });
    // a test that failed leaves nothing running behind it
    afterEach(async () => {
      const contexts = laboratory.browser.contexts();
      await Promise.all(contexts.flatMap((context) => context.pages().map((page) => page.close())));
    });
    afterAll(async () => {
      await laboratory.browser?.close();
      await laboratory.site?.close();
    });
    tests(laboratory);
  });
}
