import { neelBrown } from "../neel-brown.ts";
import type { Story } from "../story.ts";

/** Néel and Brown: how heat reverses a magnet. */
export const heat: Story = {
  id: "heat",
  title: "How heat reverses a magnet",
  steps: [
    {
      title: "Heat alone",
      text: "Nothing pushes these spins but heat. All begin at the north pole of a magnet with a barrier of 4 kT; watch the histogram empty on the right and fill on the left, along the exact solution of the Fokker–Planck equation.",
      preset: neelBrown,
      tab: "distribution",
    },
    {
      title: "One rate",
      text: "After the first nanosecond the survival is a straight line on its logarithmic axis: a spin forgets how long it has waited. Its slope is the rate of Néel and Brown; dashed lines are the formulas for it, grey where they do not hold.",
      preset: neelBrown,
      tab: "switching",
    },
    {
      title: "Twice the barrier",
      text: "The same magnet with Ku1 doubled, 8 kT. The same sixty nanoseconds pass, and only a few in a hundred spins have crossed: a barrier stands in the exponent.",
      preset: neelBrown,
      changes: { "energies.0.Ku1": 8e4 },
      tab: "switching",
    },
    {
      title: "Arrhenius",
      text: "The exact rate over the anisotropy, computed while you look. Past a few kT it falls on a straight line of the logarithm: the law by which the ten years of a disc's memory are tested. Click on a point to run it.",
      preset: neelBrown,
      tab: "maps",
      map: { x: { path: "energies.0.Ku1", from: 1e4, to: 1.2e5, count: 23 } },
    },
  ],
};
