import type { z } from "zod";
import { energies } from "../physics/energies/index.ts";
import type { Entry } from "../physics/entry.ts";
import { torques } from "../physics/torques/index.ts";
import { problemsInPhysics } from "./check-physics.ts";
import type { InputError } from "./input-error.ts";
import { inputErrorsOf } from "./input-error.ts";
import type { Use } from "./known-problem.ts";
import { isKnownSound } from "./known-problem.ts";
import { describeHint, unitHints } from "./likely-unit.ts";
import { inNaturalUnits } from "./natural-units.ts";
import type { ObservableSpecs } from "./observable-spec.ts";
import { entrySchema } from "./parameter-schema.ts";
import { plainCopy } from "./plain-data.ts";
import type { CompletedExperiment } from "./schema.ts";
import { experimentSchema, experimentShape } from "./schema.ts";
import type { Settings } from "./settings.ts";
import { applySettings } from "./settings.ts";

export type CheckedExperiment =
  | { readonly ok: true; readonly experiment: CompletedExperiment }
  | { readonly ok: false; readonly problems: readonly InputError[] };

const mostProblems = 100;

/**
 * Checks an experiment as written and fills in every default. All problems are returned at once. A completed experiment is plain JSON;
 * checking it again returns the same experiment. `settings` are applied first, as by `--set path=value`.
 */
export function checkWith(
  specs: ObservableSpecs,
  raw: unknown,
  settings: Settings = [],
  use: Use = "ensemble",
): CheckedExperiment {
  const { copy, problems } = plainCopy(raw);
  if (problems.length > 0) return { ok: false, problems };
  if (Object.keys(settings).length === 0 && isKnownSound(specs, raw, copy, use))
    return { ok: true, experiment: raw as CompletedExperiment };
  const set = applySettings(copy, settings);
  if (set.problems.length > 0) return { ok: false, problems: set.problems };
  const parsed = experimentSchema(specs).safeParse(set.value);
  const experiment = parsed.success
    ? (parsed.data as unknown as CompletedExperiment)
    : (soundParts(specs, set.value) as unknown as CompletedExperiment);
  const found = [
    ...(parsed.success ? [] : inputErrorsOf(parsed.error, set.value)),
    ...problemsInPhysics(specs, experiment, parsed.success, use),
  ];
  if (found.length === 0) return { ok: true, experiment };
  const all = hinted(unique(found), experiment).slice(0, mostProblems);
  return { ok: false, problems: isWrittenReduced(set.value) ? all.map(inReduced) : all };
}

/** Whether the magnet of an experiment, well formed or not, is meant to have no units. */
const isWrittenReduced = (written: unknown): boolean => {
  const { magnet } = (written ?? {}) as { readonly magnet?: unknown };
  return typeof magnet === "object" && magnet !== null && Object.hasOwn(magnet, "delta");
};

const inReduced = (problem: InputError): InputError => ({ ...problem, rule: inNaturalUnits(problem.rule) });

/** Numbers that no device has which a problem elsewhere names; one or two are the cause, more are a style. */
const mostNamed = 2;

/**
 * Problems of numbers that were probably written in another unit say so; one of the whole may come from any of them. Where no problem is at
 * such a number itself, all problems name it: what is too fast or too small follows from several numbers.
 */
function hinted(problems: readonly InputError[], experiment: Partial<CompletedExperiment>): InputError[] {
  const hints = unitHints(experiment);
  const isNamed = hints.some(({ path }) =>
    problems.some((problem) => problem.path === "" || path.startsWith(problem.path)),
  );
  if (!isNamed && hints.length > 0 && hints.length <= mostNamed) {
    const cause = hints.map(describeHint).join("; ");
    return problems.map((problem) => ({ ...problem, rule: `${problem.rule}; ${cause}`, value: undefined }));
  }
  return problems.map((problem) => {
    const own = hints.filter(({ path }) => problem.path === path || problem.path === "");
    const meant = own.flatMap(({ path, suggestion }) =>
      suggestion === undefined ? [] : [problem.path === "" ? `${path}: ${suggestion}` : suggestion],
    );
    return meant.length === 0 || problem.suggestion !== undefined
      ? problem
      : { ...problem, suggestion: meant.join(", ") };
  });
}

function unique(problems: readonly InputError[]): InputError[] {
  const seen = new Set<string>();
  return problems.filter(({ path, rule }) => {
    const key = `${path}\n${rule}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The well-formed parts of an experiment, so that problems inside them are listed together with the others. */
function soundParts(specs: ObservableSpecs, raw: unknown): Record<string, unknown> {
  const written = (typeof raw === "object" && raw !== null ? raw : {}) as Record<string, unknown>;
  const parts: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(experimentShape(specs))) {
    const parsed = schema.safeParse(written[key]);
    if (parsed.success) parts[key] = parsed.data;
  }
  parts.energies ??= soundEntries(written.energies, energies);
  parts.torques ??= soundEntries(written.torques, torques);
  return parts;
}

function soundEntries(written: unknown, catalogue: Readonly<Record<string, unknown>>): unknown[] {
  if (!Array.isArray(written)) return [];
  return written.slice(0, mostProblems).map((value) => {
    const type = (value as { type?: unknown } | null)?.type;
    if (typeof type !== "string" || !Object.hasOwn(catalogue, type)) return undefined;
    const parsed: z.ZodSafeParseResult<unknown> = entrySchema(catalogue[type] as Entry).safeParse(value);
    return parsed.success ? parsed.data : undefined;
  });
}
