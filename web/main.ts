import { Page } from "./shell/page.ts";

new Page().begin();
