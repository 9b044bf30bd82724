import { buildPage } from "./built.ts";

/** Before the tests of the page. */
export default buildPage;
