/** The level of a trace that counts as up; down is that at the other end. */
export const upLevels = ["highest", "lowest"] as const;
export type UpLevel = (typeof upLevels)[number];

/** Up and down of a list in the order of the levels, lowest first. */
export const upAndDown = <T>(lowestFirst: readonly T[], upLevel: UpLevel): readonly [up: T, down: T] => {
  const [first, last] = [lowestFirst[0], lowestFirst[lowestFirst.length - 1]];
  return upLevel === "highest" ? [last, first] : [first, last];
};
