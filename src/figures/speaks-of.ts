const isInside = (before: string, after: string): boolean =>
  /[\p{L}\p{N}]$/u.test(before) || /^[\p{L}\p{N}]/u.test(after);

/** Whether a text holds a name as words of their own: "a" is not named by "stationary". */
export function speaksOf(text: string, name: string): boolean {
  if (name === "") return false;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!isInside(text.slice(0, at), text.slice(at + name.length))) return true;
  return false;
}
