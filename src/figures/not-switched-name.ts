/** Name of the share of spins that have not left their side of the equator. */
export const notSwitchedName = (time: string, side: "up" | "down"): string =>
  `not switched at ${time} (mz ${side === "up" ? "> 0" : "< 0"})`;
