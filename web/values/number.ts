import { readable } from "../../src/figures/readable.ts";

const prefixes: readonly (readonly [number, string])[] = [
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
  [1, ""],
  [1e-3, "m"],
  [1e-6, "µ"],
  [1e-9, "n"],
  [1e-12, "p"],
  [1e-15, "f"],
];

/** A number for readers, with a minus in place of a hyphen. */
export const shownNumber = (x: number): string => String(x).replaceAll("-", "−");

/** 3.2 × 10⁸ as "320 M"; with a unit "320 MHz". */
export function withPrefix(x: number, unit = "", digits = 3): string {
  if (x === 0 || !Number.isFinite(x)) return `${shownNumber(x)} ${unit}`.trim();
  const size = Math.abs(x);
  const [factor, prefix] =
    prefixes.find(([factor]) => size >= factor * 0.9995) ?? prefixes[prefixes.length - 1];
  return `${shownNumber(Number((x / factor).toPrecision(digits)))} ${prefix}${unit}`.trim();
}

/** A suitable prefix for a range of values, as [factor, name]. */
export function prefixFor(largest: number): readonly [number, string] {
  return prefixes.find(([factor]) => Math.abs(largest) >= factor) ?? prefixes[prefixes.length - 1];
}

/** The shortest text that is parsed as the same number. */
export function plain(x: number): string {
  if (x === 0) return "0";
  const size = Math.abs(x);
  if (size >= 1e5 || size < 1e-3) return x.toExponential().replace("e+", "e");
  return String(x);
}

/** A value in a unit that may be "1", an inverse or one without prefixes. */
export function withUnit(x: number, unit: string, digits = 4): string {
  if (unit === "1") return shownNumber(Number(x.toPrecision(digits)));
  if (unit === "kT" || unit.includes("B_K")) return `${shownNumber(Number(x.toPrecision(digits)))} ${unit}`;
  // a rate has no prefix: M/s would be read as a speed
  if (unit.startsWith("1/")) return `${readable(Number(x.toPrecision(digits)))} per ${unit.slice(2)}`;
  return withPrefix(x, unit, digits);
}
