/** A number for reading: four significant digits, powers of ten where they help. */
export function readable(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "—";
  // what is beyond the range of numbers
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return `${Number(value.toPrecision(5))}`;
  const [digits, power] = value.toExponential(3).split("e");
  return `${Number(digits)}·10${superscript(Number(power))}`;
}

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const superscript = (n: number): string =>
  (n < 0 ? "⁻" : "") + [...String(Math.abs(n))].map((digit) => raised[Number(digit)]).join("");

/** What is said of figures that belong to the parameters of one time of a drive; nothing where nothing changes. */
export const frozenText = (exact: { readonly frozenAt?: number } | null | undefined): string =>
  exact?.frozenAt === undefined ? "" : ` at t = ${readable(exact.frozenAt)}`;

/** A value with its standard error, where it has one. */
export const withError = (value: number | null, error: number | null): string =>
  error === null ? readable(value) : `${readable(value)} ± ${readable(error)}`;

/** A value with its standard error, one as missing as the other. */
export const pair = (value: number | null | undefined, error: number | null | undefined): string =>
  `${readable(value)} ± ${readable(error)}`;
