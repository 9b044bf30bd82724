import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { codeOf, filesBelow, foundAt, root, textOf } from "./sources.ts";

const source = filesBelow("src");
const code = new Map(
  [...source, ...filesBelow("web"), ...filesBelow("bench"), ...filesBelow("scripts")].map((file) => [
    file,
    codeOf(file),
  ]),
);

/** What a person starts: the command, the library, the page, and the commands of package.json. */
const scripts = JSON.parse(textOf("package.json")).scripts as Record<string, string>;
const entries = [
  "src/index.ts",
  "web/main.ts",
  ...Object.values(scripts).flatMap((script) => script.match(/\b(?:src|bench|scripts)\/\S+\.ts\b/g) ?? []),
];

const resolved = (file: string, target: string): string =>
  relative(root, join(root, dirname(file), target)).replaceAll("\\", "/");

/** The files that `import(`../room/${name}/index.ts`)` finds, with the name. */
const foundByName = (file: string): { target: string; name: string }[] =>
  [...(code.get(file) ?? "").matchAll(/import\(`(\.[^`]+\.ts)`\)/g)].flatMap(([, path]) =>
    foundAt(join(root, dirname(file)), path).map((found) => ({
      target: resolved(file, found.path),
      name: found.name,
    })),
  );

/** The files that a file names: by import, of types too, or as the address of a worker. */
const named = (file: string): string[] => [
  ...[...(code.get(file) ?? "").matchAll(/["'](\.{1,2}\/[^"']+\.ts)(?:\?\w+)?["']/g)]
    .map(([, target]) => resolved(file, target))
    .filter((target) => existsSync(join(root, target))),
  ...foundByName(file).map(({ target }) => target),
];

const reached = new Set<string>();
const walk = (file: string): void => {
  if (reached.has(file)) return;
  reached.add(file);
  for (const target of named(file)) walk(target);
};
for (const entry of entries) walk(entry);

/** "file name" of every value that is imported or handed on somewhere. */
const imported = new Set<string>();
for (const [file, text] of code) {
  for (const { target, name } of foundByName(file)) imported.add(`${target} ${name}`);
  for (const [, names, target] of text.matchAll(/(?:import|export) \{([^}]*)\} from\s*"(\.[^"]+)"/g))
    for (const name of names.split(","))
      imported.add(`${resolved(file, target)} ${name.trim().split(" ")[0]}`);
  for (const [, alias, target] of text.matchAll(/import \* as (\w+) from\s*"(\.[^"]+)"/g))
    for (const [, name] of text.matchAll(new RegExp(`\\b${alias}\\.(\\w+)`, "g")))
      imported.add(`${resolved(file, target)} ${name}`);
  for (const [, names, target] of text.matchAll(/const \{([^}]*)\} = await import\(\s*"(\.[^"]+)"/g))
    for (const name of names.split(","))
      imported.add(`${resolved(file, target)} ${name.trim().split(":")[0]}`);
  for (const [, target, name] of text.matchAll(/import\(\s*"(\.[^"]+)"\s*\)\)\.(\w+)/g))
    imported.add(`${resolved(file, target)} ${name}`);
}

/** Values that a file exports and does not use itself. */
const offered = (file: string): string[] => {
  const text = code.get(file) ?? "";
  return [...text.matchAll(/^export (?:async )?(?:function\*?|const|class) (\w+)/gm)]
    .map(([, name]) => name)
    .filter((name) => (text.match(new RegExp(`(?<!\\.)\\b${name}\\b`, "g")) ?? []).length === 1);
};

/** Twins of what a device's own text does, word for word, which tests hold against published and counted values. */
const twins = ["src/random/streams.ts drawVariates", "src/ensemble/gpujs/stream.ts draw"];

describe("nothing is unreachable", () => {
  it("every file of src is reached from a command, the library or the page", () => {
    expect(source.filter((file) => !reached.has(file))).toEqual([]);
  });

  it("every exported value is used by more than tests", () => {
    const unused = source
      .flatMap((file) => offered(file).map((name) => `${file} ${name}`))
      .filter((name) => !imported.has(name) && !name.startsWith("src/index.ts"));
    expect(unused.toSorted()).toEqual(twins.toSorted());
  });
});
