import experiment from "../../examples/page/resonance.json" with { type: "json" };
import type { Preset } from "./preset.ts";

export const resonance: Preset = {
  id: "resonance",
  title: "Thermal resonance spectrum",
  physics:
    "Heat alone makes a magnet precess about its field: the spectrum of my peaks at the resonance γ(B + B_K)/2π near 4 GHz, with a width set by the damping. No microwave is applied.",
  tab: "fluctuation",
  experiment,
  // the well is along x
  from: { azimuth: 35, elevation: 20 },
  knobs: [
    { path: "energies.1.B_ext.0", from: 0, to: 0.2 },
    { path: "magnet.alpha", from: 0.005, to: 0.1 },
  ],
  lasts: true,
};
