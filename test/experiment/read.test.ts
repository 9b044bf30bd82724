import { expect, it } from "vitest";
import { describeInputError, readText } from "../../src/experiment/index.ts";

it("reads YAML and JSON", () => {
  expect(readText("a: 1e-9\nb: [1.0e5, 2]\n")).toEqual({ ok: true, value: { a: 1e-9, b: [1e5, 2] } });
  expect(readText('{"a": {"b": [1, 2]}}')).toEqual({ ok: true, value: { a: { b: [1, 2] } } });
});

it("names line and column of an error of syntax", () => {
  const read = readText("magnet:\n  Ms: [1, 2\nseed: 1\n");
  expect(read.ok).toBe(false);
  if (!read.ok) expect(describeInputError(read.problems[0])).toMatch(/^line \d+, column \d+ is not YAML: /);
});

it("refuses aliases that multiply", () => {
  const laughs = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (let i = 0; i < 9; i++) {
    const [from, to] = [String.fromCharCode(97 + i), String.fromCharCode(98 + i)];
    laughs.push(`${to}: &${to} [${Array.from({ length: 9 }, () => `*${from}`).join(", ")}]`);
  }
  expect(readText(laughs.join("\n")).ok).toBe(false);
});

it.each([
  ["JSON", (n: number) => "[".repeat(n) + "]".repeat(n)],
  ["YAML in brackets", (n: number) => `magnet:\n  Ms: ${"{ a: ".repeat(n)}1${" }".repeat(n)}`],
  [
    "YAML by indentation",
    (n: number) => Array.from({ length: n / 4 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
  ],
])("says of %s that it is nested too deeply, and where", (_, nested) => {
  const read = readText(nested(12_000));
  expect(read.ok).toBe(false);
  if (read.ok) return;
  expect(read.problems.map(describeInputError)).toEqual([
    expect.stringMatching(/^line \d+, column \d+ is nested too deeply$/),
  ]);
});

it.each([
  ["UTF-16", "utf16le", "\uFEFFname: x\n"],
  ["UTF-16", "utf16le", "name: x\n"],
  ["UTF-16", "utf16be", "\uFEFF{ name: x }\n"],
  ["UTF-16", "utf16be", "name: x\n"],
  ["UTF-32", "utf32le", "\uFEFFname: x\n"],
])("names the encoding of a file in %s (%s, %j)", (encoding, kind, text) => {
  const units = Buffer.from(text, "utf16le");
  const bytes =
    kind === "utf16le"
      ? units
      : kind === "utf16be"
        ? units.swap16()
        : Buffer.from(Uint32Array.from(text, (c) => c.charCodeAt(0)).buffer);
  const read = readText(bytes.toString("utf8"));
  expect(read.ok).toBe(false);
  if (!read.ok)
    expect(describeInputError(read.problems[0])).toBe(
      `the experiment must be saved as UTF-8, is ${encoding}`,
    );
});

it("takes a mark of UTF-8 at its head, and signs that are no letters", () => {
  expect(readText("\uFEFFname: x\n")).toEqual({ ok: true, value: { name: "x" } });
  expect(readText("name: \uFFFD\uFFFD\n")).toEqual({ ok: true, value: { name: "\uFFFD\uFFFD" } });
});
