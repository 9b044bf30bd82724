/** Undo and redo over immutable values. Successive edits with the same key count as one. */
export class History<T> {
  #past: T[] = [];
  #future: T[] = [];
  #present: T;
  #key: string | undefined;
  static readonly #most = 200;

  constructor(present: T) {
    this.#present = present;
  }

  get present(): T {
    return this.#present;
  }
  get canUndo(): boolean {
    return this.#past.length > 0;
  }
  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  push(value: T, key?: string): void {
    if (key === undefined || key !== this.#key) {
      this.#past.push(this.#present);
      if (this.#past.length > History.#most) this.#past.shift();
    }
    this.#key = key;
    this.#present = value;
    this.#future = [];
  }

  /** Ends a chain of edits with the same key. */
  settle(): void {
    this.#key = undefined;
  }

  undo(): T {
    return this.#step(this.#past, this.#future);
  }

  redo(): T {
    return this.#step(this.#future, this.#past);
  }

  /** Takes the last value of one list as the present, and keeps what was present in the other. */
  #step(from: T[], to: T[]): T {
    const value = from.pop();
    if (value !== undefined) {
      to.push(this.#present);
      this.#present = value;
    }
    this.#key = undefined;
    return this.#present;
  }
}
