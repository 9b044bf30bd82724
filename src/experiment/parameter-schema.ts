import { z } from "zod";
import { namePattern, reservedNames } from "../expression/parse.ts";
import { drives } from "../physics/drives/index.ts";
import type { Entry } from "../physics/entry.ts";
import { initialStates } from "../physics/initial/index.ts";
import type { InitialEntry } from "../physics/initial/initial-entry.ts";
import type { BrokenRule, Parameter, Parameters, Range, Triple } from "../physics/parameter.ts";
import { rangeRule } from "../physics/parameter.ts";
import { perGeneration } from "../physics/register.ts";
import { spreadParameters } from "../physics/spread.ts";
import { stackSchema } from "../transport/stack-schema.ts";

/*
 * Schemas made from the catalogues: one for each kind of parameter. Messages are rules ("must be ≥ 0 K"), which
 * input-error.ts completes with path and value.
 */

/** An object that takes no other keys; its message lists the keys it takes, for "did you mean". */
export const closedObject = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? Object.keys(shape).join(" ") : "must be an object with keys",
  });

const unitSuffix = (unit: string): string =>
  unit === "" || unit === "1" || unit === "value" ? "" : ` in ${unit}`;

/** A finite number within a range. */
export function numberSchema(range: Range, unit: string, whole = false): z.ZodNumber {
  const rule = rangeRule(range, unit);
  const kind = whole ? "a whole number" : "a finite number";
  const error = { error: rule ? `must be ${whole ? `${kind} ` : ""}${rule}` : `must be ${kind}` };
  let schema = z.number({ error: `must be ${kind}${rule ? ` ${rule}` : unitSuffix(unit)}` });
  // 1e30 is whole, so only its range is wrong
  const unlikeWhole = (input: unknown): string =>
    rule && Number.isInteger(input) ? error.error : "must be a whole number";
  if (whole) schema = schema.int({ error: ({ input }) => unlikeWhole(input), abort: true });
  if (range.minimum !== undefined) schema = schema.min(range.minimum, error);
  if (range.maximum !== undefined) schema = schema.max(range.maximum, error);
  if (range.above !== undefined) schema = schema.gt(range.above, error);
  if (range.below !== undefined) schema = schema.lt(range.below, error);
  return schema;
}

/** A schema with the meaning and the unit of its parameter. */
export const describedBy = <Schema extends z.ZodType>(
  { unit, meaning }: Pick<Parameter, "unit" | "meaning">,
  schema: Schema,
): Schema => schema.meta({ description: unit === "" || unit === "value" ? meaning : `${meaning} (${unit})` });

const anyNumber = numberSchema({}, "");

/** Adds rules that relate several values of an object. */
export const withRules = <Schema extends z.ZodType>(
  schema: Schema,
  rules: ((values: z.output<Schema>) => BrokenRule[]) | undefined,
): Schema =>
  rules
    ? (schema.superRefine((values, context) => {
        for (const { path, rule } of rules(values))
          context.addIssue({ code: "custom", path: path === "" ? [] : path.split("."), message: rule });
      }) as Schema)
    : schema;

const driveSchemas = perGeneration(() =>
  Object.values(drives).map((drive) =>
    closedObject({
      [drive.type]: withRules(
        closedObject(shapeOf(drive.parameters)),
        drive.rules as ((values: unknown) => BrokenRule[]) | undefined,
      ),
    }).meta({ title: drive.type, description: drive.title }),
  ),
);

const spreadSchema = withRules(
  closedObject({
    mean: describedBy(spreadParameters.mean, anyNumber),
    deviation: describedBy(spreadParameters.deviation, numberSchema(spreadParameters.deviation, "")),
    distribution: describedBy(
      spreadParameters.distribution,
      z.enum(spreadParameters.distribution.choices).default(spreadParameters.distribution.default),
    ),
  }),
  ({ mean, deviation, distribution }) =>
    distribution === "lognormal" && mean === 0 && deviation !== 0
      ? [{ path: "mean", rule: "must not be 0 for a lognormal spread" }]
      : [],
).meta({ title: "spread", description: "a value that differs from spin to spin" });

const typedText = z.string().max(4000);

/** A number, a typed expression of t, a drive or a spread; the range is checked on the number here. */
export const scalarSchema = (range: Range, unit: string) =>
  z.union([numberSchema(range, unit), typedText, ...driveSchemas(), spreadSchema], {
    error: `must be a number${unitSuffix(unit)}, an expression of t, a drive (${Object.keys(drives).join(", ")}) or a spread`,
  });

export const tripleSchema = z.tuple([anyNumber, anyNumber, anyNumber], {
  error: "must be a list of three numbers",
});

