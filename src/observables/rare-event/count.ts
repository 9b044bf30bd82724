import type { Instrument } from "../../ensemble/instrument.ts";
import { noObserver } from "../../ensemble/instrument.ts";
import type { Backend } from "../../ensemble/kernel.ts";
import type { Observation } from "../../ensemble/observations.ts";
import type { SplittingCounts } from "../../ensemble/splitting/counts.ts";
import { Splitting } from "../../ensemble/splitting/splitting.ts";
import type { Problem } from "../../experiment/problem.ts";
import type { CountApartOptions } from "../observable.ts";
import { countAtEnd } from "./at-end.ts";
import { countEscapes } from "./escapes.ts";
import type { GroupCounts, GroupOptions } from "./group.ts";
import { merged } from "./group.ts";
import type { Guide } from "./guide.ts";
import { guidanceOf, guideToEnd, guideToEscape, whyNoEvent } from "./guide.ts";
import type { PlannedRareEvent } from "./spec.ts";
import type { Walk } from "./walkers.ts";
import { walkOf } from "./walkers.ts";

export interface ObservedRareEvent extends Observation {
  readonly type: "rareEvent";
  /** Null, with the reason, if nothing could be counted. */
  readonly counts: SplittingCounts | null;
  readonly reason?: string;
}

/** The run's own ensemble counts nothing for a rare event. */
export const instrument = ({ name }: PlannedRareEvent): Instrument => ({
  observer: noObserver,
  sample: () => async () => null,
  observation: (): ObservedRareEvent => ({
    type: "rareEvent",
    name,
    counts: null,
    reason: "the run ended before it",
  }),
});

/** The observation by an ensemble of its own. */
export async function countApart(
  planned: PlannedRareEvent,
  problem: Problem,
  backend: Backend,
  options: CountApartOptions,
): Promise<ObservedRareEvent> {
  const began = performance.now();
  const counts = await countRareEvent(problem, planned, backend, {
    ...options,
    onProgress: (done, all, { spins, steps }) => {
      const step = Math.round((done / all) * steps);
      const seconds = (performance.now() - began) / 1000;
      options.onProgress?.({ step, steps, spinSteps: step * spins, seconds });
    },
  });
  const identity = { type: "rareEvent", name: planned.name } as const;
  return typeof counts === "string" ? { ...identity, counts: null, reason: counts } : { ...identity, counts };
}

export interface CountOptions {
  readonly threads?: number | undefined;
  readonly stepsPerDispatch?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, all: number, walk: Walk) => void;
  /** Index of the observable; each has noise of its own. */
  readonly order?: number;
  /** Replaces the importance function, by any positive one. */
  readonly bend?: (guide: Guide) => Guide;
}

/** Fewest spins on an island; for a rate some of them must always be in the well. */
const smallestIsland = { "probability at the end": 16, rate: 128 };

/** Runs an ensemble of its own for a rare event; returns a sentence if that is impossible. */
export async function countRareEvent(
  problem: Problem,
  planned: PlannedRareEvent,
  backend: Backend,
  options: CountOptions = {},
): Promise<SplittingCounts | string> {
  const without = whyNoEvent(planned);
  if (without) return without;
  const { islands } = planned;
  const size = Math.floor(problem.ensemble / islands);
  const least = smallestIsland[planned.asked];
  if (size < least)
    return `${islands} islands of ${least} spins need an ensemble of ${islands * least} at least`;
  const isRate = planned.asked === "rate";
  const leading = isRate ? guideToEscape(problem, planned) : guideToEnd(problem, planned);
  if (typeof leading === "string") return leading;
  const guide = options.bend?.(leading) ?? leading;
  const { times, climb, tempered } = guide;
  const walkIn = (parts: number): Walk =>
    walkOf(problem, backend, {
      spins: size * islands,
      duration: isRate ? times.length * (times[1] - times[0]) : problem.steps * problem.timeStep,
      climb,
      order: options.order ?? 0,
      parts,
      tempered,
      ...(isRate ? { watched: planned.event } : {}),
    });
  const groups = await groupsOf(backend, islands, options.threads);
  const walk = walkIn(1);
  const passes = planned.halveStep ? [walk, walkIn(2)] : [walk];
  const all = passes.reduce((sum, { steps }) => sum + steps, 0) / walk.steps;
  let done = 0;
  const found: ReturnType<typeof merged>[] = [];
  for (const pass of passes) {
    const counted = await countedBy(pass, groups, guide, planned, size, {
      stepsPerDispatch: options.stepsPerDispatch,
      signal: options.signal,
      onStage: () => {
        done += pass.steps / walk.steps;
        options.onProgress?.(done, groups.length * times.length * all, walk);
      },
    });
    if (!counted) return "the run was stopped before the event could be counted";
    found.push(merged(counted, size));
  }
  const [own, halved] = found;
  return { ...own, ...(halved ? { halved: halved.logs } : {}), ...walked(walk, guide) };
}

/** The steps of the spins and their guidance. */
const walked = (
  { spins, timeStep, steps }: Walk,
  { source, climb, rival, unseenStart, tempered }: Guide,
) => ({
  spins,
  timeStep,
  steps,
  source,
  climb,
  ...(unseenStart === undefined ? {} : { unseenStart }),
  ...(tempered ? { isTempered: true } : {}),
  ...(rival ? { rival: rival.source } : {}),
});

/** Some of the islands that are stepped together. */
type Group = Awaited<ReturnType<typeof groupsOf>>[number];

/** Results of all groups, which run side by side; undefined if they were stopped. */
async function countedBy(
  walk: Walk,
  groups: readonly Group[],
  guide: Guide,
  planned: PlannedRareEvent,
  size: number,
  { stepsPerDispatch, signal, onStage }: Pick<CountOptions, "stepsPerDispatch"> & GroupOptions,
): Promise<GroupCounts[] | undefined> {
  const count = planned.asked === "rate" ? countEscapes : countAtEnd;
  const outcomes = await Promise.allSettled(
    groups.map(async ({ first, held, threads }): Promise<GroupCounts | undefined> => {
      const walkers = await walk.prepare(first * size, held * size, { threads, stepsPerDispatch });
      const splitting = new Splitting(held * size, held, walk.seed, first);
      const own = { ...guide, ...guidanceOf(guide, size, first) };
      try {
        return await count(walkers, walk, own, planned, splitting, { signal, onStage });
      } finally {
        await walkers.dispose();
      }
    }),
  );
  const counted: GroupCounts[] = [];
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") throw outcome.reason;
    if (!outcome.value) return undefined;
    counted.push(outcome.value);
  }
  return counted;
}

/**
 * Islands that are stepped together. On a backend with threads each thread has its own islands, so that the host
 * resamples some while others move. The result does not depend on the grouping.
 */
async function groupsOf(backend: Backend, islands: number, wanted: number | undefined) {
  const found = await backend.probe();
  const most = (found.available && found.threads) || 1;
  const groups = most > 1 ? Math.max(1, Math.min(wanted ?? most, islands)) : 1;
  const firsts = Array.from({ length: groups + 1 }, (_, i) => Math.floor((i * islands) / groups));
  return firsts.slice(0, groups).map((first, i) => ({
    first,
    held: firsts[i + 1] - first,
    threads: groups > 1 ? Math.max(1, Math.floor((wanted ?? most) / groups)) : wanted,
  }));
}
