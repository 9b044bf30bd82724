import type { z } from "zod";
import type { drives } from "../physics/drives/index.ts";
import type { energies } from "../physics/energies/index.ts";
import type { Entry } from "../physics/entry.ts";
import type { InitialDescription } from "../physics/initial/index.ts";
import type { magnetParameters, reducedMagnetParameters } from "../physics/magnet.ts";
import type { Parameter, Parameters, Triple } from "../physics/parameter.ts";
import type { RandomDirection, SpreadValue } from "../physics/spread.ts";
import type { torques } from "../physics/torques/index.ts";
import type { StackInput } from "../transport/stack-schema.ts";
import type { compareChoices } from "./choices.ts";
import type { exactSchema, readoutSchema, timeSchema } from "./schema.ts";

/* An experiment as it may be written in code: the types follow from the catalogues, as the schema does. */

type MayBeAbsent<P extends Parameter> = P extends
  | { readonly default: unknown }
  | { readonly optional: true }
  | { readonly kind: "named" }
  ? true
  : false;

/** A parameter with choices takes one of them; any other takes the values of its kind. */
type WrittenValue<P extends Parameter, Kinds> = P extends { readonly choices: readonly (infer Choice)[] }
  ? Choice
  : Kinds[P["kind"] & keyof Kinds];

type Written<P extends Parameters, Kinds> = {
  readonly [K in keyof P as MayBeAbsent<P[K]> extends true ? never : K]: WrittenValue<P[K], Kinds>;
} & {
  readonly [K in keyof P as MayBeAbsent<P[K]> extends true ? K : never]?: WrittenValue<P[K], Kinds>;
};

interface PlainKinds {
  number: number;
  integer: number;
  list: readonly number[];
}

type WrittenSpread = Omit<SpreadValue, "distribution"> & Partial<Pick<SpreadValue, "distribution">>;

/** A drive as it is written, an object of one key: `{ pulse: { … } }`. */
type WrittenDrive = {
  [K in keyof typeof drives]: { readonly [Name in K]: Written<(typeof drives)[K]["parameters"], PlainKinds> };
}[keyof typeof drives];

/** A number, an expression of t, a drive (the catalogue's or `Own`), or a spread. */
export type WrittenScalar<Own = never> = number | string | WrittenDrive | WrittenSpread | Own;

interface Kinds<OwnDrive> extends PlainKinds {
  scalar: WrittenScalar<OwnDrive>;
  direction: Triple | RandomDirection;
  vector: readonly [WrittenScalar<OwnDrive>, WrittenScalar<OwnDrive>, WrittenScalar<OwnDrive>];
  numbers: Triple;
  tensor: Triple | readonly [Triple, Triple, Triple];
  expression: string;
  field: readonly [string, string, string];
  named: Readonly<Record<string, WrittenScalar<OwnDrive>>>;
  harmonics: readonly { readonly l: number; readonly m: number; readonly value: WrittenScalar<OwnDrive> }[];
  stack: StackInput;
}

/** An entry of a catalogue as it is written: `type` and its parameters. */
export type WrittenEntry<E extends Pick<Entry, "type" | "parameters">, OwnDrive = never> = {
  readonly type: E["type"];
} & Written<E["parameters"], Kinds<OwnDrive>>;

type OneOf<Catalogue extends Readonly<Record<string, Entry>>, OwnDrive> = {
  [K in keyof Catalogue]: { readonly type: K } & Written<Catalogue[K]["parameters"], Kinds<OwnDrive>>;
}[keyof Catalogue];

/** The keys of `Other` that `One` does not have are left out. */
type Without<Other, One> = { readonly [K in Exclude<keyof Other, keyof One>]?: never };

/** Every key of an experiment but `observables`, in SI units or, where the magnet is given by `delta`, reduced ones. */
export interface WrittenExperiment<Own = never, OwnDrive = never> {
  readonly name?: string;
  readonly magnet:
    | (Written<typeof magnetParameters, Kinds<OwnDrive>> &
        Without<typeof reducedMagnetParameters, typeof magnetParameters>)
    | (Written<typeof reducedMagnetParameters, Kinds<OwnDrive>> &
        Without<typeof magnetParameters, typeof reducedMagnetParameters>);
  readonly energies?: readonly (OneOf<typeof energies, OwnDrive> | Own)[];
  readonly torques?: readonly (OneOf<typeof torques, OwnDrive> | Own)[];
  readonly initial?: InitialDescription | Own;
  /** Number of spins. */
  readonly ensemble?: number;
  readonly seed?: number;
  readonly time: z.input<typeof timeSchema>;
  readonly readout?: z.input<typeof readoutSchema>;
  readonly compare?: (typeof compareChoices)[number];
  readonly exact?: z.input<typeof exactSchema>;
}
