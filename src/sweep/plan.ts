import type { InputError } from "../experiment/input-error.ts";
import { plainCopy } from "../experiment/plain-data.ts";
import { breathe, inRounds } from "../linear-algebra/breathe.ts";
import { checkHearing } from "../run/quick-beside.ts";
import { ExperimentError } from "../run/run.ts";
import type { SweepDescription } from "./description.ts";
import { firstTwice, manyOfOne, meantBy, mostPoints, repetitions } from "./description.ts";
import type { PointSettings } from "./points.ts";
import { countPoints, pointsOf, valuesOfAxis } from "./points.ts";
import { whyNotRefined } from "./refine.ts";
import type { SweptRange } from "./shape.ts";
import { carriedRanges } from "./shape.ts";

/** A sweep whose experiment is known and whose points are placed: the same for every share of it. */
export interface SweepPlan {
  readonly name: string;
  readonly description: SweepDescription;
  /** The experiment as written, settings of the command line applied. */
  readonly experiment: unknown;
  readonly paths: readonly string[];
  readonly points: readonly PointSettings[];
  /** Varied paths in which points may differ and still share a dispatch. */
  readonly carried: readonly SweptRange[];
  /** No ensemble: exact rates, barriers, dwell times and write errors at every point. */
  readonly exact: boolean;
  /** Identifies this plan: SHA-256 of everything on which its results depend. */
  readonly fingerprint: string;
}

/** Values of one axis that are checked before the start. */
const mostChecked = 60;

/** SHA-256 of everything on which results depend. */
export async function fingerprintOf(parts: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(parts));
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const thinned = <T>(values: readonly T[]): T[] => {
  const every = Math.max(1, Math.ceil(values.length / mostChecked));
  return values.filter((_, i) => i % every === 0 || i === values.length - 1);
};

/** Problems of the first point, and of every value with the other paths as at the first point. Signals are handled between two checks. */
async function inputErrorsOf(
  experiment: unknown,
  points: readonly PointSettings[],
  description: SweepDescription,
): Promise<InputError[]> {
  const problems: InputError[] = [];
  const add = async (settings: PointSettings): Promise<void> => {
    await breathe();
    const checked = await checkHearing(experiment, settings);
    if (!checked.ok) problems.push(...checked.problems);
  };
  await add(points[0]);
  if (problems.length > 0) return problems;
  const { sampling, axes } = description;
  if (sampling.type === "grid")
    for (const axis of axes)
      for (const value of thinned(valuesOfAxis(axis))) await add({ ...points[0], [axis.path]: value });
  else for (const point of thinned(points)) await add(point);
  return problems;
}

const unique = (problems: readonly InputError[]): InputError[] => [
  ...new Map(
    problems.map((problem) => [`${problem.path}\n${problem.rule}\n${problem.value}`, problem]),
  ).values(),
];

/** The first point that is a repetition. */
async function repeated(points: readonly PointSettings[]): Promise<PointSettings | undefined> {
  const isTwice = repetitions();
  let first: PointSettings | undefined;
  await inRounds(points.length, (i) => {
    if (isTwice(JSON.stringify(Object.values(points[i]).map(meantBy)))) first ??= points[i];
  });
  return first;
}

/** Problems of ranges so narrow that neighbours of a grid are equal. */
const narrowRanges = ({ axes, sampling }: SweepDescription): InputError[] =>
  axes.flatMap((axis) => {
    const twice =
      axis.range && sampling.type === "grid" ? firstTwice(valuesOfAxis(axis), (value) => value) : undefined;
    return twice === undefined
      ? []
      : [
          {
            path: `vary.${axis.path}`,
            rule: "must have from and to so far apart that its values differ",
            value: twice,
          },
        ];
  });

/** Lowest and highest of the numbers of a path that has several. */
async function rangesOf(paths: readonly string[], points: readonly PointSettings[]): Promise<SweptRange[]> {
  const found: SweptRange[] = [];
  for (const path of paths) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    let isNumber = true;
    await inRounds(points.length, (i) => {
      const value = points[i][path];
      if (typeof value === "number") [low, high] = [Math.min(low, value), Math.max(high, value)];
      else isNumber = false;
    });
    if (isNumber && high > low) found.push({ path, low, high });
  }
  return found;
}

interface PlanOptions {
  readonly exact?: boolean | undefined;
  readonly name?: string;
}

/** A sweep without the fingerprint of its shares: everything needed to run its points. */
export type PlacedSweep = Omit<SweepPlan, "fingerprint">;

/**
 * Places the points of a sweep and checks them. `experiment` is the content of the sweep's `experiment:`, or of the
 * file that it names; an ensemble of 0 means the exact side alone. Signals are handled while many points are placed.
 * @throws ExperimentError with every problem.
 */
export async function placeSweep(
  description: SweepDescription,
  experiment: unknown,
  options: PlanOptions = {},
): Promise<PlacedSweep> {
  const { copy, problems } = plainCopy(experiment);
  if (problems.length > 0) throw new ExperimentError(problems);
  const written = copy as Record<string, unknown> | null;
  const exact = options.exact === true || written?.ensemble === 0;
  const { ensemble, ...rest } = written ?? {};
  const raw = ensemble === 0 ? rest : written;
  const count = countPoints(description);
  if (count > mostPoints)
    throw new ExperimentError([
      { path: "vary", rule: `must make at most ${mostPoints} points`, value: count },
    ]);
  const narrow = narrowRanges(description);
  if (narrow.length > 0) throw new ExperimentError(narrow);
  const points = await pointsOf(description);
  const found = unique(await inputErrorsOf(raw, points, description));
  if (found.length > 0) throw new ExperimentError(found);
  const twice = description.sampling.type === "list" ? await repeated(points) : undefined;
  if (twice)
    throw new ExperimentError([
      { path: "vary", rule: `must make every point once: ${manyOfOne}`, value: twice },
    ]);
  const unrefined = description.refine
    ? description.axes.flatMap((axis): InputError[] => {
        const rule = whyNotRefined(axis);
        return rule ? [{ path: `vary.${axis.path}`, rule, value: valuesOfAxis(axis) }] : [];
      })
    : [];
  if (unrefined.length > 0) throw new ExperimentError(unrefined);
  const paths = description.axes.map(({ path }) => path);
  return {
    name: description.name ?? options.name ?? ((raw as { name?: string }).name || "sweep"),
    description,
    experiment: raw,
    paths,
    points,
    carried: exact ? [] : await carriedRanges(raw, points[0], await rangesOf(paths, points)),
    exact,
  };
}

/** The same with the fingerprint. @throws ExperimentError with every problem. */
export async function planSweep(
  description: SweepDescription,
  experiment: unknown,
  options: PlanOptions = {},
): Promise<SweepPlan> {
  const placed = await placeSweep(description, experiment, options);
  const { axes, sampling, commonRandomNumbers } = description;
  const { experiment: raw, exact } = placed;
  return {
    ...placed,
    fingerprint: await fingerprintOf({ raw, axes, sampling, commonRandomNumbers, exact }),
  };
}
