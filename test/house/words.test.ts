import { describe, expect, it } from "vitest";
import { filesBelow, textOf } from "./sources.ts";

const code = [...filesBelow("src"), ...filesBelow("web", /\.(ts|html|css)$/)];
const pages = ["README.md", "CONTRIBUTING.md", ...filesBelow("docs", /\.md$/)];
/** What is read beside the docs. */
const aside = ["SECURITY.md", "CHANGELOG.md", "python/README.md"];

const texts = new Map([...code, ...pages, ...aside].map((file) => [file, textOf(file)]));

/** Lines in which a pattern is found, as "file: line". */
const found = (files: readonly string[], pattern: RegExp): string[] =>
  files.flatMap((file) =>
    (texts.get(file) as string)
      .split("\n")
      .filter((line) => pattern.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );

/** Words that puzzled readers, and what is written instead. */
const puzzling: readonly [string, RegExp][] = [
  ["samples, for looks", /\b(between|of|many|two|second|a) looks?\b|\blooks (so|once|aside)\b/i],
  ["found, listed, separated or distinct, for told", /\btold\b/i],
  ["compared, for judged", /\bjudg(e|ed|es|ing)\b/i],
  ["compared with, for held against", /\b(held|hold|holding) against\b/i],
  ["≥ 0, for not negative any more", /not negative any ?more/i],
  ["10¹¹, for thousand million", /thousand million/i],
];

/** Names in code that meant several things, or nothing to somebody who comes from the field. */
const names =
  /\b\w*([jJ]udg(e|ed|ing)|Told)\b|\b[jJ]udg(e|ed|ing)[A-Z]\w*|\b(soundStep|InputProblem|problemOf|telling|frozen|frozenText|beginning|home|homes|isStill|stillEvery)\b|#still\b|\b(is|isToo|too)?[dD]ear(er|ness)?(Tolerance|For)?\b/;

describe("words", () => {
  it.each(puzzling)("%s", (_, pattern) => {
    expect(found([...code, ...pages, ...aside], pattern)).toEqual([]);
  });

  it("names in code say what they hold", () => {
    expect(found(code, names)).toEqual([]);
  });

  it("no two files export types of one name", () => {
    const holders = new Map<string, string[]>();
    for (const file of filesBelow("src"))
      for (const [, name] of (texts.get(file) as string).matchAll(
        /^export (?:interface|type|class) (\w+)\b(?! ?[,}])/gm,
      ))
        holders.set(name, [...(holders.get(name) ?? []), file]);
    expect(Object.fromEntries([...holders].filter(([, files]) => files.length > 1))).toEqual({});
  });

  it("pages write numbers as powers of ten", () => {
    const prose = pages
      .filter((file) => file !== "docs/catalogue.md")
      .flatMap((file) =>
        (texts.get(file) as string)
          .replace(/^```[\s\S]*?^```/gm, "")
          .replace(/^( {4}|\t).*$/gm, "")
          .replace(/`[^`\n]*`/g, "")
          .split("\n")
          .filter((line) => !(file === "docs/calibration.md" && line.startsWith("|")))
          .map((line) => `${file}: ${line}`),
      );
    expect(prose.filter((line) => /\d(e[-−+]?\d|·10[⁻⁰¹²³⁴-⁹])/.test(line))).toEqual([]);
    expect(
      found(pages, /\b\d+(\.\d+)? (thousand|hundred) (million|billion)\b|\b\d{4,}\d* million\b/i),
    ).toEqual([]);
  });
});
