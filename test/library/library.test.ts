import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as spinsemble from "../../src/index.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(root, "test-output-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const extending = readFileSync(join(root, "docs/extending.md"), "utf8");
const library = readFileSync(join(root, "docs/library.md"), "utf8");
const examples = [
  ...`${extending}\n${library}`.matchAll(/^##? ([^\n]+)\n(?:(?!^#)[\s\S])*?```ts\n([\s\S]*?)```/gm),
].map(([, title, code]) => {
  const file = join(folder, `${title.replaceAll(" ", "-")}.mts`);
  const source = JSON.stringify(join(root, "src/index.ts"));
  writeFileSync(file, `${code.replace('"spinsemble"', source)}\nexport {};\n`);
  return { title, file, prints: [...code.matchAll(/\/\/ prints (.*)$/gm)].map(([, text]) => text) };
});
const typed = join(root, "test/library/typed.ts");

describe("the compiler", () => {
  let program: ts.Program;
  beforeAll(() => {
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    program = ts.createProgram([typed, ...examples.map(({ file }) => file)], options);
  });
  const problems = (file: string): string[] =>
    program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));

  it("takes sound experiments and refuses misspelt ones", () => {
    expect(problems(typed)).toEqual([]);
    expect(readFileSync(typed, "utf8").match(/@ts-expect-error/g)?.length).toBeGreaterThan(10);
  });

  it.each(examples)("takes the docs' example: $title", ({ file }) => {
    expect(problems(file)).toEqual([]);
  });
});

describe("docs of the library", () => {
  it.each(examples)("$title works as it is shown", async ({ file, prints }) => {
    const printed: string[] = [];
    const spy = vi.spyOn(console, "log").mockImplementation((...values) => printed.push(values.join(" ")));
    try {
      await import(/* @vite-ignore */ file);
    } finally {
      spy.mockRestore();
    }
    expect(prints.length).toBeGreaterThan(0);
    expect(printed).toEqual(prints);
  });

  it("name every function and value that it exports, those of the first plan among them", () => {
    const exported = Object.keys(spinsemble);
    expect(exported).toEqual(expect.arrayContaining(["check", "run", "fokkerPlanck", "rates", "transport"]));
    expect(exported).toEqual(expect.arrayContaining(["onsager", "fit", "report", "jsonSchema", "register"]));
    const named = new Set([...library.matchAll(/`(\w+)(?:\([^`]*\))?`/g)].map(([, name]) => name));
    expect(exported.filter((name) => !named.has(name))).toEqual([]);
  });

  it("shows an energy, a torque, an initial state, a drive, an observable, a backend and the library", () => {
    expect(examples.map(({ title }) => title)).toEqual([
      "An energy",
      "A torque",
      "An initial state",
      "A drive",
      "An observable",
      "A backend",
      "The library",
    ]);
  });
});