/** A unit vector along v; if v is a unit vector to rounding, v itself. */
function normalize(v: Triple): [number, number, number] {
  const largest = Math.max(...v.map(Math.abs));
  const [x, y, z] = v.map((component) => component / largest);
  const length = Math.hypot(x, y, z);
  if (Math.abs(largest * length - 1) < 1e-15) return [v[0] + 0, v[1] + 0, v[2] + 0];
  return [x / length + 0, y / length + 0, z / length + 0];
}

export const directionSchema = tripleSchema
  .refine((v) => v.some((x) => x !== 0), { error: "must not be the zero vector" })
  .overwrite((v) => (v.some((x) => x !== 0) ? normalize(v) : v));

const randomDirectionSchema = closedObject({ distribution: z.literal("isotropic") }).meta({
  title: "isotropic",
  description: "a random direction for each spin, all directions equally likely",
});

const matrixSchema = z
  .union([tripleSchema, z.tuple([tripleSchema, tripleSchema, tripleSchema])], {
    error: "must be a symmetric 3×3 matrix or its diagonal",
  })
  .transform((rows): [number[], number[], number[]] =>
    Array.isArray(rows[0])
      ? (rows as [number[], number[], number[]])
      : [
          [rows[0] as number, 0, 0],
          [0, rows[1] as number, 0],
          [0, 0, rows[2] as number],
        ],
  );

const nameSchema = z
  .string()
  .regex(namePattern, { error: "must be a name of letters, digits and _" })
  .refine((name) => !reservedNames.includes(name), {
    error: "must not be a name that formulas already have",
  });

const harmonicSchema = () =>
  withRules(
    closedObject({
      l: numberSchema({ minimum: 0, maximum: 24 }, "", true),
      m: numberSchema({ minimum: -24, maximum: 24 }, "", true),
      value: scalarSchema({}, "1/s"),
    }),
    ({ l, m }) => (Math.abs(m) > l ? [{ path: "m", rule: `must be in [-l, l], here [${-l}, ${l}]` }] : []),
  );

function kindSchema(parameter: Parameter): z.ZodType {
  const { unit } = parameter;
  switch (parameter.kind) {
    case "scalar":
      return scalarSchema(parameter, unit);
    case "number":
      return numberSchema(parameter, unit);
    case "integer":
      return numberSchema(parameter, unit, true);
    case "direction":
      return z.union([directionSchema, randomDirectionSchema], {
        error: "must be a list of three numbers, not all 0, or { distribution: isotropic }",
      });
    case "vector": {
      const component = scalarSchema({}, unit);
      return z.tuple([component, component, component], { error: "must be a list of three components" });
    }
    case "numbers": {
      const component = numberSchema(parameter, unit);
      return z.tuple([component, component, component], { error: "must be a list of three numbers" });
    }
    case "list":
      return z.array(anyNumber).min(2);
    case "tensor":
      return matrixSchema;
    case "choice":
      return z.enum(parameter.choices);
    case "expression":
      return typedText;
    case "field":
      return z.tuple([typedText, typedText, typedText], { error: "must be a list of three expressions" });
    case "named":
      return z.record(nameSchema, scalarSchema({}, ""));
    case "harmonics":
      return z.array(harmonicSchema()).max(625);
    case "stack":
      return stackSchema;
  }
}

function parameterSchema(parameter: Parameter): z.ZodType {
  const described = describedBy(parameter, kindSchema(parameter));
  if ("default" in parameter && parameter.default !== undefined)
    return described.default(structuredClone(parameter.default));
  if (parameter.kind === "named") return described.default({});
  return parameter.optional ? described.optional() : described;
}

/** The keys of an entry with their schemas. */
export function shapeOf(parameters: Parameters): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [name, parameterSchema(parameter)]),
  );
}

/** The schema of one catalogue entry as it is written, with its `type`. */
export const entrySchema = (entry: Entry) =>
  withRules(
    closedObject({ type: z.literal(entry.type), ...shapeOf(entry.parameters) }),
    entry.rules && ((values) => entry.rules!(values as never)),
  ).meta({ title: entry.type, description: entry.title });

/** Any entry of a catalogue, distinguished by `type`. */
export function catalogueSchema(catalogue: Readonly<Record<string, Entry>>) {
  const [first, ...rest] = Object.values(catalogue).map(entrySchema);
  return z.discriminatedUnion("type", [first, ...rest]);
}

/** The keys of an initial state with their schemas: its directions are the same for every spin. */
export const initialShape = (parameters: Parameters): Record<string, z.ZodType> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      parameter.kind === "direction" ? describedBy(parameter, directionSchema) : parameterSchema(parameter),
    ]),
  );

/** Any initial state, distinguished by `type`. */
export function initialStatesSchema() {
  const entries: readonly InitialEntry[] = Object.values<InitialEntry>(initialStates);
  const [first, ...rest] = entries.map(({ type, title, parameters }) =>
    closedObject({
      type: z.literal(type),
      ...initialShape(parameters),
    }).meta({ description: title }),
  );
  return z.discriminatedUnion("type", [first, ...rest]);
}
