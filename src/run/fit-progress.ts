/** Progress of a fit. */
export interface FitProgress {
  readonly phase: "parameters" | "profile";
  /** Finished evaluations of the whole model, and finished measured points of the current one. */
  readonly evaluations: number;
  readonly point: number;
  readonly points: number;
  /** Seconds since the fit began, and about how many are left; null before the first evaluation. */
  readonly seconds: number;
  readonly left: number | null;
}

/**
 * Usual number of evaluations: of a fit per parameter, of each end of a profile per other parameter, and of an end of a
 * single parameter.
 */
const usual = { parameter: 25, other: 85, alone: 3 };

/** Counts the evaluations of a fit, and reports them after every point of the model. */
export class FitCount {
  readonly #parameters: number;
  readonly #ends: number;
  readonly #points: number;
  readonly #onProgress: (progress: FitProgress) => void;
  readonly #began = performance.now();
  #evaluations = 0;
  #point = 0;
  /** Evaluations since the first end of the profile. */
  #profile: { readonly began: number; done: number } | undefined;

  constructor(
    { parameters, points, profile }: { parameters: number; points: number; profile: boolean },
    onProgress: (progress: FitProgress) => void,
  ) {
    this.#parameters = parameters;
    this.#points = points;
    this.#ends = profile ? 2 * parameters : 0;
    this.#onProgress = onProgress;
  }

  /** Starts an evaluation; a failing one is not counted. */
  begin(): void {
    this.#point = 0;
  }

  /** Ends a point of the model; the last point ends the evaluation. */
  point(): void {
    this.#point++;
    if (this.#point === this.#points) {
      this.#point = 0;
      this.#evaluations++;
    }
    const seconds = (performance.now() - this.#began) / 1000;
    this.#onProgress({
      phase: this.#profile ? "profile" : "parameters",
      evaluations: this.#evaluations,
      point: this.#point,
      points: this.#points,
      seconds,
      left: this.#left(seconds),
    });
  }

  beginProfile(): void {
    this.#profile = { began: performance.now(), done: 0 };
  }

  endOfProfile(done: number): void {
    if (this.#profile) this.#profile.done = done;
  }

  #left(seconds: number): number | null {
    if (this.#evaluations === 0) return null;
    const [p, profile] = [this.#parameters, this.#profile];
    const each = seconds / this.#evaluations;
    const perEnd = each * (p === 1 ? usual.alone : usual.other * (p - 1));
    if (!profile)
      return each * Math.max(2 * p, usual.parameter * p - this.#evaluations) + perEnd * this.#ends;
    const inProfile = (performance.now() - profile.began) / 1000;
    const measured = profile.done > 0 ? inProfile / profile.done : perEnd;
    return Math.max(0, measured * (this.#ends - profile.done) - (profile.done > 0 ? 0 : inProfile));
  }
}
