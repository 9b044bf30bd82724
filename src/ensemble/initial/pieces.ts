import { breathe } from "../../linear-algebra/breathe.ts";
import type { Filling } from "../kernel.ts";

/** Most spins that are filled at a time. */
const mostPerPiece = 1 << 16;
/**
 * Longest time without handling messages, ms. Pieces grow while they take less than half of it, because some spins take 10⁶ times as long
 * as others.
 */
const longestSilence = 50;

let lastPause = 0;

/** Lets the thread handle messages and signals, such as the one that stops the run. */
async function pause(): Promise<void> {
  if (performance.now() - lastPause < longestSilence) return;
  await breathe();
  lastPause = performance.now();
}

/** Fills spins [first, first + count) piece by piece; `take` gets the place of each piece among them. */
export async function inPieces(
  filling: Filling,
  first: number,
  count: number,
  take: (place: number, piece: ReturnType<Filling>) => void,
): Promise<void> {
  await filling.prepare?.(pause);
  let spins = 1;
  for (let done = 0; done < count; ) {
    await pause();
    const began = performance.now();
    const some = Math.min(spins, count - done);
    take(done, filling(first + done, some));
    done += some;
    const isQuick = performance.now() - began < longestSilence / 2;
    spins = isQuick ? Math.min(mostPerPiece, 16 * spins) : Math.max(1, Math.floor(spins / 4));
  }
}

/** The same as `filling` returns, computed in pieces with pauses. */
export async function filled(filling: Filling, first: number, count: number): Promise<ReturnType<Filling>> {
  let whole: ReturnType<Filling> | undefined;
  await inPieces(filling, first, count, (place, piece) => {
    if (piece.state[0]?.length === count) whole = piece;
    const made = (columns: readonly Float64Array[]) => columns.map(() => new Float64Array(count));
    whole ??= { state: made(piece.state), parameters: made(piece.parameters) };
    if (whole === piece) return;
    piece.state.forEach((column, i) => {
      whole?.state[i].set(column, place);
    });
    piece.parameters.forEach((column, i) => {
      whole?.parameters[i].set(column, place);
    });
  });
  return whole ?? filling(first, 0);
}

/** The parameters of spins, without drawing their directions if that is possible. */
export const parametersAlone = (filling: Filling, first: number, count: number): Float64Array[] =>
  filling.parameters?.(first, count) ?? filling(first, count).parameters;

/** The same filling, which throws the signal's reason once it is aborted: the initial states of many spins take long. */
export function stoppable(filling: Filling, signal: AbortSignal | undefined): Filling {
  const fill = (first: number, count: number): ReturnType<Filling> => {
    signal?.throwIfAborted();
    return filling(first, count);
  };
  const prepare = (pause: () => Promise<void>): Promise<void> | undefined =>
    filling.prepare?.(async () => {
      await pause();
      signal?.throwIfAborted();
    });
  return Object.assign(fill, filling, { prepare });
}

/** A filling that starts at a later spin of another one; the host draws the spins. */
export function laterSpins(filling: Filling, first: number): Filling {
  const fill = (from: number, count: number): ReturnType<Filling> => filling(first + from, count);
  const parameters = (from: number, count: number): Float64Array[] =>
    parametersAlone(filling, first + from, count);
  return Object.assign(fill, { parameters, prepare: filling.prepare });
}
