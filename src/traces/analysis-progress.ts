/** The part of a trace over which the likelihood is evaluated. */
export interface EvaluatedPart {
  /** s. */
  readonly duration: number;
  /** Spacing of the points of a pole's output over the final one; null without such points. */
  readonly fineness: number | null;
  /** Number of free parameters of the maximization. */
  readonly parameters: number;
}

/** Progress of an analysis, or of another search that evaluates the likelihood of traces. */
export interface LikelihoodProgress {
  readonly evaluations: number;
  /** Seconds since it began, and about how many are left; null before the first evaluation. */
  readonly seconds: number;
  readonly left: number | null;
}

/** Seconds left of a search that usually takes so many evaluations; once these are done, one more is expected. */
export const usualSecondsLeft = (each: number, usual: number, done: number): number =>
  each * Math.max(1, usual - done);

/** Usual number of times that the maximization over the whole trace computes all slopes. */
const usualRounds = 3;
/** Other evaluations of it. */
const usualOthers = 3;

/**
 * Counts the evaluations of the likelihood in the analysis of a trace (of so many seconds), and estimates the remaining
 * time: almost all of it goes into evaluations over the whole trace, and earlier ones over parts of it show how long
 * these will take.
 */
export class AnalysisCount {
  readonly #duration: number;
  readonly #onProgress: (progress: LikelihoodProgress) => void;
  readonly #now: () => number;
  readonly #began: number;
  #evaluations = 0;
  /** The evaluation in progress. */
  #current: { readonly part: EvaluatedPart; readonly began: number } | undefined;
  /** Estimated or measured duration of one evaluation over the whole trace, s. */
  #each: number | null = null;
  #parameters = 0;
  readonly #whole = { done: 0, seconds: 0 };

  /** `now` in milliseconds. */
  constructor(
    duration: number,
    onProgress: (progress: LikelihoodProgress) => void,
    now = () => performance.now(),
  ) {
    this.#duration = duration;
    this.#onProgress = onProgress;
    this.#now = now;
    this.#began = now();
  }

  /** An evaluation begins; it ends when the next one does. */
  evaluation(part?: EvaluatedPart): void {
    const now = this.#now();
    if (this.#current) this.#end(this.#current.part, (now - this.#current.began) / 1000);
    this.#current = part && { part, began: now };
    this.#evaluations++;
    this.#onProgress({
      evaluations: this.#evaluations,
      seconds: (now - this.#began) / 1000,
      left: this.#left(),
    });
  }

  #end({ duration, fineness, parameters }: EvaluatedPart, seconds: number): void {
    const share = duration / this.#duration;
    this.#parameters = parameters;
    if (share > 0.99 && (fineness ?? 1) === 1) {
      this.#whole.done++;
      this.#whole.seconds += seconds;
      this.#each = this.#whole.seconds / this.#whole.done;
    }
    // the number of transitions between points grows as the square of their number
    else if (this.#whole.done === 0) this.#each = (seconds / share) * (fineness ?? 1) ** 2;
  }

  #left(): number | null {
    if (this.#each === null) return null;
    return usualSecondsLeft(this.#each, usualRounds * (this.#parameters + 1) + usualOthers, this.#whole.done);
  }
}

/** Listener for the evaluations in the analysis of these samples. */
export function countingEvaluations(
  { values }: { readonly values: Float64Array },
  sampleTime: number,
  onProgress: (progress: LikelihoodProgress) => void,
): (part?: EvaluatedPart) => void {
  const count = new AnalysisCount(values.length * sampleTime, onProgress);
  return (part) => count.evaluation(part);
}
