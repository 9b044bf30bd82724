import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** Rules of accessibility on a page. All is one frame, so they need no second page to be put together on. */
export const axeOn = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode(true);
