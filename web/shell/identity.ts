import { byId, element } from "../elements/element.ts";
import { inWords } from "../form/in-words.ts";
import { own, presets } from "../presets/index.ts";
import { stories } from "../presets/stories/index.ts";
import type { Laboratory } from "../state/laboratory.ts";

/**
 * The presets and the stories in the list at the top, and an entry for an experiment from a file, which users cannot
 * choose.
 */
export function fillPresets(): void {
  byId("preset").append(
    element(
      "optgroup",
      { label: "Experiments" },
      ...presets.map(({ id, title }) => element("option", { value: id }, title)),
    ),
    element(
      "optgroup",
      { label: "Stories in four steps" },
      ...stories.map(({ id, title }) => element("option", { value: `story ${id}.1` }, title)),
    ),
    element("option", { value: own.id, hidden: true }, own.title),
  );
}

/** Name and text of the written experiment, and whether there is an edit to undo. */
export function showIdentity({ preset, experiment, canUndo, canRedo }: Laboratory): void {
  const select = byId<HTMLSelectElement>("preset");
  if (preset === own)
    for (const option of select.options)
      if (option.value === own.id) option.textContent = String(experiment.name ?? own.title);
  select.value = preset.id;
  byId("physics").textContent = preset.physics || inWords(experiment);
  byId<HTMLButtonElement>("undo").disabled = !canUndo;
  byId<HTMLButtonElement>("redo").disabled = !canRedo;
}
