import { z } from "zod";
import { integrators } from "../integrators/index.ts";
import { drives } from "../physics/drives/index.ts";
import { energies } from "../physics/energies/index.ts";
import { initialStates } from "../physics/initial/index.ts";
import type { InitialEntry } from "../physics/initial/initial-entry.ts";
import { magnetParameters, reducedMagnetParameters } from "../physics/magnet.ts";
import type { Parameter, Parameters } from "../physics/parameter.ts";
import { rangeRule } from "../physics/parameter.ts";
import { torques } from "../physics/torques/index.ts";
import type { ObservableSpecs } from "./observable-spec.ts";
import { initialShape } from "./parameter-schema.ts";
import { readoutSchema, settingsShape, timeSchema } from "./schema.ts";

/** One parameter for help, forms and documentation. */
export interface ParameterDescription {
  readonly name: string;
  /** The kind of a catalogue's parameter, or the type of the value of another key: "integer", "number or list". */
  readonly kind: Parameter["kind"] | (string & {});
  readonly unit: string;
  readonly meaning: string;
  /** "≥ 0 K", or "" where any value will do. */
  readonly rule: string;
  readonly default?: unknown;
  readonly optional: boolean;
  readonly choices?: readonly string[];
}

export interface EntryDescription {
  readonly type: string;
  readonly title: string;
  readonly source?: string;
  readonly parameters: readonly ParameterDescription[];
}

export interface CatalogueDescription {
  /** The key of the experiment that holds its entries. */
  readonly name: string;
  readonly entries: readonly EntryDescription[];
}

const describeParameters = (parameters: Parameters): ParameterDescription[] =>
  Object.entries(parameters).map(([name, parameter]) => ({
    name,
    kind: parameter.kind,
    unit: parameter.unit === "value" ? "as driven" : parameter.unit,
    meaning: parameter.meaning,
    rule: rangeRule(parameter as object, ""),
    ...("default" in parameter ? { default: parameter.default } : {}),
    optional: parameter.optional === true || parameter.kind === "named",
    ...(parameter.kind === "choice" ? { choices: parameter.choices } : {}),
  }));

const describeEntries = (
  name: string,
  entries: Readonly<Record<string, Omit<EntryDescription, "parameters"> & { parameters: Parameters }>>,
): CatalogueDescription => ({
  name,
  entries: Object.values(entries).map(({ type, title, source, parameters }) => ({
    type,
    title,
    ...(source === undefined ? {} : { source }),
    parameters: describeParameters(parameters),
  })),
});

interface Property extends Record<string, unknown> {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly anyOf?: readonly Property[];
  readonly oneOf?: readonly Property[];
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** The limits of a schema as text; the limits that every whole number has are left out. */
function ruleOf({ minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below }: Property): string {
  const stated = Object.entries({ minimum, maximum, above, below }).filter(
    ([, limit]) => limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER,
  );
  return rangeRule(Object.fromEntries(stated), "");
}

/** The types of a value in words, each once: "number or list". */
function kindsOf({ type, enum: choices, const: only, anyOf, oneOf }: Property): string[] {
  const several = anyOf ?? oneOf;
  if (several) return [...new Set(several.flatMap(kindsOf))];
  if (choices || only !== undefined) return ["choice"];
  return [
    type === "string"
      ? "text"
      : type === "array"
        ? "list"
        : type === "boolean"
          ? "true or false"
          : (type ?? "object"),
  ];
}

/** Describes keys that are given as schemas, from their JSON Schema. */
function describeShape(shape: z.core.$ZodLooseShape): ParameterDescription[] {
  const { properties = {}, required = [] } = z.toJSONSchema(z.object(shape), { io: "input" });
  return Object.entries(properties).map(([name, property]) => {
    const { description = "", default: value, enum: choices } = property as Property;
    return {
      name,
      kind: kindsOf(property as Property).join(" or "),
      unit: "",
      meaning: description,
      rule: ruleOf(property as Property),
      ...(value === undefined ? {} : { default: value }),
      optional: !required.includes(name),
      ...(choices ? { choices } : {}),
    };
  });
}

/** All keys and entries of an experiment as data: for help texts, the page's form and the docs. */
export const describeCatalogue = (specs: ObservableSpecs): CatalogueDescription[] => [
  describeEntries("magnet", {
    SI: { type: "SI", title: "a magnet in SI units", parameters: magnetParameters },
    reduced: {
      type: "reduced",
      title: "a magnet in reduced units: fields over B_K, energy densities over K, times in 1/(γ'B_K)",
      parameters: reducedMagnetParameters,
    },
  }),
  describeEntries("energies", energies),
  describeEntries("torques", torques),
  describeEntries("drives", drives),
  {
    name: "initial",
    entries: Object.values<InitialEntry>(initialStates).map(({ type, title, parameters }) => ({
      type,
      title,
      parameters: describeShape(initialShape(parameters)),
    })),
  },
  {
    name: "time",
    entries: [
      { type: "time", title: "duration, step and scheme", parameters: describeShape(timeSchema.shape) },
    ],
  },
  {
    name: "integrators",
    entries: Object.values(integrators).map(({ name, weakOrder, stepLimit, source }) => ({
      type: name,
      title: `weak order ${weakOrder}, time steps up to ${stepLimit}/(largest rate)`,
      source,
      parameters: [],
    })),
  },
  {
    name: "settings",
    entries: [
      { type: "settings", title: "other keys", parameters: describeShape(settingsShape()) },
      {
        type: "readout",
        title: "makes `resistance` a quantity",
        parameters: describeShape(readoutSchema.shape),
      },
    ],
  },
  {
    name: "observables",
    entries: Object.values(specs).map(({ type, title, shape }) => ({
      type,
      title,
      parameters: describeShape(shape),
    })),
  },
];

/** Text of a cell; long numbers as one would type them, 1e20. */
const cell = (text: string): string =>
  text
    .replaceAll("|", "\\|")
    .replace(/\b[1-9]\d{10,}\b/g, (digits) => Number(digits).toExponential().replace("+", ""));

/** The catalogues as tables of Markdown. */
export function catalogueInMarkdown(specs: ObservableSpecs): string {
  return describeCatalogue(specs)
    .map(({ name, entries }) => {
      const sections = entries.map(({ type, title, source, parameters }) => {
        const rows = parameters.map(({ name, kind, unit, meaning, rule, default: value, optional }) => {
          const otherwise = value === undefined ? (optional ? "may be left out" : "") : JSON.stringify(value);
          return `| \`${name}\` | ${kind} | ${[unit, meaning, rule, otherwise].map(cell).join(" | ")} |`;
        });
        const table = [
          "| name | kind | unit | meaning | rule | default |",
          "|---|---|---|---|---|---|",
          ...rows,
        ];
        return [
          `### \`${type}\`: ${title}`,
          ...(source ? [`Source: ${source}.`] : []),
          ...(rows.length > 0 ? [table.join("\n")] : []),
        ].join("\n\n");
      });
      return [`## ${name}`, ...sections].join("\n\n");
    })
    .join("\n\n");
}
