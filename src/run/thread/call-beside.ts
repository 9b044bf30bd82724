import type { ExactCalls } from "./calls.ts";
import type { ThreadListeners } from "./thread.ts";
import { NoThreadError, openExactThread, StoppedError } from "./thread.ts";

export interface CallBesideOptions<Answer> {
  /** Computes the answer in this thread if there are no others. */
  readonly here: () => Answer;
  readonly listeners: ThreadListeners;
  readonly signal?: AbortSignal | undefined;
  /** Whether to use an answer that arrives after an abort; default: yes. */
  readonly isWanted?: (answer: Answer) => boolean;
}

/** One call in a thread of its own; after an abort it rejects with the signal's reason within about a second. */
export async function callBeside<K extends keyof ExactCalls>(
  name: K,
  argument: ExactCalls[K][0],
  { here, listeners, signal, isWanted = () => true }: CallBesideOptions<ExactCalls[K][1]>,
): Promise<ExactCalls[K][1]> {
  signal?.throwIfAborted();
  const thread = await openExactThread(listeners);
  if (!thread) return here();
  const stop = (): void => thread.stop();
  signal?.addEventListener("abort", stop);
  try {
    if (signal?.aborted) stop();
    const answer = await thread.call(name, argument);
    if (!isWanted(answer)) signal?.throwIfAborted();
    return answer;
  } catch (error) {
    if (error instanceof StoppedError) signal?.throwIfAborted();
    if (error instanceof NoThreadError) return here();
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    thread.close();
  }
}
