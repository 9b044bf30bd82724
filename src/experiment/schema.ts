import { z } from "zod";
import type { EnergyDescription } from "../physics/energies/index.ts";
import { energies } from "../physics/energies/index.ts";
import type { InitialDescription } from "../physics/initial/index.ts";
import { defaultInitial } from "../physics/initial/index.ts";
import { magnetParameters, reducedMagnetParameters } from "../physics/magnet.ts";
import type { Parameter } from "../physics/parameter.ts";
import { perGeneration } from "../physics/register.ts";
import type { TorqueDescription } from "../physics/torques/index.ts";
import { torques } from "../physics/torques/index.ts";
import type { Values } from "../physics/value.ts";
import { generalParameters, readoutParameters, timeParameters } from "./experiment-parameters.ts";
import type { ObservableDescription, ObservableSpecs } from "./observable-spec.ts";
import {
  catalogueSchema,
  closedObject,
  describedBy,
  directionSchema,
  initialStatesSchema,
  numberSchema,
  shapeOf,
} from "./parameter-schema.ts";

const magnetSchema = () =>
  z.union([
    closedObject(shapeOf(magnetParameters)).meta({ title: "magnet in SI units" }),
    closedObject(shapeOf(reducedMagnetParameters)).meta({
      title: "magnet in reduced units",
      description: "fields over B_K, energy densities over K, times in 1/(γ'B_K)",
    }),
  ]);

export const initialSchema = () => initialStatesSchema().meta({ description: "the ensemble at t = 0" });

const plainNumber = (parameter: Extract<Parameter, { kind: "number" }>): z.ZodNumber =>
  describedBy(parameter, numberSchema(parameter, parameter.unit));

export const readoutSchema = closedObject({
  parallel: plainNumber(readoutParameters.parallel),
  antiparallel: plainNumber(readoutParameters.antiparallel),
  reference: describedBy(readoutParameters.reference, directionSchema),
}).meta({ description: "makes `resistance` a quantity" });

const { duration, step, integrator, variates } = timeParameters;
const stepSchema = z
  .union([z.literal("auto"), numberSchema(step, step.unit)], { error: "must be auto or a number > 0 s" })
  .default("auto");

export const timeSchema = closedObject({
  duration: plainNumber(duration),
  step: describedBy(step, stepSchema),
  integrator: describedBy(integrator, z.enum(integrator.choices).default(integrator.default)),
  variates: describedBy(variates, z.enum(variates.choices).default(variates.default)),
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
  initial: initialSchema().default(defaultInitial),
  ensemble: numberSchema({ minimum: 1, maximum: 2 ** 31 }, "", true)
    .default(100_000)
    .meta({ description: "number of spins" }),
  seed: describedBy(
    generalParameters.seed,
    numberSchema(generalParameters.seed, "", true).default(generalParameters.seed.default),
  ),
  time: timeSchema,
  readout: readoutSchema.optional(),
  compare: describedBy(
    generalParameters.compare,
    z.enum(generalParameters.compare.choices).default(generalParameters.compare.default),
  ),
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

/** Every key of an experiment. If the whole has problems the parts are checked one by one. */
export const experimentShape = (specs: ObservableSpecs): Readonly<Record<string, z.ZodType>> => {
  const { compare, ...before } = shapeWithoutObservables();
  return { ...before, observables: observablesSchema(specs), compare };
};

const schemas = perGeneration(() => new WeakMap<ObservableSpecs, z.ZodObject>());

/** The schema of an experiment that may use these observables. An experiment without observables gets the first of them. */
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

/** An experiment with every default filled in: plain JSON. Checking it returns the same experiment. */
export type CompletedExperiment = Readonly<
  Omit<z.output<z.ZodObject<ReturnType<typeof makeShape>>>, "magnet" | "energies" | "torques" | "initial"> & {
    magnet: MagnetDescription;
    initial: InitialDescription;
    energies: readonly EnergyDescription[];
    torques: readonly TorqueDescription[];
    observables: readonly ObservableDescription[];
  }
>;

/** Keys of an experiment that hold one value. */
export const settingsShape = (): z.core.$ZodLooseShape => {
  const { ensemble, seed, compare, exact, name } = shapeWithoutObservables();
  return { name, ensemble, seed, compare, exact };
};

/** JSON Schema of an experiment as it is written, for editors. */
export const experimentJsonSchema = (specs: ObservableSpecs): object =>
  z.toJSONSchema(experimentSchema(specs), { io: "input", reused: "ref", unrepresentable: "any" });
