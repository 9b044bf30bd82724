import type { InputError } from "../../src/experiment/input-error.ts";
import { describeInputError } from "../../src/experiment/input-error.ts";
import { naturalUnit } from "../../src/experiment/natural-units.ts";
import { element } from "../elements/element.ts";
import type { Laboratory } from "../state/laboratory.ts";
import type { Schema } from "../values/schema.ts";
import type { ObservableEntry } from "../workers/messages.ts";

let count = 0;

/** Source of the fields' values, and place of the problems beside them. */
export class FormContext {
  readonly laboratory: Laboratory;
  /** The catalogue of observables, once it is known. */
  observables: readonly ObservableEntry[] = [];
  /** The schema of a layered stack, once it is known. */
  stack: Schema | null = null;
  readonly #errors = new Map<string, { output: HTMLElement; controls: HTMLElement[]; own: boolean }>();
  /** Closed parts whose fields are not made yet, by path. */
  readonly #unfilled = new Map<string, { part: HTMLDetailsElement; fields: () => readonly HTMLElement[] }>();

  constructor(laboratory: Laboratory) {
    this.laboratory = laboratory;
  }

  /** The units of the experiment are the natural ones. */
  get isReduced(): boolean {
    return this.laboratory.value("magnet.delta") !== undefined;
  }

  /** The same parameter with the unit of the experiment. */
  inItsUnits<T extends { readonly unit: string }>(of: T): T {
    return this.isReduced ? { ...of, unit: naturalUnit(of.unit) } : of;
  }

  clear(): void {
    this.#errors.clear();
    this.#unfilled.clear();
  }

  /**
   * A closed part of the form. Its fields are made when it opens or contains a problem, because a stack has hundreds.
   */
  part(path: string, part: HTMLDetailsElement, fields: () => readonly HTMLElement[]): HTMLDetailsElement {
    this.#unfilled.set(path, { part, fields });
    part.addEventListener("toggle", () => this.fillOpen());
    return part;
  }

  /** Makes the fields of open parts. */
  fillOpen(): void {
    for (const [path, { part }] of this.#unfilled) if (part.open) this.#fill(path);
  }

  #fill(path: string): void {
    const found = this.#unfilled.get(path);
    this.#unfilled.delete(path);
    found?.part.append(...found.fields());
  }

  id(): string {
    return `field-${++count}`;
  }

  /** The place for errors of a path; controls are marked invalid with it. `own` keeps errors of deeper paths out. */
  errors(path: string, controls: HTMLElement[], own = false): HTMLElement {
    const output = element("p", { class: "error", id: `error-${path}`, hidden: true });
    for (const control of controls) control.setAttribute("aria-describedby", output.id);
    this.#errors.set(path, { output, controls, own });
    return output;
  }

  /** Shows problems beside their fields; returns those that have no field. */
  show(problems: readonly InputError[]): InputError[] {
    for (const { output, controls } of this.#errors.values()) {
      output.hidden = true;
      output.replaceChildren();
      for (const control of controls) control.removeAttribute("aria-invalid");
    }
    for (const { path } of problems)
      for (const part of this.#unfilled.keys())
        if (path === part || path.startsWith(`${part}.`)) this.#fill(part);
    return problems.filter((problem) => {
      const place = this.#placeOf(problem.path);
      if (!place) return true;
      const { output, controls } = place;
      output.hidden = false;
      output.append(...this.#words(problem));
      for (const control of controls) control.setAttribute("aria-invalid", "true");
      return false;
    });
  }

  /** The field of the path, or of the nearest path above it. */
  #placeOf(path: string) {
    for (let at = path; at !== ""; at = at.split(".").slice(0, -1).join(".")) {
      const place = this.#errors.get(at);
      if (place && (!place.own || at === path)) return place;
    }
    return undefined;
  }

  /** The rule, and for a typed formula its text with a mark under the character concerned. */
  #words(problem: InputError): (Node | string)[] {
    const { rule, value } = problem;
    const sentence = describeInputError({ ...problem, path: "", value: undefined }).replace(
      /^the experiment /,
      "",
    );
    const position = Number(/\(character (\d+)\)/.exec(rule)?.[1]);
    if (typeof value !== "string" || !Number.isFinite(position)) return [`${sentence} `];
    const start = Math.max(0, position - 28);
    return [
      sentence,
      element(
        "code",
        { class: "pointer" },
        `${value.slice(start, position + 12)}\n${" ".repeat(Math.max(0, position - 1 - start))}^`,
      ),
    ];
  }
}
