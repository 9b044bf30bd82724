import { z } from "zod";
import type { EnergyDescription } from "../physics/energies/index.ts";
import { energies } from "../physics/energies/index.ts";
import { magnetParameters, reducedMagnetParameters } from "../physics/magnet.ts";
import { perGeneration } from "../physics/register.ts";
import type { TorqueDescription } from "../physics/torques/index.ts";
import { torques } from "../physics/torques/index.ts";
import type { Values } from "../physics/value.ts";
import { compareChoices, initialKinds, integratorChoices, variateChoices } from "./choices.ts";
import type { ObservableDescription, ObservableSpecs } from "./observable-spec.ts";
import { catalogueSchema, closedObject, directionSchema, numberSchema, shapeOf } from "./parameter-schema.ts";

const magnetSchema = () =>
  z.union([
    closedObject(shapeOf(magnetParameters)).meta({ title: "magnet in SI units" }),
    closedObject(shapeOf(reducedMagnetParameters)).meta({
      title: "magnet in reduced units",
      description: "fields over B_K, energy densities over K, times in 1/(γ'B_K)",
    }),
  ]);

export const initialSchema = z
  .discriminatedUnion("type", [
    closedObject({
      type: z.literal("direction"),
      m: directionSchema.meta({ description: "direction of every spin" }),
    }).meta({
      description: initialKinds.direction.title,
    }),
    closedObject({ type: z.literal("uniform") }).meta({ description: initialKinds.uniform.title }),
    closedObject({ type: z.literal("boltzmann") }).meta({
      description: initialKinds.boltzmann.title,
    }),
    closedObject({
      type: z.literal("well"),
      m: directionSchema.meta({ description: "a direction in the well" }),
    }).meta({
      description: initialKinds.well.title,
    }),
  ])
  .meta({ description: "the ensemble at t = 0" });

export const readoutSchema = closedObject({
  parallel: numberSchema({}, "Ω").meta({ description: "resistance with m along the reference (Ω)" }),
  antiparallel: numberSchema({}, "Ω").meta({ description: "resistance with m against it (Ω)" }),
  reference: directionSchema.meta({ description: "direction of the reference layer" }),
}).meta({ description: "makes `resistance` a quantity" });

export const timeSchema = closedObject({
  duration: numberSchema({ above: 0 }, "s").meta({ description: "duration (s)" }),
  step: z
    .union([z.literal("auto"), numberSchema({ above: 0 }, "s")], { error: "must be auto or a number > 0 s" })
    .default("auto")
    .meta({ description: "time step (s), or auto" }),
  integrator: z.enum(integratorChoices).default("auto").meta({
    description: "time-stepping scheme; auto: splitting, or magnus where phases matter",
  }),
  variates: z.enum(variateChoices).default("auto").meta({
    description:
      "distribution of the random numbers; auto: dyadic, or gaussian where a density is recorded soon after all spins start in one direction",
  }),
}).meta({ description: "time" });

export const exactSchema = closedObject({
  seconds: numberSchema({ above: 0 }, "").meta({
    description:
      "limit on the processor time (s) of all exact figures of one experiment together, default 300; also on the estimated time of one stationary state, default 20",
  }),
}).meta({ description: "limits on the cost of the exact solution" });

const mostTerms = 100;
/** Every key but `observables`. */
const makeShape = () => ({
  name: z.string().min(1).max(200).default("experiment").meta({ description: "name of the experiment" }),
  magnet: magnetSchema().meta({ description: "the magnet" }),
  energies: z.array(catalogueSchema(energies)).max(mostTerms).default([]).meta({ description: "energies" }),
  torques: z.array(catalogueSchema(torques)).max(mostTerms).default([]).meta({ description: "torques" }),
  initial: initialSchema.default({ type: "direction", m: [0, 0, 1] }),
  ensemble: numberSchema({ minimum: 1, maximum: 2 ** 31 }, "", true)
    .default(100_000)
    .meta({ description: "number of spins" }),
  seed: numberSchema({ minimum: 0, maximum: 2 ** 32 - 1 }, "", true)
    .default(1)
    .meta({ description: "seed of the random numbers" }),
  time: timeSchema,
  readout: readoutSchema.optional(),
  compare: z
    .enum(compareChoices)
    .default("fokker-planck")
    .meta({ description: "fokker-planck: compute the exact solution and compare with it; none: do not" }),
  exact: exactSchema.optional(),
});
const shapeWithoutObservables = perGeneration(makeShape);

const nameSchema = z.string().min(1).max(100).optional().meta({ description: "name in the result" });

function observablesSchema(specs: ObservableSpecs): z.ZodType {
  const schemas = Object.values(specs).map(({ type, title, shape }) =>
    closedObject({ type: z.literal(type), name: nameSchema, ...shape }).meta({
      title: type,
      description: title,
    }),
  );
  const [first] = Object.keys(specs);
  return z
    .array(z.discriminatedUnion("type", [schemas[0], ...schemas.slice(1)]))
    .max(mostTerms)
    .default([schemas[0].parse({ type: first })] as never)
    .meta({ description: "what is recorded" });
}

/** Every key of an experiment; the parts are checked one by one where the whole has problems. */
export const experimentShape = (specs: ObservableSpecs): Readonly<Record<string, z.ZodType>> => {
  const { compare, ...before } = shapeWithoutObservables();
  return { ...before, observables: observablesSchema(specs), compare };
};

const schemas = perGeneration(() => new WeakMap<ObservableSpecs, z.ZodObject>());

/** The schema of an experiment that may ask for these observables; without any it asks for the first. */
export function experimentSchema(specs: ObservableSpecs): z.ZodObject {
  const made = schemas().get(specs);
  if (made) return made;
  const schema = closedObject(experimentShape(specs)).meta({
    title: "spinsemble experiment",
    description: "an ensemble of macrospins, SI units",
  });
  schemas().set(specs, schema);
  return schema;
}

export type MagnetDescription = Values<typeof magnetParameters> | Values<typeof reducedMagnetParameters>;

/** An experiment with every default filled in: plain JSON, which checks to itself. */
export type CompletedExperiment = Readonly<
  Omit<z.output<z.ZodObject<ReturnType<typeof makeShape>>>, "magnet" | "energies" | "torques"> & {
    magnet: MagnetDescription;
    energies: readonly EnergyDescription[];
    torques: readonly TorqueDescription[];
    observables: readonly ObservableDescription[];
  }
>;

/** Keys of an experiment that are single settings. */
export const settingsShape = (): z.core.$ZodLooseShape => {
  const { ensemble, seed, compare, exact, name } = shapeWithoutObservables();
  return { name, ensemble, seed, compare, exact };
};

/** JSON Schema of an experiment as it is written, for editors. */
export const experimentJsonSchema = (specs: ObservableSpecs): object =>
  z.toJSONSchema(experimentSchema(specs), { io: "input", reused: "ref", unrepresentable: "any" });
