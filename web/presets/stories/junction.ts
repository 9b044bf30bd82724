import { probabilisticBit } from "../probabilistic-bit.ts";
import type { Story } from "../story.ts";

/** A superparamagnetic junction as a bit that computes with chance. */
export const junction: Story = {
  id: "junction",
  title: "A junction that computes",
  steps: [
    {
      title: "A bit that will not rest",
      text: "A tunnel junction with a free layer of 3 kT. Its resistance jumps between two levels at random, in nanoseconds, and nothing drives it: below the dwell times, two spins of the ensemble as an oscilloscope would show them.",
      preset: probabilisticBit,
      tab: "fluctuation",
    },
    {
      title: "How long it stays",
      text: "Each dwell ends when the other threshold is crossed. Long ones follow one exponential, the hump on the right; the shoulder at a nanosecond is a spin that rings back and forth over the barrier before it settles. Lines: the exact law.",
      preset: probabilisticBit,
      changes: { "energies.1.B_ext.2": 0 },
      tab: "fluctuation",
    },
    {
      title: "A field shifts the balance",
      text: "Ten millitesla along the axis, a tenth of the anisotropy field: the two humps part, and the time spent up grows, though every single jump is as random as before.",
      preset: probabilisticBit,
      changes: { "energies.1.B_ext.2": 0.01 },
      tab: "fluctuation",
    },
    {
      title: "The sigmoid",
      text: "The share of time up over the field is the curve of a neuron: a probability set by a millitesla. Lines are exact and computed now; each run of this page adds a diamond. Click on the curve to run another field.",
      preset: probabilisticBit,
      tab: "maps",
      map: { x: { path: "energies.1.B_ext.2", from: -0.02, to: 0.02, count: 21 } },
    },
  ],
};
