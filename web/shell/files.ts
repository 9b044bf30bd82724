import { describeInputError } from "../../src/experiment/input-error.ts";
import { byId } from "../elements/element.ts";
import type { Board } from "../plots/board.ts";
import { plotlyText } from "../plots/plotly.ts";
import { stack } from "../presets/stack.ts";
import { saveBlob, saveText } from "../save/save.ts";
import type { Laboratory } from "../state/laboratory.ts";
import type { PlainObject } from "../values/difference.ts";
import type { Remote } from "../workers/client.ts";
import type { CheckerCalls } from "../workers/messages.ts";
import { notice } from "./notices.ts";

/** Experiments in and out as files: opened, dropped, pasted, downloaded; and the result of a run. */
export class Files {
  readonly #checker: Remote<CheckerCalls>;
  readonly #laboratory: Laboratory;
  readonly #board: Board;

  readonly #open: (tab: string) => void;
  readonly #measured: (files: readonly File[]) => void;

  constructor(
    checker: Remote<CheckerCalls>,
    laboratory: Laboratory,
    board: Board,
    open: (tab: string) => void,
    data: (files: readonly File[]) => void,
  ) {
    this.#open = open;
    this.#measured = data;
    this.#checker = checker;
    this.#laboratory = laboratory;
    this.#board = board;
    const input = byId<HTMLInputElement>("file");
    byId("open").addEventListener("click", () => input.click());
    input.addEventListener("change", async () => {
      const files = [...(input.files ?? [])];
      input.value = "";
      await this.#take(files);
    });
    byId("download").addEventListener("click", () => void this.#download());
    byId("report").addEventListener("click", () => void this.#report());
    byId("data").addEventListener("click", () => void this.#data());
    this.#dropping();
    addEventListener("paste", (event) => {
      const target = event.target as HTMLElement;
      if (target.closest("input, textarea")) return;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      // an experiment has a magnet; the page ignores any other text
      if (/magnet/.test(text)) void this.read(text, "the pasted text");
    });
  }

  #dropping(): void {
    const { body } = document;
    addEventListener("dragover", (event) => {
      event.preventDefault();
      body.classList.add("drop-here");
    });
    addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) body.classList.remove("drop-here");
    });
    addEventListener("drop", async (event) => {
      event.preventDefault();
      body.classList.remove("drop-here");
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) await this.#take(files);
      else {
        const text = event.dataTransfer?.getData("text/plain");
        if (text) await this.read(text, "the dropped text");
      }
    });
  }

  /** Opens an experiment; any other file counts as measured data. */
  async #take(files: readonly File[]): Promise<void> {
    const [file] = files;
    if (!file) return;
    if (files.length === 1 && (await isExperiment(file))) await this.read(await file.text(), file.name);
    else this.#measured(files);
  }

  async read(text: string, name: string): Promise<void> {
    const read = await this.#checker.call("read", text);
    const written = "written" in read ? read.written : undefined;
    if (isStack(written)) {
      await this.#laboratory.replace(withStack(written));
      notice("file", `${name} is open: a layer stack, on the magnet of the preset “${stack.title}”.`);
      this.#open("stack");
      return;
    }
    if (!read.ok && (typeof written !== "object" || written === null)) {
      notice("file", `${name} cannot be read:\n${read.problems.map(describeInputError).join("\n")}`, "bad");
      return;
    }
    notice(
      "file",
      read.ok ? `${name} is open.` : `${name} has problems; they are shown beside the fields.`,
      read.ok ? "plain" : "bad",
    );
    await this.#laboratory.replace(written as PlainObject);
  }

  get #name(): string {
    return String(this.#laboratory.experiment.name ?? "experiment")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-");
  }

  async #download(): Promise<void> {
    const text = await this.#checker.call("write", this.#laboratory.experiment);
    saveText(`${this.#name}.yaml`, text, "application/yaml");
  }

  /** The report of the run, the same page that the command line writes. */
  async #report(): Promise<void> {
    const { result } = this.#board;
    if (!result) return;
    const plotly = await plotlyText();
    const report = await this.#checker.call("report", { result, plotly });
    saveText(`${this.#name}-report.html`, report, "text/html");
  }

  /** The whole run as data: result.json and arrays.npz. */
  async #data(): Promise<void> {
    const { result } = this.#board;
    if (!result) return;
    const archive = await this.#checker.call("data", result);
    saveBlob(`${this.#name}.zip`, new Blob([archive], { type: "application/zip" }));
  }
}

/** Largest size in bytes of a file that may be a written experiment. */
const mostBytes = 1 << 20;

/** Whether a file is an experiment or a stack, by its name or its content. */
async function isExperiment(file: File): Promise<boolean> {
  if (/\.(ya?ml|json)$/i.test(file.name)) return true;
  return file.size < mostBytes && /^\s*["']?(magnet|layers)["']?\s*:/m.test(await file.text());
}

/** A file for `spinsemble transport`: layers, and no magnet. */
const isStack = (written: unknown): written is PlainObject =>
  typeof written === "object" && written !== null && "layers" in written && !("magnet" in written);

/** The experiment of the preset with another stack. */
function withStack(written: PlainObject): PlainObject {
  const { name = "layer stack", magnet: _, ...layers } = written;
  const [torque] = stack.experiment.torques as readonly PlainObject[];
  return { ...stack.experiment, name, torques: [{ ...torque, stack: layers }] };
}
