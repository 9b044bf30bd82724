import { parse } from "yaml";
import { own } from "../expression/own.ts";
import type { InputError } from "./input-error.ts";
import { isForbiddenKey } from "./plain-data.ts";

/** Changes to an experiment: "magnet.temperature=350", or paths to values. */
export type Settings = readonly string[] | Readonly<Record<string, unknown>>;

/** Applies settings to a plain copy of an experiment, which is changed. Values in text are read as YAML. */
export function applySettings(
  value: unknown,
  settings: Settings,
): { value: unknown; problems: InputError[] } {
  const problems: InputError[] = [];
  const complain = (path: string, rule: string, found?: unknown) =>
    problems.push({ path, rule, value: found });
  const root = { value };
  for (const [path, setting] of pairs(settings, complain)) {
    const rule = put(root, path, setting);
    if (rule) complain(path, rule, setting);
  }
  return { value: root.value, problems };
}

function pairs(
  settings: Settings,
  complain: (path: string, rule: string, found?: unknown) => void,
): [string, unknown][] {
  if (!Array.isArray(settings)) return Object.entries(settings);
  return (settings as readonly string[]).flatMap((text): [string, unknown][] => {
    const equals = text.indexOf("=");
    if (equals < 1) {
      complain("--set", "must be of the form path=value", text);
      return [];
    }
    try {
      return [[text.slice(0, equals).trim(), parse(text.slice(equals + 1), { maxAliasCount: 0 })]];
    } catch {
      complain("--set", "must have a value that is YAML or JSON", text);
      return [];
    }
  });
}

/** The keys of a path: energies[0].Ku1 is energies.0.Ku1. */
export const keysOf = (path: string): string[] => path.replace(/\[(\d+)\]/g, ".$1").split(".");

/** Puts a value at a path. Missing objects on the path are made; a list entry must exist or be the next. */
function put(root: { value: unknown }, path: string, value: unknown): string | undefined {
  const keys = keysOf(path);
  if (keys.some((key) => key === "" || isForbiddenKey(key))) return "is not a path";
  let holder = root as unknown as Record<string, unknown>;
  let key = "value";
  for (const next of keys) {
    let inner = own(holder, key);
    if (inner === undefined || inner === null) inner = holder[key] = {};
    if (typeof inner !== "object") return "is not a path of this experiment";
    if (Array.isArray(inner) && !(/^(0|[1-9]\d{0,5})$/.test(next) && Number(next) <= inner.length))
      return `must name one of the ${inner.length} entries there, counted from 0, or the next`;
    holder = inner as Record<string, unknown>;
    key = next;
    if (!Array.isArray(inner) && holder[key] !== undefined && !Object.hasOwn(holder, key))
      return "is not a path of this experiment";
  }
  holder[key] = value;
  return undefined;
}
