import type { Stretches } from "../stretches.ts";
import { TraceError } from "../trace-error.ts";
import type { ColouredNoise } from "./coloured-noise.ts";
import { whitened } from "./coloured-noise.ts";
import { lowPass } from "./low-pass.ts";
import type { StepResponse } from "./step-response.ts";
import { delayOf } from "./step-response.ts";

export interface InstrumentOptions {
  /** Corner of the pole before the noise (Hz); null: none; undefined: fitted. */
  readonly bandwidth?: number | null | undefined;
  /** Step response in place of the pole. */
  readonly response?: StepResponse | undefined;
  /** Noise that is not white. */
  readonly noise?: ColouredNoise | undefined;
}

/** An instrument that is more than one pole and white noise. */
export interface GivenInstrument {
  /** Null: levels appear immediately. */
  readonly response: StepResponse | null;
  /** Null: white. */
  readonly noise: ColouredNoise | null;
}

/** Null if the instrument is one pole with white noise. Throws TraceError if noise is given without its bandwidth. */
export function instrumentOf({ bandwidth, response, noise }: InstrumentOptions): GivenInstrument | null {
  if (!response && !noise) return null;
  if (!response && bandwidth === undefined)
    throw new TraceError(
      "the bandwidth cannot be fitted where the noise is not white: give --bandwidth HZ, --bandwidth none or --response",
    );
  return {
    response: response ?? (bandwidth ? lowPass("poles-1", bandwidth) : null),
    noise: noise ?? null,
  };
}

/** Options with one pole of the same mean delay in place of the response, and with white noise. */
export const withOnePole = (options: InstrumentOptions): InstrumentOptions => {
  const instrument = instrumentOf(options);
  if (!instrument) return options;
  const { response } = instrument;
  return {
    ...options,
    response: undefined,
    noise: undefined,
    bandwidth: response ? 1 / (2 * Math.PI * delayOf(response)) : null,
  };
};

export const whiteBehind = (trace: Stretches, instrument: GivenInstrument | null): Stretches =>
  instrument?.noise ? whitened(trace, instrument.noise) : trace;
