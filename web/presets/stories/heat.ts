import { neelBrown } from "../neel-brown.ts";
import type { Story } from "../story.ts";

/** Néel and Brown: how heat reverses a magnet. */
export const heat: Story = {
  id: "heat",
  title: "How heat reverses a magnet",
  steps: [
    {
      title: "Heat alone",
      text: "Only heat moves these spins. All start at the north pole of a magnet with a barrier of 4 kT; watch the histogram empty on the right and fill on the left, along the exact solution of the Fokker–Planck equation.",
      preset: neelBrown,
      tab: "distribution",
    },
    {
      title: "One rate",
      text: "After the first nanosecond the survival, further down, is a straight line on its logarithmic axis: a spin forgets how long it has waited. Its slope is the rate of Néel and Brown; dashed lines are the formulas for it, grey where they do not hold.",
      preset: neelBrown,
      tab: "switching",
    },
    {
      title: "Twice the barrier",
      text: "The same magnet with Ku1 doubled, 8 kT. The same sixty nanoseconds pass, and only a few in a hundred spins have crossed: the rate depends on the barrier exponentially.",
      preset: neelBrown,
      changes: { "energies.0.Ku1": 8e4 },
      tab: "switching",
    },
    {
      title: "Arrhenius",
      text: "The exact rate against the anisotropy, computed now. Above a few kT its logarithm falls on a straight line: with this law ten years of storage are tested in a short time. Click on a point to run it.",
      preset: neelBrown,
      tab: "maps",
      map: { x: { path: "energies.0.Ku1", from: 1e4, to: 1.2e5, count: 23 } },
    },
  ],
};
