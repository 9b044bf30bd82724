import type { StackInput } from "./stack-schema.ts";

const cobalt = { rhoStar: 75e-9, asymmetry: 0.46, diffusionLength: 60e-9 };
const copper = { rhoStar: 6e-9, diffusionLength: 450e-9 };
const cobaltCopper = { areaResistance: 0.51e-15, asymmetry: 0.77 };

/**
 * A Co/Cu/Co pillar between copper leads, 8 nm polarizer and 3 nm free layer. Values at 4.2 K for sputtered films as
 * reviewed by J. Bass and W. P. Pratt, J. Magn. Magn. Mater. 200, 274 (1999) (Co ρ*=75 nΩm, β=0.46, l=60 nm; Cu 6 nΩm,
 * l=450 nm; Co/Cu r_b*=0.51 fΩm², γ=0.77), and a mixing conductance of 0.55e15/(Ω m²). Compare the review before citing
 * single figures. The torque does not depend on the spacer's thickness of 6 nm, because circuit theory assumes a thin
 * spacer; the collinear profile and resistances do.
 */
export const cobaltCopperCobalt = {
  layers: [
    { name: "polarizer", thickness: 8e-9, ...cobalt, magnetization: "up" },
    { name: "spacer", thickness: 6e-9, ...copper },
    { name: "free", thickness: 3e-9, ...cobalt, magnetization: "up" },
  ],
  interfaces: [cobaltCopper, cobaltCopper, cobaltCopper, cobaltCopper],
  leads: copper,
  currentDensity: 1e11,
  spacer: "spacer",
  freeLayer: "free",
  mixingConductance: { re: 0.55e15 },
} satisfies StackInput;
