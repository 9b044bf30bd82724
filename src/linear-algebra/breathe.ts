/** Lets this thread handle waiting signals, timers and messages between two computations. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
