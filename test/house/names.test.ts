import { expect, it } from "vitest";
import { programFiles, textOf } from "./sources.ts";

/** Where the names of a macrospin's state and of its unit variates are written. */
const written = ["src/expression/vector.ts", "src/physics/model.ts"];

it("names of state variables and unit variates are written once", () => {
  // as a text, as a key of what is put in the place of a variable, as a variate
  const isWritten = (file: string): boolean =>
    /["'`]m[xyz]["'`]|\{ ?m[xyz]: (?!readonly|number)|`m\$\{|\bxi[123]\b/.test(textOf(file));
  expect(programFiles.filter(isWritten).toSorted()).toEqual(written.toSorted());
});
