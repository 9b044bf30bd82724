import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Where the names of a macrospin's state and of its unit variates are written. */
const written = ["src/expression/vector.ts", "src/physics/model.ts"];

/** What a person types or reads: quantities of observables, titles of axes. */
const readable =
  /\b(of|name): "m[xyz]"|\bof === "mz"|layout\("mz"|φ \(degrees\)", "mz"|\.default\("mz"\)|"mz" \| "phi"/g;

it("names of state variables and unit variates are written once", () => {
  const files = ["src", "web"].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".gen.ts"))
      .map((name) => join(top, name).replaceAll("\\", "/")),
  );
  // as a text, as a key of what is put in the place of a variable, as a variate
  const isWritten = (file: string): boolean =>
    /["'`]m[xyz]["'`]|\{ ?m[xyz]: (?!readonly|number)|\bxi[123]\b/.test(
      readFileSync(join(root, file), "utf8").replace(readable, ""),
    );
  expect(files.filter(isWritten).toSorted()).toEqual(written.toSorted());
});
