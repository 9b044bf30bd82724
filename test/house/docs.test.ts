import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readText } from "../../src/experiment/index.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import { onsager } from "../../src/transport/onsager/onsager-result.ts";
import { filesBelow, root, textOf } from "./sources.ts";

const pages = ["README.md", "CONTRIBUTING.md", "python/README.md", ...filesBelow("docs", /\.md$/)];
const scripts = JSON.parse(textOf("package.json")).scripts as Record<string, string>;

/** Blocks of one language, with the page that shows them. */
const blocks = (language: string): [string, string][] =>
  pages.flatMap((page) =>
    [...textOf(page).matchAll(/```(\w+)\n([\s\S]*?)```/g)]
      .filter((match) => match[1] === language)
      .map((match): [string, string] => [page, match[2]]),
  );

/** Lines of blocks of a shell and of indented blocks, and commands in the text. */
const commands: readonly [string, string][] = [
  ...blocks("sh").flatMap(([page, text]) => text.split("\n").map((line): [string, string] => [page, line])),
  ...pages.flatMap((page) => {
    const prose = textOf(page).replace(/^```[\s\S]*?^```/gm, "");
    const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]);
    return [...spans, ...(prose.match(/^ {4}spinsemble .*$/gm) ?? [])].map((text): [string, string] => [
      page,
      text,
    ]);
  }),
];

const helps = new Map<string, string>();
const helpOf = (command: string): string => {
  const help =
    helps.get(command) ??
    execFileSync(process.execPath, [join(root, "dist/cli.js"), ...(command ? [command] : []), "--help"], {
      encoding: "utf8",
    });
  helps.set(command, help);
  return help;
};

describe("the docs", () => {
  it("name only scripts that exist", () => {
    const named = commands.flatMap(([page, text]) =>
      [...text.matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)].map((match) => [page, match[1]]),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(([, script]) => !(script in scripts))).toEqual([]);
  });

  it("show only commands and options that the program has", () => {
    const own = [...helpOf("").matchAll(/^ {2}(\w[\w-]*)(?: \[options\])? /gm)].map((match) => match[1]);
    const shown = commands.flatMap(([page, text]) =>
      [...text.matchAll(/(?:^|[\s"])spinsemble ([a-z][\w-]*)([^"#`]*)/g)].map(([, command, rest]) => ({
        page,
        command,
        // what continues on the next line is missed, not misread
        options: [...rest.matchAll(/(?<=\s|\[)--[a-z][\w-]*/g)].map(([option]) => option),
      })),
    );
    expect(shown.length).toBeGreaterThan(30);
    for (const { page, command, options } of shown) {
      // the first line of a checkpoint is no command: "spinsemble checkpoint 1"
      if (command === "checkpoint") continue;
      expect(own, `${page}: spinsemble ${command}`).toContain(command);
      for (const option of options)
        expect(helpOf(command), `${page}: spinsemble ${command} ${option}`).toMatch(
          new RegExp(`${option}\\b`),
        );
    }
  });

  it.each(blocks("yaml").filter(([page]) => page !== "docs/sweeps.md"))(
    "%s shows experiments and systems that check",
    (page, text) => {
      const read = readText(text);
      expect(read.ok).toBe(true);
      if (!read.ok) return;
      if (page === "docs/onsager.md") {
        expect(onsager(read.value as never).reciprocity.holds).toBe(true);
        return;
      }
      // what a page leaves out of an experiment
      const rest = {
        magnet: { Ms: 4.5e5, volume: 5e-25, alpha: 0.1, temperature: 300 },
        energies: [{ type: "uniaxial", Ku1: 2e4, anisU: [0, 0, 1] }],
        time: { duration: 5e-6 },
      };
      const checked = checkExperiment({ ...rest, ...(read.value as object) });
      expect(checked.ok || checked.problems).toBe(true);
    },
  );
});
