/** The worker's end: answers calls in the order in which they finish, and sends events. */

type Handlers<C> = {
  [K in keyof C]: C[K] extends readonly [infer Argument, infer Answer]
    ? (argument: Argument) => Promise<Answer> | Answer
    : never;
};

interface Port {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown, transfer?: Transferable[]): void;
}

const port = globalThis as unknown as Port;

export function emit(event: string, data: unknown, transfer: Transferable[] = []): void {
  port.postMessage({ event, data }, transfer);
}

export interface CallMessage {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

export type Answering = (message: CallMessage) => void;

export function serve<C>(handlers: Handlers<C>): Answering {
  return async ({ id, name, argument }) => {
    try {
      const handler = handlers[name as keyof C] as (argument: unknown) => unknown;
      port.postMessage({ id, value: await handler(argument) });
    } catch (error) {
      port.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
    }
  };
}
