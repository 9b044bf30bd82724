import { z } from "zod";
import { compileScalar } from "../../expression/compile.ts";
import { ExpressionError, namePattern, parse } from "../../expression/parse.ts";
import { substitute } from "../../expression/rewrite.ts";
import { magnetization } from "../../expression/vector.ts";
import { anyNumber, checked } from "../check.ts";
import { combined } from "./combine.ts";
import type { CoefficientMatrix, MagneticState, OnsagerPair } from "./onsager-pair.ts";
import type { OnsagerSystem } from "./onsager-system.ts";
import { onsagerSystem } from "./onsager-system.ts";
import { systems } from "./systems.ts";

const name = z.string().regex(namePattern, { error: "must be a name of letters, digits and _" });
const component = anyNumber("", "component");
const vector = z.tuple([component, component, component], { error: "must be a list of three numbers" });
const shown = { symbol: z.string().min(1).optional(), unit: z.string().default("") };
const parity = z.enum(["even", "odd"], { error: "must be even or odd" });
const force = z.union([name, z.strictObject({ name, ...shown })]);
const flux = z.union([name, z.strictObject({ name, ...shown, parity: parity.default("even") })]);
const coefficient = z.union([z.number(), z.string()], { error: "must be a number or an expression" });
const situation = z.record(name, anyNumber("", "flux or force"));

/** A system in a file: one of the catalogue by name, or fluxes, forces and coefficients. */
export const systemFileSchema = z
  .strictObject({
    name: z.string().min(1).optional(),
    system: z.enum(Object.keys(systems)).optional(),
    parameters: z.record(z.string(), z.unknown()).default({}),
    powerUnit: z.string().optional(),
    fluxes: z.array(flux).min(1).max(100).optional(),
    forces: z.array(force).min(1).max(100).optional(),
    coefficients: z.array(z.array(coefficient)).optional(),
    state: z.strictObject({ m: vector.optional(), p: vector.optional(), B: vector.optional() }).optional(),
    temperature: z.number().positive({ error: "must be > 0 K" }).optional(),
    given: z.union([situation.transform((one) => [one]), z.array(situation)]).default([]),
    combine: z
      .array(
        z.strictObject({
          flux,
          force: force.optional(),
          of: z.record(name, anyNumber("", "weight")),
        }),
      )
      .min(1)
      .optional(),
  })
  .superRefine((file, context) => {
    const complain = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const typed = ["fluxes", "forces", "coefficients"] as const;
    if (file.system === undefined) {
      for (const key of typed) if (file[key] === undefined) complain(key, "must be given if `system` is not");
    } else
      for (const key of [...typed, "powerUnit", "state"] as const)
        if (file[key] !== undefined) complain(key, "must not be given beside `system`");
    if (file.fluxes && file.forces && file.fluxes.length !== file.forces.length)
      complain("forces", `must be as many as the fluxes, ${file.fluxes.length}`);
  });

export type SystemFile = z.output<typeof systemFileSchema>;
/** As written, defaults left out. */
export type SystemInput = z.input<typeof systemFileSchema>;

type Written = NonNullable<SystemFile["fluxes"]>[number];
const quantity = (written: Written | NonNullable<SystemFile["forces"]>[number]) => {
  const whole = typeof written === "string" ? { name: written, unit: "" } : written;
  return { name: whole.name, symbol: ("symbol" in whole && whole.symbol) || whole.name, unit: whole.unit };
};
const parityOf = (written: Written): 1 | -1 =>
  typeof written !== "string" && written.parity === "odd" ? -1 : 1;

const stateNames = [...magnetization, "px", "py", "pz", "Bx", "By", "Bz"];

/** Coefficients as functions of the magnetic state; problems are added with their paths. */
function coefficientsOf(file: SystemFile, problems: string[]): (state: MagneticState) => CoefficientMatrix {
  const values = Object.fromEntries(
    Object.entries(file.parameters).map(([key, value]) => {
      if (typeof value !== "number" || !Number.isFinite(value))
        problems.push(`parameters.${key} must be a finite number, got ${JSON.stringify(value)}`);
      return [key, Number(value)] as const;
    }),
  );
  // names from the user never become names in a program
  const names = [...stateNames.slice(magnetization.length), ...Object.keys(values)];
  const rows = (file.coefficients ?? []).map((row, i) =>
    row.map((entry, j) => {
      if (typeof entry === "number") return () => entry;
      try {
        const [expression] = substitute([parse(entry, { names })], values);
        return compileScalar(expression, stateNames);
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        problems.push(`coefficients[${i}][${j}] ${error.message}`);
        return () => 0;
      }
    }),
  );
  return ({ m, p, B }) => rows.map((row) => row.map((entry) => entry(...m, ...p, ...B)));
}

function typedSystem(file: SystemFile): OnsagerSystem {
  const problems: string[] = [];
  const coefficients = coefficientsOf(file, problems);
  if (problems.length > 0) throw new RangeError(problems.join("\n"));
  const { fluxes = [], forces = [], powerUnit = "W", state } = file;
  return onsagerSystem({
    name: file.name ?? "Onsager system",
    powerUnit,
    pairs: fluxes.map(
      (written, i): OnsagerPair => ({
        flux: quantity(written),
        force: quantity(forces[i]),
        parity: parityOf(written),
      }),
    ),
    coefficients,
    ...(state ? { state: Object.fromEntries(Object.entries(state).filter(([, value]) => value)) } : {}),
  });
}

function namedSystem(name: string, parameters: SystemFile["parameters"]): OnsagerSystem {
  try {
    return systems[name].build(parameters as never);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(error.message.replace(/^/gm, "parameters."));
  }
}

/** The system of a file, with its combinations carried out. */
export interface ReadSystem {
  readonly file: SystemFile;
  readonly system: OnsagerSystem;
  /** The same in the combined fluxes, if the file has any. */
  readonly combined: OnsagerSystem | null;
}

/**
 * Checks and builds the system of a file.
 * @throws RangeError listing every problem.
 */
export function readSystem(input: unknown): ReadSystem {
  const file = checked(systemFileSchema, input, "the system");
  const system = file.system === undefined ? typedSystem(file) : namedSystem(file.system, file.parameters);
  const combinations = file.combine?.map(({ flux, force: written, of }) => ({
    flux: quantity(flux),
    force: written === undefined ? undefined : quantity(written),
    of,
  }));
  return { file, system, combined: combinations ? combined(system, combinations) : null };
}
