import type { Worker } from "node:worker_threads";
import { hasOwnEntries } from "../../observables/register.ts";
import type { LikelihoodProgress } from "../../traces/analysis-progress.ts";
import { TraceError } from "../../traces/trace-error.ts";
import type { BestSoFar } from "../fit.ts";
import type { FitProgress } from "../fit-progress.ts";
import { ExperimentError } from "../read-problem.ts";
import type { ExactCalls, FromThread, ToThread } from "./calls.ts";
import { stoppedByUser } from "./stopped.ts";

/** Thrown by a computation that the user has stopped before it had a result. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";
  constructor() {
    super(stoppedByUser);
  }
}

/** Thrown if the thread could not be started; the computation must be made in the calling thread. */
export class NoThreadError extends Error {
  override readonly name = "NoThreadError";
}

/** A thread that computes exact figures and can be stopped at any moment. */
export interface ExactThread {
  /** Answers in order; throws ExperimentError as the call itself would, and StoppedError once the thread has ended. */
  call<K extends keyof ExactCalls>(name: K, argument: ExactCalls[K][0]): Promise<ExactCalls[K][1]>;
  /** Figures that are not computed yet get the reason; a thread that does not react in time is terminated. */
  stop(): void;
  close(): void;
}

/** An error from the thread, with its class there. */
function errorOf({ name, error }: { readonly name: string; readonly error: string }): Error {
  if (name === "Interrupted") return new StoppedError();
  if (name === "TraceError") return new TraceError(error);
  return name === "RangeError" ? new RangeError(error) : new Error(error);
}

/**
 * Time (ms) in which a computation reaches a place where it can be interrupted and the rest of the result is written.
 */
const grace = 500;

const isNode =
  typeof process !== "undefined" && process.versions?.node !== undefined && !("Deno" in globalThis);

/** The file of the thread: beside this one, or in its place in the build. */
function fileOfThread(): URL {
  // in variables, so that no bundler includes the file
  const here = import.meta.url;
  const built = here.includes("/chunks/") ? "../exact-thread.js" : "./exact-thread.js";
  const place = here.endsWith("/thread.ts") ? "./worker.ts" : built;
  return new URL(place, here);
}

/**
 * Size of the young generation: vectors of a solution outlive the default one and would all be copied, which takes a
 * tenth of the time.
 */
const youngMegabytes = 192;

/**
 * Starts the file in a thread. If the program runs from source, in a Node that cannot read TypeScript itself, the
 * thread needs the program's loader again, because threads do not inherit it.
 */
async function startThread(data: object): Promise<Worker> {
  const names = ["node:worker_threads", "node:module"] as const;
  const [threads, modules] = (await Promise.all(names.map((name) => import(/* @vite-ignore */ name)))) as [
    typeof import("node:worker_threads"),
    typeof import("node:module"),
  ];
  const file = fileOfThread();
  const options = { workerData: data, resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } };
  if (!file.pathname.endsWith(".ts") || "typescript" in process.features)
    return new threads.Worker(file, options);
  const tsxPackage = modules.createRequire(import.meta.url).resolve("tsx/package.json");
  const reader = new URL("dist/esm/api/index.mjs", `file://${tsxPackage}`);
  const [from, name] = [reader, file].map(({ href }) => JSON.stringify(href));
  return new threads.Worker(`import(${from}).then(({ register }) => (register(), import(${name})))`, {
    ...options,
    eval: true,
  });
}

/** Callbacks for messages of a thread between its answers. */
export interface ThreadListeners {
  /** The figure that is being computed. */
  readonly onExactFigure?: ((figure: string) => void) | undefined;
  /** Best parameters of a fit so far. */
  readonly onBetter?: ((best: BestSoFar) => void) | undefined;
  readonly onFitProgress?: ((progress: FitProgress) => void) | undefined;
  /** Called before every evaluation of the likelihood of traces. */
  readonly onLikelihood?: ((progress: LikelihoodProgress) => void) | undefined;
}

/**
 * Starts a thread; null if there are none (browsers have workers of their own), or if entries were registered, which
 * the thread would not know.
 */
export async function openExactThread(listeners: ThreadListeners = {}): Promise<ExactThread | null> {
  if (!isNode || hasOwnEntries()) return null;
  const shared = new SharedArrayBuffer(4);
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  let isReady = false;
  let ended: Error | undefined;
  const end = (why: Error): void => {
    ended ??= why;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  const worker = await startThread({ stop: shared });
  const terminate = (why: Error): void => {
    end(why);
    void worker.terminate();
  };
  worker.unref();
  worker.on("error", (error) => end(isReady ? error : new NoThreadError(error.message)));
  worker.on("exit", () => end(new StoppedError()));
  worker.on("message", (message: FromThread) => {
    isReady = true;
    if ("isReady" in message) return;
    if ("figure" in message) {
      listeners.onExactFigure?.(message.figure);
      return;
    }
    if ("best" in message) {
      listeners.onBetter?.(message.best);
      return;
    }
    if ("likelihoodProgress" in message) {
      listeners.onLikelihood?.(message.likelihoodProgress);
      return;
    }
    if ("fitProgress" in message) {
      listeners.onFitProgress?.(message.fitProgress);
      return;
    }
    const { resolve, reject } = waiting.get(message.id) ?? {};
    waiting.delete(message.id);
    // an idle thread does not keep the process alive, but a computing one does
    if (waiting.size === 0) worker.unref();
    if ("value" in message) resolve?.(message.value);
    else if ("problems" in message) reject?.(new ExperimentError(message.problems as never));
    else reject?.(errorOf(message));
  });
  return {
    call: (called, argument) =>
      new Promise((resolve, reject) => {
        if (ended) {
          reject(ended);
          return;
        }
        const id = ++last;
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        worker.ref();
        worker.postMessage({ id, name: called, argument } satisfies ToThread);
      }),
    stop() {
      Atomics.store(new Int32Array(shared), 0, 1);
      setTimeout(() => terminate(new StoppedError()), grace).unref();
    },
    close: () => terminate(new StoppedError()),
  };
}
