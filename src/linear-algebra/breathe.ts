/** Lets what waits for this thread have its turn between two computations: signals, timers, messages. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
