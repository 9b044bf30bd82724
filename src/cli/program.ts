import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { backendNames } from "../ensemble/backends.ts";
import { integrators } from "../integrators/index.ts";
import { ExperimentError } from "../run/run.ts";
import { mostShares } from "../run/share/task.ts";
import { upLevels } from "../traces/up-level.ts";
import { version } from "../version.ts";
import type { BenchFlags } from "./bench-command.ts";
import { devicesCommand } from "./devices-command.ts";
import { exitCode, UsageError } from "./exit.ts";
import type { FitFlags } from "./fit-command.ts";
import { fitCommand } from "./fit-command.ts";
import { onsagerCommand } from "./onsager-command.ts";
import { plainOutput } from "./plain-output.ts";
import type { RatesFlags } from "./rates-command.ts";
import { ratesCommand } from "./rates-command.ts";
import type { RepeatFlags } from "./repeat-command.ts";
import { repeatCommand } from "./repeat-command.ts";
import type { ResumeFlags } from "./resume-command.ts";
import { resumeCommand } from "./resume-command.ts";
import type { ExperimentFlags, RunFlags } from "./run-commands.ts";
import { checkCommand, fokkerPlanckCommand, runCommand } from "./run-commands.ts";
import type { SweepFlags } from "./sweep-command.ts";
import { sweepCommand } from "./sweep-command.ts";
import type { TracesFlags } from "./traces-command.ts";
import { transportCommand } from "./transport-command.ts";

const program = new Command("spinsemble")
  .description("Ensembles of stochastic macrospins, compared with the exact Fokker–Planck solution.")
  .version(version)
  .showSuggestionAfterError()
  .exitOverride()
  .addHelpText(
    "after",
    "\nExit codes: 0 done, 1 failed or stopped, 2 wrong input or usage, 3 done but the certificate failed,\na fitted model does not describe the data, or there is no exact figure at all.",
  );

let code: number = exitCode.done;
const collect = (value: string, before: string[]): string[] => [...before, value];
const set = (): Option =>
  new Option(
    "--set <path=value>",
    "change one value of the experiment, e.g. magnet.temperature=350 (repeatable)",
  )
    .argParser(collect)
    .default([], "none");
const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("must be a whole number ≥ 1");
  return value;
};
const positiveNumber = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError("must be a number > 0");
  return value;
};

const secondsOrNever = (text: string): number | "never" => {
  const value = Number(text);
  if (text === "never") return text;
  if (!(value >= 0 && Number.isFinite(value)))
    throw new InvalidArgumentError("must be seconds ≥ 0, or never");
  return value;
};
const checkpoints = (): Option =>
  new Option("--checkpoint <seconds>", "time between checkpoints, or never")
    .argParser(secondsOrNever)
    .default(60);

const arrayJob = (): Option =>
  new Option(
    "--slurm <tasks>",
    "write a Slurm array job with this number of tasks and its merge job; submit both",
  ).argParser((text) => {
    const tasks = wholeNumber(text);
    if (tasks > mostShares) throw new InvalidArgumentError(`must be at most ${mostShares}`);
    return tasks;
  });
/** Each is a command of its own. */
const shareOf = (what: string): Option => new Option("--task <i/N>", what).conflicts(["merge", "slurm"]);
const merging = (): Option => new Option("--merge", "combine the shares in the folder").conflicts(["slurm"]);

/** What started this program, for the scripts that start it again. */
const ownWords = (): string[] => [process.execPath, ...process.execArgv, process.argv[1]];

const withOutput = (command: Command): Command =>
  command
    .option("--json", "print only the result on stdout")
    .option("--out <folder>", "folder of the result (default: a new folder in results/)")
    .option("--seed <number>", "seed of the random numbers")
    .option("--ensemble <number>", "number of spins")
    .addOption(set());

withOutput(
  program.command("run <file>").description("run the ensemble and compare it with the exact solution"),
)
  .addOption(
    new Option("--backend <name>", "where to run").choices(["auto", ...backendNames]).default("auto"),
  )
  .option("--threads <number>", "worker threads (default: all cores)", wholeNumber)
  .addOption(checkpoints())
  .addOption(shareOf("run share i of N of the spins; the same command continues an interrupted share"))
  .addOption(merging())
  .addOption(arrayJob())
  .option("--force", "delete an unfinished run in the folder; start even if the run takes very long")
  .action(async (file: string, flags: RunFlags) => {
    code = await runCommand(file, flags, ownWords());
  });
