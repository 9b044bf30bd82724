import { buildCommand } from "./built.ts";

/** Before the tests of the program. */
export default buildCommand;
