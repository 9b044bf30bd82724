import { z } from "zod";
import { closedObject } from "../parameter-schema.ts";
import { dwell } from "./dwell.ts";
import { entropyProduction } from "./entropy-production.ts";
import { firstPassage } from "./first-passage.ts";
import { histogram } from "./histogram.ts";
import { moments } from "./moments.ts";
import type { ObservableEntry, Written } from "./observable.ts";
import { spectrum } from "./spectrum.ts";
import { trajectory } from "./trajectory.ts";

/** The catalogue of observables: a new one is a file here and a name in this list. */
export const observables = {
  moments,
  histogram,
  firstPassage,
  dwell,
  spectrum,
  trajectory,
  entropyProduction,
} as const;

/** An observable as written in a completed experiment. */
export type ObservableDescription = {
  [K in keyof typeof observables]: {
    readonly type: K;
    readonly name?: string;
  } & (typeof observables)[K] extends ObservableEntry<infer Shape>
    ? { readonly type: K; readonly name?: string } & Written<Shape>
    : never;
}[keyof typeof observables];

const nameSchema = z.string().min(1).max(100).optional().meta({ description: "name in the result" });

const schemas = Object.values(observables as Readonly<Record<string, ObservableEntry>>).map(
  ({ type, title, shape }) =>
    closedObject({ type: z.literal(type), name: nameSchema, ...shape }).meta({
      title: type,
      description: title,
    }),
);

export const observableSchema: z.ZodType = z.discriminatedUnion("type", [schemas[0], ...schemas.slice(1)]);