program
  .command("resume <folder>")
  .description("continue a run that was stopped or killed; the result equals that of an uninterrupted run")
  .option("--json", "print only the result on stdout")
  .option("--threads <number>", "worker threads (default: all cores)", wholeNumber)
  .addOption(checkpoints())
  .action(async (folder: string, flags: ResumeFlags) => {
    code = await resumeCommand(folder, flags);
  });
withOutput(program.command("fokker-planck <file>").description("compute the exact figures alone")).action(
  async (file: string, flags: ExperimentFlags) => {
    code = await fokkerPlanckCommand(file, flags);
  },
);
program
  .command("repeat <result>")
  .description("run the experiment of a result again and list all differences (exit code 3 if there are any)")
  .option("--json", "print only the differences on stdout")
  .option("--threads <number>", "worker threads (default: all cores)", wholeNumber)
  .action(async (place: string, flags: RepeatFlags) => {
    code = await repeatCommand(place, flags);
  });
program
  .command("rates <file>")
  .description("exact rates, barriers, dwell times and write errors against values of parameters")
  .addOption(
    new Option("--vary <path=values>", "PATH=from:to:count[:log] or PATH=value,value (repeatable: a grid)")
      .argParser(collect)
      .default([], "none"),
  )
  .addOption(set())
  .option("--json", "print only the result on stdout")
  .option("--out <folder>", "folder of the result (default: a new folder in results/)")
  .action(async (file: string, flags: RatesFlags) => {
    code = await ratesCommand(file, flags);
  });
withOutput(
  program
    .command("sweep <file>")
    .description(
      "run an experiment at many values of its parameters: a table, maps and one verdict for all points",
    ),
)
  .addOption(
    new Option("--backend <name>", "where to run").choices(["auto", ...backendNames]).default("auto"),
  )
  .option("--threads <number>", "worker threads (default: all cores)", wholeNumber)
  .option("--exact", "compute only exact figures: rates, barriers, dwell times and write errors")
  .addOption(shareOf("run share i of N; in an array job of Slurm, Grid Engine or LSF this is automatic"))
  .addOption(merging())
  .addOption(arrayJob())
  .option("--force", "start even if the estimated time is very long")
  .action(async (file: string, flags: SweepFlags) => {
    code = await sweepCommand(file, flags, { environment: process.env, program: ownWords() });
  });
program
  .command("transport <file>")
  .description("spin accumulation, resistances, torque and its potentials of a layer stack")
  .option("--json", "print only the result on stdout")
  .option("--out <folder>", "folder of the result (default: a new folder in results/)")
  .action(async (file: string, flags: { json?: boolean; out?: string }) => {
    code = await transportCommand(file, flags);
  });
program
  .command("onsager <file>")
  .description("reciprocity, second law and dissipated power of a system of named fluxes and forces")
  .option("--json", "print only the result on stdout")
  .option("--out <folder>", "also write result.json and report.html there")
  .action(async (file: string, flags: { json?: boolean; out?: string }) => {
    code = await onsagerCommand(file, flags);
  });
program
  .command("fit <data>")
  .description("fit parameters of an experiment, by its exact rates, to measured dwell times or error rates")
  .requiredOption("--model <file>", "the experiment whose parameters are fitted")
  .requiredOption("--free <paths>", "parameters to fit, as paths separated by commas")
  .option("--profile", "also give intervals from the profile of chi-squared")
  .option("--rival <file>", "another model for the same data, compared by likelihood ratio")
  .option("--rival-free <paths>", "parameters of the other model to fit")
  .option("--force", "continue even if the estimated time is very long")
  .addOption(set())
  .option("--json", "print only the result on stdout")
  .option("--out <folder>", "folder of the result (default: a new folder in results/)")
  .action(async (file: string, flags: FitFlags) => {
    code = await fitCommand(file, flags);
  });
