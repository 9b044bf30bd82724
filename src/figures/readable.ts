/** Digits after a minus in place of a hyphen. */
const signed = (digits: string): string => digits.replace(/^-/, "−");

/** A number for display: four significant digits, with a power of ten if that is shorter. */
export function readable(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "—";
  // infinite
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return signed(`${Number(value.toPrecision(5))}`);
  const [digits, power] = value.toExponential(3).split("e");
  return `${signed(`${Number(digits)}`)}·10${superscript(Number(power))}`;
}

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const superscript = (n: number): string =>
  (n < 0 ? "⁻" : "") + [...String(Math.abs(n))].map((digit) => raised[Number(digit)]).join("");

/** The remark on figures that hold for the parameters at one time of a drive; empty if nothing changes. */
export const atTimeOf = (exact: { readonly frozenAt?: number } | null | undefined): string =>
  exact?.frozenAt === undefined ? "" : ` at t = ${readable(exact.frozenAt)}`;

/** Errors below this share of the value are shown separately, with their own digits. */
const apart = 1e-8;

/** A value with its standard error, where it has one: both end at the second digit of the error, and share a power of ten. */
export function withError(value: number | null | undefined, error: number | null | undefined): string {
  if (!isNumber(value) || !isNumber(error)) return readable(value);
  const size = Math.max(Math.abs(value), error);
  if (!(error > apart * size && size < Number.POSITIVE_INFINITY))
    return `${readable(value)} ± ${readable(error)}`;
  const isPlain = size >= 1e-3 && size < 1e5;
  const power = isPlain ? 0 : Math.floor(Math.log10(size));
  const decimals = Math.max(0, power + 1 - Math.floor(Math.log10(error)));
  const text = [value, error]
    .map((x) => signed((x / 10 ** power).toFixed(decimals).replace(/^-(?=[0.]+$)/, "")))
    .join(" ± ");
  return isPlain ? text : `(${text})·10${superscript(power)}`;
}

const isNumber = (x: number | null | undefined): x is number =>
  x !== null && x !== undefined && !Number.isNaN(x);

/** A text of a result whose numbers have powers of ten: "moments at 9e-7 s" as "moments at 9·10⁻⁷ s". */
export const inPowers = (text: string): string =>
  text.replace(
    /(?<![\w.])(\d+(?:\.\d+)?)e-(\d+)\b/g,
    (_, digits: string, power: string) => `${digits}·10${superscript(-Number(power))}`,
  );
