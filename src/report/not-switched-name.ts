/** Name of the exact share of spins that have not left their side of the equator, as moments name their own share. */
export const notSwitchedName = (time: string, side: "up" | "down"): string =>
  `not switched at ${time} (mz ${side === "up" ? "> 0" : "< 0"})`;
