import { initialState } from "./initial-entry.ts";

export const direction = initialState({
  type: "direction",
  title: "every spin along m",
  parameters: { m: { kind: "direction", unit: "", meaning: "direction of every spin" } },
  example: { m: [0, 0, 1] },
  isOneSided: true,
  law: ({ m }) => ({ direction: m }),
});
