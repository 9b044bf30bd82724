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
