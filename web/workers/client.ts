/** The page's end of a worker: calls that are answered, and events. */

export type Role = "simulation" | "exact" | "checker" | "cells" | "ensembles" | "data";

interface Reply {
  readonly id?: number;
  readonly value?: unknown;
  readonly error?: string;
  readonly event?: string;
  readonly data?: unknown;
}

type Calls<C> = { [K in keyof C]: readonly [unknown, unknown] };

export interface Remote<C extends Calls<C>, E = Record<never, never>> {
  call<K extends keyof C & string>(name: K, argument: C[K][0], transfer?: Transferable[]): Promise<C[K][1]>;
  on<K extends keyof E & string>(event: K, listener: (data: E[K]) => void): void;
  /** Terminates the worker at once; waiting calls are never answered. */
  end(): void;
}

/** Starts a worker of a role; `broken` receives errors that belong to no call. */
export function connect<C extends Calls<C>, E = Record<never, never>>(
  role: Role,
  broken: (message: string) => void,
): Remote<C, E> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: role });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, (data: never) => void>();
  let next = 0;
  worker.onmessage = ({ data }: MessageEvent<Reply>) => {
    if (data.event !== undefined) listeners.get(data.event)?.(data.data as never);
    const call = data.id === undefined ? undefined : waiting.get(data.id);
    if (!call) return;
    waiting.delete(data.id as number);
    if (data.error === undefined) call.resolve(data.value as never);
    else call.reject(new Error(data.error));
  };
  worker.onerror = (event) => broken(`${role}: ${event.message || "the worker could not be started"}`);
  worker.postMessage({ role });
  return {
    call: (name, argument, transfer = []) =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, name, argument }, transfer);
      }),
    on: (event, listener) => {
      listeners.set(event, listener as (data: never) => void);
    },
    end: () => worker.terminate(),
  };
}
