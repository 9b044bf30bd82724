/** Lets this thread handle waiting signals, timers and messages between two computations. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Work in pieces of less than a second: it yields between them. */
export type InPieces<T> = Generator<undefined, T>;

/** Does such work without a pause. */
export function atOnce<T>(work: InPieces<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Does such work, and lets this thread handle what waits between two pieces. Throws the signal's reason once it is aborted. */
export async function breathing<T>(work: InPieces<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    await breathe();
    signal?.throwIfAborted();
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Quick steps that are taken together: some hundredths of a second, even where each places a point on ten axes. */
const together = 1 << 14;

/** Does many quick steps, numbered from 0, and lets this thread handle what waits in between. */
export async function inRounds(count: number, step: (index: number) => void): Promise<void> {
  for (let first = 0; first < count; first += together) {
    if (first > 0) await breathe();
    const end = Math.min(count, first + together);
    for (let i = first; i < end; i++) step(i);
  }
}
