import { z } from "zod";
import type { InputError } from "../experiment/input-error.ts";
import { inputErrorsOf } from "../experiment/input-error.ts";
import { closedObject, numberSchema } from "../experiment/parameter-schema.ts";
import { plainCopy } from "../experiment/plain-data.ts";
import { keysOf } from "../experiment/settings.ts";
import { haveOneSign } from "../numerics/between.ts";

const axisSchema = z.union([
  z
    .array(
      z.union([numberSchema({}, ""), z.string(), z.boolean()], {
        error: "must be a number, a text, true or false",
      }),
    )
    .min(1, { error: "must have at least one value" }),
  closedObject({
    from: numberSchema({}, ""),
    to: numberSchema({}, ""),
    count: numberSchema({ minimum: 1, maximum: 1_000_000 }, "", true).optional(),
    scale: z.enum(["linear", "log"]).default("linear"),
  }),
]);

/** Most points of a sweep. */
export const mostPoints = 5_000_000;

const samplingSchema = z.union([
  z.enum(["grid", "list"]).transform((type) => ({ type })),
  z.discriminatedUnion("type", [
    closedObject({ type: z.enum(["grid", "list"]) }),
    closedObject({
      type: z.enum(["random", "latinHypercube"]),
      points: numberSchema({ minimum: 1, maximum: mostPoints }, "", true),
      seed: numberSchema({ minimum: 0, maximum: 2 ** 32 - 1 }, "", true).default(1),
    }),
  ]),
]);

/** Points keep the names of p-values below this; a sweep's false-alarm probability cannot exceed it. */
export const keptBelow = 0.05;

/** A sweep file as written; its experiment is checked with the points. */
export const sweepSchema = closedObject({
  name: z.string().min(1).max(200).optional(),
  experiment: z.union([z.string().min(1), z.record(z.string(), z.unknown())], {
    error: "must be the path of an experiment file, or an experiment",
  }),
  vary: z.record(z.string(), axisSchema, { error: "must be paths with their values" }),
  sampling: samplingSchema.default({ type: "grid" }),
  commonRandomNumbers: z.boolean().default(false),
  pointResults: z.boolean().default(false),
  exactCurves: z.boolean().default(true),
  falseAlarmProbability: numberSchema({ above: 0, maximum: keptBelow }, "").default(1e-4),
  refine: closedObject({
    of: z.string().min(1),
    points: numberSchema({ minimum: 1, maximum: 1_000_000 }, "", true),
    scale: z.enum(["linear", "log"]).default("linear"),
  }).optional(),
});

export type AxisValue = number | string | boolean;

/** One path with its values: a list as given, or a range of numbers. */
export interface Axis {
  readonly path: string;
  readonly values: readonly AxisValue[] | null;
  readonly range: {
    readonly from: number;
    readonly to: number;
    readonly count?: number | undefined;
    readonly scale: "linear" | "log";
  } | null;
}

export type Sampling =
  | { readonly type: "grid" | "list" }
  | { readonly type: "random" | "latinHypercube"; readonly points: number; readonly seed: number };

/** Extra points where the curvature of a column of the table over the grid is largest. */
export interface Refine {
  readonly of: string;
  readonly points: number;
  /** log: refinement considers the logarithm of the column. */
  readonly scale: "linear" | "log";
}

/** A checked sweep file; `experiment` is a path or an experiment as written. */
export interface SweepDescription {
  readonly name?: string | undefined;
  readonly experiment: unknown;
  readonly axes: readonly Axis[];
  readonly sampling: Sampling;
  /** Every point has the same noise, so that differences between points are less noisy than the points. */
  readonly commonRandomNumbers: boolean;
  /** Whether the whole result of every point is kept. */
  readonly pointResults: boolean;
  /** False: the exact side is not solved between the points. */
  readonly exactCurves?: boolean;
  readonly falseAlarmProbability: number;
  readonly refine?: Refine | undefined;
}

