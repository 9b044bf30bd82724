import type { EvaluatedPart } from "./analysis-progress.ts";
import type { Baseline } from "./baseline/baseline.ts";
import type { BinnedTrace } from "./hidden-markov/binned.ts";
import type { Free } from "./hidden-markov/parameters.ts";
import type { Telegraph } from "./hidden-markov/telegraph.ts";
import type { Whiteness } from "./hidden-markov/whiteness.ts";
import type { InstrumentOptions } from "./instrument/given-instrument.ts";
import type { KramersMoyal } from "./kramers-moyal.ts";
import type { DwellEstimate, LevelDwell } from "./level-dwells.ts";
import type { DwellCounts } from "./separated-dwells.ts";
import type { SignalAutocorrelation } from "./signal-autocorrelation.ts";
import type { Steadiness } from "./stationarity.ts";
import type { ThresholdDwells } from "./threshold-dwells.ts";
import type { UpLevel } from "./up-level.ts";

export interface AnalysisOptions extends InstrumentOptions {
  readonly levels?: number;
  /** Default: the highest. */
  readonly up?: UpLevel | undefined;
  /** The analysis first removes a line of this frequency (Hz) and its harmonics from the signal. */
  readonly mains?: number | undefined;
  /** The analysis first removes changes over this time (s) or slower from the signal. */
  readonly drift?: number | undefined;
  /** The analysis keeps the data of the likelihood, for a fit to the trace. */
  readonly keepsTrace?: boolean | undefined;
  /** Called after every evaluation of the likelihood; an error that it throws ends the analysis. */
  readonly onEvaluation?: ((part?: EvaluatedPart) => void) | undefined;
}

/** The data of the likelihood of a trace, and the most likely telegraph signal. */
export interface KeptTrace {
  readonly trace: BinnedTrace;
  readonly telegraph: Telegraph;
  readonly free: Free;
  readonly upLevel: UpLevel;
}

/** Power of the signal, in its unit squared over Hz. */
export interface SignalSpectrum {
  readonly frequencies: readonly number[];
  readonly oneSidedPower: readonly number[];
  /** Corner and plateau that the fitted telegraph signal has, before the pole. */
  readonly lorentzian: { readonly corner: number; readonly plateau: number } | null;
}

/** How often the signal has each value. */
export interface SignalValues {
  readonly centres: readonly number[];
  readonly counts: readonly number[];
}

/** What a trace holds. Times in s, frequencies in Hz, levels and noise in the trace's unit; intervals 95 %. */
export interface TraceAnalysis {
  readonly samples: number;
  readonly samplesUsed: number;
  readonly sampleTime: number;
  readonly levels: readonly {
    readonly value: number;
    readonly standardError: number;
    readonly occupation: number;
  }[];
  /** Standard deviation of a sample; the scale if the noise follows Student's law. */
  readonly noise: number;
  readonly noiseLaw: {
    /** Noise of each level, if the trace shows that the levels differ in it. */
    readonly perLevel: readonly number[] | null;
    /** Degrees of freedom of Student's law, if the trace shows outliers; null: normal. */
    readonly degreesOfFreedom: number | null;
  };
  /** The baseline that was removed first; null if none was requested. */
  readonly baseline: Baseline | null;
  /** Of the pole before the noise; null without one. */
  readonly bandwidth: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly given: boolean;
  } | null;
  /** The names of the given response and noise, each null if it was not given; null if neither was. */
  readonly instrument: { readonly response: string | null; readonly noise: string | null } | null;
  readonly upLevel: UpLevel;
  /** Of the level that counts as up, and of that at the other end. */
  readonly dwell: { readonly up: DwellEstimate; readonly down: DwellEstimate; readonly correlation: number };
  /** All levels, lowest first, with the rates to each other. */
  readonly perLevel: readonly LevelDwell[];
  readonly threshold: ThresholdDwells;
  readonly hysteresis: ThresholdDwells;
  readonly exponentiality: readonly {
    readonly level: string;
    readonly pValue: number | null;
    readonly reason?: string;
    readonly test: string;
  }[];
  /** For each level the dwells that can be separated one by one, counted in logarithmic bins. */
  readonly dwellTimes: readonly DwellCounts[];
  readonly stationarity: readonly Steadiness[];
  readonly whiteness: Whiteness;
  readonly spectrum: SignalSpectrum;
  readonly autocorrelation: SignalAutocorrelation;
  /** Drift and diffusion of the signal, at values that occur often in the trace. */
  readonly kramersMoyal: KramersMoyal;
  readonly histogram: SignalValues;
  /** A piece of the trace with the likeliest level of every sample, for drawing. */
  readonly excerpt: {
    readonly times: readonly number[];
    readonly values: readonly number[];
    readonly level: readonly number[];
  };
  /** Present if requested. */
  readonly kept?: KeptTrace;
  readonly logLikelihood: number;
  readonly settled: boolean;
  readonly warnings: readonly string[];
}
