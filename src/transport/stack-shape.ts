import { z } from "zod";
import { anyNumber, insideUnit, notNegative, positive } from "./check.ts";
import { materialProblems, materialShape } from "./material.ts";

const layerSchema = z
  .strictObject({
    name: z.string().optional().meta({ description: "what `spacer` and `freeLayer` refer to" }),
    thickness: positive("m", "thickness of the layer"),
    ...materialShape,
  })
  .superRefine((layer, context) => {
    for (const message of materialProblems(layer)) context.addIssue({ code: "custom", message });
  })
  .meta({ description: "one metal layer" });

const interfaceSchema = z
  .strictObject({
    areaResistance: notNegative(
      "Ω m²",
      "Valet and Fert's r_b* (often quoted as AR*), r = 2r_b*(1∓γ)",
    ).default(0),
    asymmetry: insideUnit("1", "γ of the interface, > 0 where it lets the majority through").default(0),
    magnet: z
      .enum(["left", "right"], { error: "must be left or right" })
      .optional()
      .meta({ description: "the neighbour whose magnetization the asymmetry follows, where both have one" }),
  })
  .meta({ description: "resistance of the plane between two layers, or between a layer and a lead" });

const contact = z
  .enum(["semiInfinite", "ideal"], { error: "must be semiInfinite or ideal" })
  .default("semiInfinite")
  .meta({ description: "a semi-infinite metal (Δμ→0 far away), or a plane where Δμ=0" });

const leadShape = { contact, ...materialShape };
const leadSchema = z.strictObject(leadShape).meta({ description: "leads at the ends of the stack" });
const leadsSchema = z
  .strictObject({ ...leadShape, left: leadSchema.optional(), right: leadSchema.optional() })
  .meta({ description: "one lead for both ends, or `left` and `right`" });

/** The keys of a stack, for schemas that extend it; stack-schema.ts adds the rules between keys. */
export const stackShape = {
  layers: z.array(layerSchema).meta({ description: "from left to right, along +z" }),
  interfaces: z.array(interfaceSchema).optional().meta({
    description:
      "one for each interface, with or without the two ends of the stack; default: transparent interfaces",
  }),
  leads: leadsSchema,
  currentDensity: anyNumber("A/m²", "electric current density J0 along +z, of positive carriers").default(0),
  heat: z
    .strictObject({
      temperature: positive("K", "T0, at the left plane; coefficients are taken there"),
      heatCurrent: anyNumber("W/m²", "J^Q along +z").optional(),
      temperatureDifference: anyNumber("K", "right plane minus left plane").optional(),
    })
    .optional()
    .meta({ description: "linear thermoelectric response (Eq. 10)" }),
  spacer: z
    .string()
    .optional()
    .meta({ description: "name of the nonmagnetic layer between the two magnets" }),
  freeLayer: z.string().optional().meta({ description: "name of the layer whose magnetization moves" }),
  mixingConductance: z
    .strictObject({
      re: positive("1/(Ω m²)", "real part of the spin mixing conductance per area, of each spacer interface"),
      im: anyNumber("1/(Ω m²)", "imaginary part; absorbed spin current re·U⊥ + im·m×U").default(0),
    })
    .optional(),
  law: z.enum(["circuit", "onsager"], { error: "must be circuit or onsager" }).default("circuit").meta({
    description: "how χ and Φ follow: magnetoelectronic circuit theory, or the paper's Eq. 49 and 50",
  }),
  onsagerCoefficients: z
    .strictObject({
      longitudinal: anyNumber("1/(V s)", "l_∥, with l_θθ = l_∥ sinθ").default(0),
      transverse: anyNumber("1/(V s)", "l_⊥, with l_φφ = l_⊥ sinθ").default(0),
    })
    .optional()
    .meta({ description: "the paper's cross-coefficients, for `law: onsager`" }),
};

const plainStack = z.object(stackShape);
/** Checked and completed. */
export type Stack = z.output<typeof plainStack>;
export type Interface = z.output<typeof interfaceSchema>;
export type Lead = z.output<typeof leadSchema>;

/** The two leads, in either notation. */
export function leadsOf({ leads }: Pick<Stack, "leads">): { left: Lead; right: Lead } {
  const { left, right, ...both } = leads;
  return { left: left ?? both, right: right ?? both };
}

/** One interface per plane, lead planes included; planes that are not given are transparent. */
export function interfacesOf(stack: Pick<Stack, "layers" | "interfaces">): Interface[] {
  const transparent: Interface = { areaResistance: 0, asymmetry: 0 };
  const given = stack.interfaces ?? [];
  const planes = stack.layers.length + 1;
  if (given.length === planes) return given;
  if (given.length > 0) return [transparent, ...given, transparent];
  return Array.from({ length: planes }, () => transparent);
}
