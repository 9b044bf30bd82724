/** A process that runs experiments one by one, as the command does, and reports the progress of each. */
import { patience, requirePatience } from "../../src/cli/patience.ts";
import { processorSeconds } from "../../src/cli/processor-seconds.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import { readProblem, run } from "../../src/run/run.ts";

const machine = { backend: "wasm", threads: 1 } as const;

/** Outcome of an experiment, or its progress. */
export type Told =
  | {
      readonly phase: "check" | "preparation" | "ensemble" | "exact side";
      readonly seconds: number;
      /** Remaining seconds of the ensemble, if known. */
      readonly left?: number;
    }
  | { readonly end: "done" | "refused" | "failed"; readonly text: string; readonly seconds: number };

const tell = (told: Told): void => {
  process.send?.(told);
};

async function attempt(experiment: unknown): Promise<void> {
  const end = (end: "done" | "refused" | "failed", text: string): void =>
    tell({ end, text: text.slice(0, 300), seconds: processorSeconds() });
  tell({ phase: "check", seconds: processorSeconds() });
  try {
    const checked = checkExperiment(experiment);
    if (!checked.ok) {
      const [{ path, rule }] = checked.problems;
      end("refused", `${path} ${rule}`);
      return;
    }
    tell({ phase: "preparation", seconds: processorSeconds() });
    await requirePatience(readProblem(checked.experiment), checked.experiment.ensemble, machine);
    const look = patience(false);
    let phase = "preparation";
    const result = await run(checked.experiment, {
      ...machine,
      onProgress(progress) {
        const { step, steps } = progress;
        const now = step < steps ? "ensemble" : "exact side";
        const left = step > 0 ? { left: (progress.seconds * (steps - step)) / step } : {};
        if (now !== phase || now === "ensemble") tell({ phase: now, seconds: processorSeconds(), ...left });
        phase = now;
        look(progress);
      },
    });
    const broken: string[] = [];
    JSON.stringify(result, (key, value) => {
      if (typeof value === "number" && !Number.isFinite(value)) broken.push(key);
      return value;
    });
    if (broken.length > 0) end("failed", `not finite: ${broken.slice(0, 5).join(", ")}`);
    else end("done", result.outcome);
  } catch (error) {
    const { name, message } = error as Error;
    const isRefusal = ["UsageError", "ExperimentError", "RangeError"].includes(name);
    end(isRefusal ? "refused" : "failed", `${name}: ${message}`);
  }
}

process.on("message", (experiment) => void attempt(experiment));
