import type { BinnedRecords } from "../../src/figures/bins.ts";
import type { Components } from "../../src/figures/components.ts";
import { evenEdges } from "../../src/physics/binning.ts";
import { frameCount, mapColumns, mapRows } from "../workers/instruments.ts";
import type { TimedMoments } from "../workers/messages.ts";
import type { Board } from "./board.ts";

/* The page's own records in the form of a result, so that their figures are drawn in the same way. */

const binned = (
  counts: ArrayLike<number>,
  time: number,
  exact: ArrayLike<number> | null | undefined,
): BinnedRecords => ({
  edges: evenEdges(-1, 1, counts.length),
  times: [time],
  counts: [Array.from(counts)],
  probabilities: exact ? [Array.from(exact)] : null,
});

/** The last record of mz with its exact probabilities, if known. */
export function liveBins(board: Board): BinnedRecords | null {
  if (!board.bins) return null;
  const { counts, frame } = board.bins;
  const time = board.time(((frame + 1) * (board.started?.steps ?? 0)) / frameCount);
  return binned(counts, time, board.exactBins());
}

/** The last record of a kept run. */
export const keptBins = ({ kept }: Board): BinnedRecords | null =>
  kept?.counts ? binned(kept.counts, 0, null) : null;

/** The displayed map. */
export const liveMap = ({ map, exactMap }: Board): BinnedRecords | null =>
  map && {
    ...binned(map, 0, exactMap?.probabilities),
    edges: evenEdges(-1, 1, mapRows),
    columnEdges: evenEdges(-Math.PI, Math.PI, mapColumns),
  };

const meansOf = (rows: readonly TimedMoments[], exact: Components["exact"]): Components => ({
  times: rows.map(({ time }) => time),
  values: rows.map(({ m }) => m),
  errors: rows.map(({ mStandardError }) => mStandardError),
  exact,
});

/** ⟨m⟩ of this run and of those that it continues. */
export const liveMeans = ({ earlier, means, exact }: Board): Components =>
  meansOf([...earlier, ...means], exact?.m.map((values, i) => ({ time: exact.times[i], values })) ?? []);

/** ⟨m⟩ of a kept run. */
export const keptMeans = ({ kept }: Board): Components => meansOf([...(kept?.means ?? [])], []);
