import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { hasChromium } from "../platform/platforms.ts";
import type { Graphics, Site } from "./laboratory.ts";
import { openBrowser, openSite } from "./laboratory.ts";

/** A small part of a preset's run, in equilibrium, and nothing asked for but what the page itself shows: its exact side is done in a moment. */
export const short: Readonly<Record<string, unknown>> = {
  "time.duration": 1e-9,
  initial: { type: "boltzmann" },
  observables: [],
};
/** The same for tests of anything but what is compared: no exact side, and a step that needs no trial. */
export const alone: Readonly<Record<string, unknown>> = { ...short, compare: "none", "time.step": 1e-12 };
export const shortest: string = encodeURIComponent(JSON.stringify(short));
export const simplest: string = encodeURIComponent(JSON.stringify(alone));

/** The built page and a browser. */
export interface Laboratory {
  site: Site;
  browser: Browser;
}

/** Opened before the first suite, and shared by all suites of a process, with which they end: what one has fetched and compiled is there for the next. */
let site: Promise<Site> | undefined;
const browsers = new Map<Graphics, Promise<Browser>>();

function open(graphics: Graphics): Promise<[Site, Browser]> {
  site ??= openSite();
  const browser = browsers.get(graphics) ?? openBrowser(graphics);
  browsers.set(graphics, browser);
  return Promise.all([site, browser]);
}

/**
 * A suite of tests of the built page in Chromium; skipped where there is none. What is not about the sphere or the simulation goes to a
 * browser without graphics, where no processor has to draw what a GPU would. With `onePage` a page stays open from test to test, as long
 * as none fails.
 */
export function chromiumSuite(
  title: string,
  graphics: Graphics,
  tests: (laboratory: Laboratory) => void,
  { onePage = false }: { onePage?: boolean } = {},
): void {
  if (!hasChromium) {
    describe.skip(title, () => tests({} as Laboratory));
    return;
  }
  describe(title, () => {
    const laboratory = {} as Laboratory;
    beforeAll(async () => {
      const [site, browser] = await open(graphics);
      Object.assign(laboratory, { site, browser });
    });
    const leave = async () => {
      const contexts = laboratory.browser.contexts();
      await Promise.all(contexts.flatMap((context) => context.pages().map((page) => page.close())));
    };
    // a test that failed leaves nothing running behind it
    afterEach(async ({ task }) => {
      if (!onePage || task.result?.state === "fail") await leave();
    });
    afterAll(leave);
    tests(laboratory);
  });
}
