import { chosenColumns, sampleTimeOf } from "../traces/chosen-columns.ts";
import type { ColouredNoise } from "../traces/instrument/coloured-noise.ts";
import { noiseOfIdleTrace, noiseOfSpectrum } from "../traces/instrument/coloured-noise.ts";
import { isLowPass, lowPass } from "../traces/instrument/low-pass.ts";
import type { StepResponse } from "../traces/instrument/step-response.ts";
import { measuredResponse } from "../traces/instrument/step-response.ts";
import { openTrace } from "../traces/readers/open.ts";
import type { TraceFile } from "../traces/readers/trace-file.ts";
import { collect } from "../traces/stretches.ts";
import { TraceError } from "../traces/trace-error.ts";
import { fileSource } from "./file-source.ts";

/** Opens a file, and closes it after. */
async function within<T>(file: string, read: (opened: TraceFile) => Promise<T>): Promise<T> {
  const source = await fileSource(file);
  try {
    return await read(await openTrace(source));
  } finally {
    await source.close();
  }
}

/** The filter of that name, or the response in a file. Throws TraceError. */
export async function readResponse(
  text: string,
  bandwidth: number | null | undefined,
): Promise<StepResponse> {
  if (isLowPass(text)) {
    if (!bandwidth)
      throw new TraceError(`--response ${text} needs --bandwidth HZ, where its power falls to half`);
    return lowPass(text, bandwidth);
  }
  if (bandwidth !== undefined)
    throw new TraceError("--bandwidth and the --response of a file exclude each other");
  return within(text, async (opened) => {
    const [column] = chosenColumns(text, opened, undefined);
    const { values, sampleTime } = await collect(column);
    return measuredResponse(text, Array.from(values), sampleTimeOf(text, column, sampleTime, undefined));
  });
}

/** The shape of the noise for traces with a time between samples (s). */
export type NoiseFor = (sampleTime: number) => ColouredNoise;

const hertz: Readonly<Record<string, number>> = { Hz: 1, kHz: 1e3, MHz: 1e6, GHz: 1e9 };

/**
 * Reads the noise from a trace without signal, or from a table of frequencies and power. Throws TraceError; so does the returned
 * function.
 */
export async function readNoise(file: string): Promise<NoiseFor> {
  return within(file, async (opened) => {
    const [first, second] = opened.columns;
    const factor = hertz[first.unit] ?? (/^f(req.*)?$/i.test(first.name) ? 1 : undefined);
    if (factor !== undefined && opened.columns.length === 2) {
      const frequencies = Array.from((await collect(first)).values, (f) => f * factor);
      const power = Array.from((await collect(second)).values);
      return (sampleTime) => noiseOfSpectrum(file, frequencies, power, sampleTime);
    }
    const [column] = chosenColumns(file, opened, undefined);
    const trace = await collect(column);
    return (sampleTime) => {
      const own = trace.sampleTime ?? sampleTime;
      if (Math.abs(own / sampleTime - 1) > 0.02)
        throw new TraceError(
          `${file}: its samples are ${Number(own.toPrecision(6))} s apart, those of the signal ${Number(sampleTime.toPrecision(6))} s: record the noise with the same sample time`,
        );
      return noiseOfIdleTrace(file, trace);
    };
  });
}
