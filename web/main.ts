import { Page } from "./shell/page.ts";

const page = new Page();
page.begin();
// a hand for tests: what happens when the device goes away
Object.assign(globalThis, { spinsemble: { loseDevice: () => page.loseDevice() } });
