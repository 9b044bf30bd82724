import { isMagnetic, type Metal, metal } from "./material.ts";
import { interfacesOf, leadsOf, type Stack } from "./stack-shape.ts";

/* A stack in the form for the solver: metals between planes, with signs in one frame whose first channel is "up". */

export interface Region {
  readonly metal: Metal;
  /** m. */
  readonly thickness: number;
}

export interface Junction {
  /** r_b*, Ω m². */
  readonly areaResistance: number;
  /** γ, signed: negative if the magnetization that it follows is down. */
  readonly asymmetry: number;
}

/** Region k lies between junctions k and k+1; a lead that is null is an ideal contact, Δμ=0. */
export interface Line {
  readonly left: Metal | null;
  readonly regions: readonly Region[];
  readonly right: Metal | null;
  readonly junctions: readonly Junction[];
}

/** The line of a checked stack: asymmetries signed by the magnetization, interfaces at every plane. */
export function lineOf(stack: Stack): Line {
  const leads = leadsOf(stack);
  const materials = [leads.left, ...stack.layers, leads.right];
  const sign = (i: number) => (materials[i].magnetization === "down" ? -1 : 1);
  const lead = (of: typeof leads.left) => (of.contact === "ideal" ? null : metal(of));
  return {
    left: lead(leads.left),
    right: lead(leads.right),
    regions: stack.layers.map((layer) => ({ metal: metal(layer), thickness: layer.thickness })),
    junctions: interfacesOf(stack).map(({ areaResistance, asymmetry, magnet }, i) => {
      const follows = magnet ?? (isMagnetic(materials[i]) ? "left" : "right");
      return { areaResistance, asymmetry: asymmetry * sign(follows === "left" ? i : i + 1) };
    }),
  };
}

/** The same line in reverse order. */
export const mirrored = (line: Line): Line => ({
  left: line.right,
  right: line.left,
  regions: line.regions.toReversed(),
  junctions: line.junctions.toReversed(),
});

const turnedMetal = (of: Metal): Metal => ({
  ...of,
  asymmetry: -of.asymmetry,
  seebeckDifference: -of.seebeckDifference,
});

/** The same line with every magnetization reversed. */
export const turned = (line: Line): Line => ({
  left: line.left && turnedMetal(line.left),
  right: line.right && turnedMetal(line.right),
  regions: line.regions.map((region) => ({ ...region, metal: turnedMetal(region.metal) })),
  junctions: line.junctions.map((junction) => ({ ...junction, asymmetry: -junction.asymmetry })),
});
