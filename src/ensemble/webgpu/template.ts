/** Fills a shader template, in which comments with a name are the places to fill. */
export function fill(template: string, parts: Readonly<Record<string, string>>): string {
  return template.replace(/\/\*(\w+)\*\//g, (_, key: string) => {
    if (!Object.hasOwn(parts, key)) throw new Error(`shader template asks for ${key}`);
    return parts[key];
  });
}

export const indent = (lines: readonly string[], depth: number): string =>
  lines.join(`\n${"  ".repeat(depth)}`);
