import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Where the names of a macrospin's state and of its unit variates are written. */
const home = ["src/expression/vector.ts", "src/physics/model.ts"];
/** Lists in which they stand among other names. */
const lists = ["src/ensemble/dynkin/functions.ts", "src/transport/onsager/system-file.ts"];

it("names of state variables and unit variates are written once", () => {
  const files = ["src", "web"].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(top, name).replaceAll("\\", "/")),
  );
  const written = (file: string): boolean =>
    /"mx",\s*"my",\s*"mz"|\bxi[123]\b/.test(readFileSync(join(root, file), "utf8"));
  expect(files.filter(written).toSorted()).toEqual([...home, ...lists].toSorted());
});