export type ReadSweep =
  | { readonly ok: true; readonly sweep: SweepDescription }
  | { readonly ok: false; readonly problems: readonly InputError[] };

/** Checks the object that a sweep file holds; every problem at once. The experiment itself is checked with the points. */
export function readSweep(raw: unknown): ReadSweep {
  const { copy, problems } = plainCopy(raw);
  if (problems.length > 0) return { ok: false, problems };
  const parsed = sweepSchema.safeParse(copy);
  if (!parsed.success) return { ok: false, problems: inputErrorsOf(parsed.error, copy) };
  const { vary, ...rest } = parsed.data;
  const axes = Object.entries(vary).map(
    ([path, values]): Axis => ({
      path: keysOf(path).join("."),
      ...(Array.isArray(values) ? { values, range: null } : { values: null, range: values }),
    }),
  );
  const found = [
    ...axes.flatMap((axis) => problemsOfAxis(axis, rest.sampling)),
    ...problemsTogether(axes, rest),
  ];
  return found.length > 0 ? { ok: false, problems: found } : { ok: true, sweep: { ...rest, axes } };
}

/** Hint for a user who repeats a point. */
export const manyOfOne = "several ensembles of one point differ in seed, which can be varied";

/** A text that is a number means the number. */
export const meantBy = (value: AxisValue): AxisValue =>
  typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : value;

/** A function that says of each key whether it was asked for it before. */
export function repetitions(): (key: unknown) => boolean {
  const seen = new Set<unknown>();
  return (key) => seen.has(key) || !seen.add(key);
}

/** The first of some values whose key is a repetition. */
export function firstTwice<T>(values: readonly T[], key: (value: T) => unknown): T | undefined {
  const isTwice = repetitions();
  return values.find((value) => isTwice(key(value)));
}

function problemsOfAxis({ path, values, range }: Axis, { type }: Sampling): InputError[] {
  const at = `vary.${path}`;
  const wrong = (rule: string, value?: unknown): InputError[] => [{ path: at, rule, value }];
  if (path === "") return wrong("must have a path");
  if (["name", "compare"].includes(path)) return wrong("cannot be varied by a sweep");
  if (!range) {
    const twice = type === "grid" ? firstTwice(values ?? [], meantBy) : undefined;
    return twice === undefined ? [] : wrong(`must have every value once: ${manyOfOne}`, twice);
  }
  const { from, to, count, scale } = range;
  if (scale === "log" && !haveOneSign(from, to))
    return wrong("must have from and to of one sign on a logarithmic scale", `${from}, ${to}`);
  if ((type === "grid" || type === "list") && count === undefined) return wrong("must have a count");
  if (type === "grid" && from === to && count !== undefined && count > 1)
    return wrong(`must have different from and to if its count is above 1: ${manyOfOne}`, from);
  if (from !== to && count === 1) return wrong("must have a count above 1 if from and to differ", count);
  if (type !== "grid" && type !== "list" && count !== undefined)
    return wrong(`must have no count if sampling is ${type}: sampling.points says how many`, count);
  return [];
}

function problemsTogether(
  axes: readonly Axis[],
  { sampling, refine }: Pick<SweepDescription, "sampling" | "refine">,
): InputError[] {
  const problems: InputError[] = [];
  if (refine && sampling.type !== "grid")
    problems.push({ path: "refine", rule: "must have a grid to begin with", value: sampling.type });
  if (axes.length === 0)
    problems.push({ path: "vary", rule: "must name at least one path", value: undefined });
  const paths = axes.map(({ path }) => path);
  for (const [i, path] of paths.entries())
    if (paths.indexOf(path) < i)
      problems.push({ path: `vary.${path}`, rule: "is given twice", value: undefined });
  const counts = axes.map(({ values, range }) => values?.length ?? range?.count);
  if (sampling.type === "list" && new Set(counts).size > 1)
    problems.push({
      path: "vary",
      rule: "must have the same number of values for every path if sampling is list",
      value: counts,
    });
  return problems;
}
