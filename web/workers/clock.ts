/** Pause, single steps and speed of a run. */
export class Clock {
  speed = 1;
  #paused = false;
  #stepping = false;
  #waiting: (() => void)[] = [];

  get paused(): boolean {
    return this.#paused && !this.#stepping;
  }

  pause(paused: boolean): void {
    this.#paused = paused;
    this.#stepping = false;
    if (!paused) this.release();
  }

  /** Lets a paused run continue to its next record. */
  step(): void {
    this.#paused = true;
    this.#stepping = true;
    this.release();
  }

  /** A record was made: a single step ends here. */
  recorded(): void {
    this.#stepping = false;
  }

  release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async gate(signal: AbortSignal): Promise<void> {
    while (this.paused && !signal.aborted)
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
  }
}
