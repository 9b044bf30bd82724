import type { Preset } from "../presets/index.ts";
import { presetOf, presets } from "../presets/index.ts";
import type { Laboratory } from "../state/laboratory.ts";
import type { LinkOptions } from "../state/link.ts";
import { experimentOf, readLink, writeLink } from "../state/link.ts";
import type { PlainObject } from "../values/difference.ts";
import { notice } from "./notices.ts";

/** The address of the page: reads it when the page opens, and writes changes into it. */
export class Address {
  options: LinkOptions = {};
  readonly #laboratory: Laboratory;

  constructor(laboratory: Laboratory) {
    this.#laboratory = laboratory;
  }

  /** What to open; for a bad link a notice gives the reason, and the first preset opens. */
  read(): { readonly preset: Preset; readonly experiment: PlainObject } {
    const [first] = presets;
    const link = readLink(location.hash);
    notice("link", null);
    if (!link) return { preset: first, experiment: first.experiment };
    if (!link.ok) {
      notice("link", `The link cannot be read: ${link.reason}. The first preset is shown instead.`, "bad");
      return { preset: first, experiment: first.experiment };
    }
    const found = presetOf(link.preset);
    if (!found && link.preset !== "")
      notice(
        "link",
        `The link starts from a preset named “${link.preset}”, which this page does not have.`,
        "bad",
      );
    this.options = link.options;
    const preset = found ?? first;
    return { preset, experiment: experimentOf(preset.experiment, link.changes) };
  }

  /** Stores some of the options, and writes the address. */
  keep(options: LinkOptions): void {
    this.options = { ...this.options, ...options };
    this.write();
  }

  write(): void {
    const { preset, experiment } = this.#laboratory;
    history.replaceState(null, "", writeLink(preset.id, preset.experiment, experiment, this.options));
  }
}
