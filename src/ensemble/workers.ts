/**
 * Worker threads from a text, the same in Node, Deno and browsers. The text defines `handle(request)` and gets no module loader, so it
 * works unbundled, bundled and under a test runner.
 */

/** One worker; calls are answered in order. */
export interface WorkerHandle {
  call(request: unknown, transfer?: ArrayBuffer[]): Promise<unknown>;
  close(): Promise<void>;
}

const isNode =
  typeof process !== "undefined" && process.versions?.node !== undefined && !("Deno" in globalThis);

/** Answers each message with what `handle` returns; for an exception, with its message. */
const messageLoop = `
const port = typeof require === "function" ? require("node:worker_threads").parentPort : self;
const listen = (request) => {
  let reply;
  try {
    reply = { value: handle(request) };
  } catch (error) {
    reply = { error: error instanceof Error ? error.message : String(error) };
  }
  // a whole block of memory is transferred; a worker keeps no block with which it answers
  const { value } = reply;
  const isBlock = ArrayBuffer.isView(value) && value.byteLength === value.buffer.byteLength;
  port.postMessage(reply, isBlock ? [value.buffer] : []);
};
if (port.on) port.on("message", listen);
else port.onmessage = (event) => listen(event.data);
`;

/** Number of usable cores; 1 if the environment does not say. */
export async function coreCount(): Promise<number> {
  if (isNode) {
    const name = "node:os";
    const os = (await import(/* @vite-ignore */ name)) as { availableParallelism(): number };
    return os.availableParallelism();
  }
  return globalThis.navigator?.hardwareConcurrency ?? 1;
}

/** Starts a worker that runs `text`. */
export async function startWorker(text: string): Promise<WorkerHandle> {
  const source = `"use strict";\n${text}\n${messageLoop}`;
  const waiting: { resolve: (value: unknown) => void; reject: (error: Error) => void }[] = [];
  const answer = (reply: { value?: unknown; error?: string }): void => {
    const next = waiting.shift();
    if (reply.error === undefined) next?.resolve(reply.value);
    else next?.reject(new Error(reply.error));
  };
  const fail = (error: Error): void => {
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  let closed = false;
  let post: (request: unknown, transfer: ArrayBuffer[]) => void;
  let terminate: () => Promise<void>;
  if (isNode) {
    const name = "node:worker_threads";
    const { Worker } = (await import(/* @vite-ignore */ name)) as typeof import("node:worker_threads");
    const worker = new Worker(source, { eval: true });
    worker.on("message", answer);
    worker.on("error", fail);
    // an idle worker does not keep the process alive; a call in flight does
    worker.unref();
    post = (request, transfer) => {
      worker.ref();
      worker.postMessage(request, transfer);
    };
    worker.on("message", () => waiting.length === 0 && worker.unref());
    terminate = async () => {
      await worker.terminate();
    };
  } else {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    // Deno has no classic workers; a page opened from a disk has an opaque origin and can start only classic ones from a blob
    const worker = new Worker(url, { type: "Deno" in globalThis ? "module" : "classic" });
    URL.revokeObjectURL(url);
    worker.onmessage = (event) => answer(event.data);
    worker.onerror = (event) => fail(new Error(event.message));
    post = (request, transfer) => worker.postMessage(request, transfer);
    terminate = async () => worker.terminate();
  }
  return {
    call: (request, transfer = []) =>
      new Promise((resolve, reject) => {
        if (closed) throw new Error("the worker was closed");
        waiting.push({ resolve, reject });
        post(request, transfer);
      }),
    async close() {
      closed = true;
      await terminate();
      fail(new Error("the worker was closed"));
    },
  };
}
