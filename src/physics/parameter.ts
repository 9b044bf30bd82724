/** Limits of a number: `minimum` and `maximum` belong to the range, `above` and `below` do not. */
export interface Range {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly above?: number;
  readonly below?: number;
}

interface Described {
  /** SI unit as it is printed; "1" for pure numbers, "" where there is none. */
  readonly unit: string;
  /** Description, without the unit and without a full stop. */
  readonly meaning: string;
  /** Optional, though it has no default. */
  readonly optional?: true;
}

export type Triple = readonly [number, number, number];
export type Matrix = readonly [Triple, Triple, Triple];

/** Declares one parameter. Schema, help, form, documentation and types follow from it. */
export type Parameter = Described &
  (
    | /** A number, a drive, a typed expression of t or a spread. */ ({
        readonly kind: "scalar";
        readonly default?: number;
      } & Range)
    | /** A plain number. */ ({ readonly kind: "number"; readonly default?: number } & Range)
    | ({ readonly kind: "integer"; readonly default?: number } & Range)
    | /** Three numbers, which are normalized, or a direction that differs from spin to spin. */ {
        readonly kind: "direction";
        readonly default?: Triple;
      }
    | /** Three scalars. */ { readonly kind: "vector"; readonly default?: Triple }
    | /** Three plain numbers, each within the range. */ ({
        readonly kind: "numbers";
        readonly default?: Triple;
      } & Range)
    | /** Plain numbers, two or more. */ { readonly kind: "list" }
    | /** A symmetric matrix, or the three numbers of its diagonal. */ { readonly kind: "tensor" }
    | { readonly kind: "choice"; readonly choices: readonly string[]; readonly default?: string }
    | /** Typed function of mx my mz theta phi t and the names in `parameters`. */ {
        readonly kind: "expression";
        readonly default?: string;
      }
    | /** Three typed functions of m, constant in time: a vector field. */ { readonly kind: "field" }
    | /** Scalars by name, for typed functions. */ { readonly kind: "named" }
    | /** Coefficients of real spherical harmonics. */ { readonly kind: "harmonics" }
    | /** A layered stack (src/transport). */ { readonly kind: "stack" }
  );

export type Parameters = Readonly<Record<string, Parameter>>;

interface PlainValue {
  number: number;
  integer: number;
  choice: string;
  list: readonly number[];
}

/** Values of parameters that are never more than plain numbers, lists and choices. */
export type PlainValues<P extends Parameters> = {
  readonly [K in keyof P]: P[K]["kind"] extends keyof PlainValue ? PlainValue[P[K]["kind"]] : never;
};

/** The rule of a range in words: "≥ 0 K", "> 0 m³", "in (0, 1]", or "" where there is none. */
export function rangeRule({ minimum, maximum, above, below }: Range, unit: string): string {
  const suffix = unit === "" || unit === "1" ? "" : ` ${unit}`;
  const low = minimum ?? above;
  const high = maximum ?? below;
  if (low !== undefined && high !== undefined)
    return `in ${minimum === undefined ? "(" : "["}${low}, ${high}${maximum === undefined ? ")" : "]"}${suffix}`;
  if (low !== undefined) return `${minimum === undefined ? ">" : "≥"} ${low}${suffix}`;
  if (high !== undefined) return `${maximum === undefined ? "<" : "≤"} ${high}${suffix}`;
  return "";
}

/** Whether a number lies in a range. */
export const isWithin = (value: number, { minimum, maximum, above, below }: Range): boolean =>
  !(minimum !== undefined && value < minimum) &&
  !(maximum !== undefined && value > maximum) &&
  !(above !== undefined && value <= above) &&
  !(below !== undefined && value >= below);

/** A broken rule between parameters. */
export interface BrokenRule {
  /** The parameter, or "" for the entry as a whole. */
  readonly path: string;
  /** "must …" */
  readonly rule: string;
}