program
  .command("traces <files...>")
  .description(
    "levels, dwell times, spectrum and steadiness of measured traces; with --model also fits a model",
  )
  .option("--sample-time <seconds>", "time between samples, if the file does not give it", positiveNumber)
  .option(
    "--bandwidth <hertz>",
    "bandwidth of the instrument, a low-pass filter of one pole before its noise, or none; default: fitted to the trace",
  )
  .option(
    "--response <name>",
    "low-pass filter before the noise: butterworth-N, bessel-N, poles-N with --bandwidth; or a file with the instrument's response to a step or a pulse",
  )
  .option(
    "--noise <file>",
    "noise of the instrument, if it is not white: a trace without signal, or a table of the spectrum (frequency, power)",
  )
  .option("--mains <hertz>", "remove a line of this frequency and its harmonics, e.g. 50", positiveNumber)
  .option("--drift <seconds>", "remove what changes over this time or more slowly", positiveNumber)
  .option("--column <names>", "which signals of a file: names or numbers, separated by commas, or all")
  .option("--levels <number>", "number of levels (default: 2)", wholeNumber)
  .addOption(
    new Option("--up <level>", "level that counts as up (default: as in the model)").choices(upLevels),
  )
  .option("--raw <type>", "the file holds only samples of this type: f4, f8, i2, …")
  .option(
    "--swept <path>",
    "the traces are a sweep of this parameter, e.g. energies.1.B_ext.2; values from file names or --values",
  )
  .option("--values <numbers>", "swept values in the order of the traces, or a file of names and values")
  .option("--model <file>", "fit this experiment to the dwell times")
  .option("--free <paths>", "parameters of the model to fit, as paths separated by commas")
  .option("--likelihood", "also fit the model to the traces themselves, not only to their dwell times")
  .option("--force", "continue the fit even if the estimated time is very long")
  .option("--json", "print only the result on stdout")
  .option("--out <folder>", "folder of the result (default: a new folder in results/)")
  .action(async (files: string[], flags: TracesFlags) => {
    const { tracesCommand } = await import("./traces-command.ts");
    code = await tracesCommand(files, flags);
  });
program
  .command("bench")
  .description("speed of each backend on this machine; a backend must pass a correctness test first")
  .option("--json", "as JSON")
  .addOption(new Option("--backend <name>", "only this one").choices(["auto", ...backendNames]))
  .option("--threads <number>", "worker threads (default: all cores)", wholeNumber)
  .addOption(new Option("--integrator <name>", "time-stepping scheme").choices(Object.keys(integrators)))
  .addOption(new Option("--variates <law>", "law of the noise").choices(["dyadic", "gaussian"]))
  .option("--seconds <number>", "length of one repeat (s)", positiveNumber)
  .action(async (flags: BenchFlags) => {
    const { benchCommand } = await import("./bench-command.ts");
    code = await benchCommand(flags);
  });
program
  .command("check <file>")
  .description(
    "list all problems of an experiment or a sweep; if there are none, print it with all defaults, and the time and memory that it takes",
  )
  .addOption(set())
  .action(async (file: string, flags: Pick<ExperimentFlags, "set">) => {
    code = await checkCommand(file, flags);
  });
program
  .command("devices")
  .description("list the usable backends in order of preference, and why the others cannot be used")
  .option("--json", "as JSON")
  .action(async (flags: { json?: boolean }) => {
    code = await devicesCommand(flags);
  });

/** Runs the command that the arguments name; its exit code is that of the process. */
export async function obey(): Promise<void> {
  plainOutput(process.stdout);
  plainOutput(process.stderr);

  // a reader such as head closes the pipe when it has enough: this is no failure, and files are still completed
  let isUnwritten = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || isUnwritten) return;
    process.stderr.write(`spinsemble: the output cannot be written: ${error.message}\n`);
    // what goes into a folder is still finished
    isUnwritten = true;
    process.exitCode = exitCode.failed;
  });

  // a terminal that is closed must not end a run whose state is saved
  process.stderr.on("error", () => {});

  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    if (error instanceof CommanderError) code = error.exitCode === 0 ? exitCode.done : exitCode.badInput;
    else if (error instanceof UsageError || error instanceof ExperimentError || error instanceof RangeError) {
      process.stderr.write(`${error.message}\n`);
      code = exitCode.badInput;
    } else {
      process.stderr.write(`spinsemble: ${error instanceof Error ? error.message : String(error)}\n`);
      code = exitCode.failed;
    }
  }
  process.exitCode = isUnwritten && code === exitCode.done ? exitCode.failed : code;
}
