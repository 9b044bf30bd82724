import { cylinderVolume } from "../../src/physics/cylinder-volume.ts";
import { element } from "../elements/element.ts";
import type { Plain } from "../values/difference.ts";

/** Last typed lengths, nm. */
interface Typed {
  readonly diameter: string;
  readonly thickness: string;
}

const nothing: Typed = { diameter: "", thickness: "" };
const typedBefore = new WeakMap<object, Typed>();

/** m³, to six digits; undefined unless both lengths are numbers > 0. */
function volumeOf({ diameter, thickness }: Typed): number | undefined {
  const [d, t] = [diameter, thickness].map((text) => Number(text.trim().replace(",", ".")) * 1e-9);
  const volume = cylinderVolume(d, t);
  return d > 0 && t > 0 && Number.isFinite(volume) ? Number(volume.toPrecision(6)) : undefined;
}

/**
 * Gives a volume as diameter × thickness of a disc, nm. The fields are empty if the volume differs from theirs. `owner`
 * identifies the volume, so that typed lengths survive when the form is made again.
 */
export function volumeInput(
  owner: object,
  value: Plain | undefined,
  { id, change, settle }: { id: string; change: (volume: number) => void; settle: () => void },
): HTMLElement {
  const before = typedBefore.get(owner) ?? nothing;
  const shown = volumeOf(before) === value ? before : nothing;
  const length = (name: keyof Typed): HTMLInputElement => {
    const input = element("input", {
      id: `${id}-${name}`,
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      class: "number",
      "aria-label": `${name} of the disc, nm`,
      placeholder: name,
      value: shown[name],
    });
    input.addEventListener("change", settle);
    return input;
  };
  const [diameter, thickness] = [length("diameter"), length("thickness")];
  for (const input of [diameter, thickness])
    input.addEventListener("input", () => {
      const typed = { diameter: diameter.value, thickness: thickness.value };
      typedBefore.set(owner, typed);
      const volume = volumeOf(typed);
      if (volume !== undefined) change(volume);
    });
  return element(
    "div",
    { class: "controls disc" },
    element("span", { class: "meaning" }, "disc"),
    diameter,
    element("span", { class: "unit", "aria-hidden": "true" }, "nm ×"),
    thickness,
    element("span", { class: "unit" }, "nm"),
  );
}
