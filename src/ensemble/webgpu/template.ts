/** Fills the places of a shader template, which are comments that hold a name. */
export function fill(template: string, parts: Readonly<Record<string, string>>): string {
  return template.replace(/\/\*(\w+)\*\//g, (_, key: string) => {
    if (!Object.hasOwn(parts, key)) throw new Error(`shader template asks for ${key}`);
    return parts[key];
  });
}

export const indent = (lines: readonly string[], depth: number): string =>
  lines.join(`\n${"  ".repeat(depth)}`);
