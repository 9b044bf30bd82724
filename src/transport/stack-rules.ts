import { hasMaterial, isMagnetic, materialProblems } from "./material.ts";
import type { Lead, Stack } from "./stack-shape.ts";
import { leadsOf } from "./stack-shape.ts";

/* Rules between the keys of a stack. Rules for single numbers are in stack-shape.ts. */

export interface StackError {
  readonly path: (string | number)[];
  readonly message: string;
}

/** Problems of one lead, as messages. */
function leadMessages(lead: Lead): string[] {
  if (lead.contact === "semiInfinite") return materialProblems(lead);
  return hasMaterial(lead) ? ["must have no material if its contact is ideal"] : [];
}

function leadProblems(stack: Stack): StackError[] {
  const { left, right, ...both } = stack.leads;
  const problems = (messages: string[], ...path: string[]) => messages.map((message) => ({ path, message }));
  if ((left === undefined) !== (right === undefined))
    return problems(["must have both left and right, or neither"], "leads");
  if (left && right)
    return [
      ...problems(hasMaterial(both) ? ["must have a material or left and right, not both"] : [], "leads"),
      ...problems(leadMessages(left), "leads", "left"),
      ...problems(leadMessages(right), "leads", "right"),
    ];
  return problems(leadMessages(both), "leads");
}

function layerProblems(stack: Stack): StackError[] {
  const { left, right } = leadsOf(stack);
  if (stack.layers.length > 0 || (left.contact !== "ideal" && right.contact !== "ideal")) return [];
  return [{ path: ["layers"], message: "must have a layer if a contact is ideal" }];
}

function interfaceProblems(stack: Stack): StackError[] {
  const count = stack.interfaces?.length ?? 0;
  const planes = stack.layers.length + 1;
  if (![0, planes, Math.max(planes - 2, 0)].includes(count))
    return [
      {
        path: ["interfaces"],
        message: `must have ${planes} entries (both ends included) or ${planes - 2} (the inner planes), got ${count}`,
      },
    ];
  const { left, right } = leadsOf(stack);
  const magnets = [left, ...stack.layers, right].map(isMagnetic);
  const offset = count === planes ? 0 : 1;
  return (stack.interfaces ?? []).flatMap((entry, i) => {
    if (entry.asymmetry === 0) return [];
    const [before, after] = [magnets[i + offset], magnets[i + offset + 1]];
    const path = ["interfaces", i, "magnet"];
    if (!before && !after)
      return [
        {
          path: ["interfaces", i, "asymmetry"],
          message: "must be 0 between two metals without magnetization",
        },
      ];
    if (before && after && entry.magnet === undefined)
      return [{ path, message: "must be left or right if both neighbours are magnetic" }];
    if (entry.magnet !== undefined && !(entry.magnet === "left" ? before : after))
      return [{ path, message: "must name a neighbour that is magnetic" }];
    return [];
  });
}

function heatProblems(stack: Stack): StackError[] {
  if (!stack.heat) return [];
  const problems: StackError[] = [];
  const given = [stack.heat.heatCurrent, stack.heat.temperatureDifference].filter((x) => x !== undefined);
  if (given.length !== 1)
    problems.push({
      path: ["heat"],
      message: `must have exactly one of heatCurrent, temperatureDifference, got ${given.length === 2 ? "both" : "none"}`,
    });
  stack.layers.forEach((layer, i) => {
    if (layer.thermalConductivity === undefined)
      problems.push({
        path: ["layers", i, "thermalConductivity"],
        message: "must be given if heat is given",
      });
  });
  for (const [side, lead] of Object.entries(leadsOf(stack)))
    if (lead.contact === "semiInfinite" && lead.thermalConductivity === undefined)
      problems.push({
        path: stack.leads.left ? ["leads", side, "thermalConductivity"] : ["leads", "thermalConductivity"],
        message: "must be given if heat is given",
      });
  return problems;
}

function spacerProblems(stack: Stack): StackError[] {
  const problems: StackError[] = [];
  for (const key of ["spacer", "freeLayer"] as const) {
    const name = stack[key];
    const found = stack.layers.filter((layer) => layer.name === name).length;
    if (name !== undefined && found !== 1)
      problems.push({ path: [key], message: `must name one layer, found ${found} of that name` });
  }
  if (problems.length > 0) return problems;
  const { left, right } = leadsOf(stack);
  const all = [left, ...stack.layers, right].map(isMagnetic);
  const spacer = stack.layers.findIndex((layer) => layer.name === stack.spacer && stack.spacer !== undefined);
  const free = stack.layers.findIndex(
    (layer) => layer.name === stack.freeLayer && stack.freeLayer !== undefined,
  );
  if (free >= 0 && !all[free + 1])
    problems.push({ path: ["freeLayer"], message: "must be magnetic (an asymmetry or a magnetization)" });
  if (spacer >= 0 && all[spacer + 1]) problems.push({ path: ["spacer"], message: "must be nonmagnetic" });
  if (spacer < 0 || free < 0) return problems;
  const [before, after] = [all.slice(0, spacer + 1), all.slice(spacer + 2)];
  const [freeSide, otherSide] = free < spacer ? [before, after] : [after, before];
  if (freeSide.filter(Boolean).length > 1)
    problems.push({
      path: ["freeLayer"],
      message: "must be the only magnetic layer on its side of the spacer",
    });
  if (!otherSide.some(Boolean))
    problems.push({
      path: ["spacer"],
      message: "must have a magnetic layer, the polarizer, on its other side",
    });
  return problems;
}

function lawProblems(stack: Stack): StackError[] {
  if (stack.law !== "onsager") return [];
  const problems: StackError[] = [];
  if (!stack.onsagerCoefficients)
    problems.push({ path: ["onsagerCoefficients"], message: "must be given if law is onsager" });
  const free = stack.layers.findIndex((layer) => layer.name === stack.freeLayer);
  if (free >= 0 && stack.layers[free].asymmetry === 0)
    problems.push({
      path: ["layers", free, "asymmetry"],
      message: "must not be 0 if law is onsager (Eq. 49 divides by β)",
    });
  return problems;
}

/** Every broken rule, with its path. */
export const stackProblems = (stack: Stack): StackError[] => [
  ...leadProblems(stack),
  ...layerProblems(stack),
  ...interfaceProblems(stack),
  ...heatProblems(stack),
  ...spacerProblems(stack),
  ...lawProblems(stack),
];
