const isInside = (before: string, after: string): boolean =>
  /[\p{L}\p{N}]$/u.test(before) || /^[\p{L}\p{N}]/u.test(after);

/** Whether a text contains a name as whole words: "stationary" does not contain the name "a". */
export function speaksOf(text: string, name: string): boolean {
  if (name === "") return false;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!isInside(text.slice(0, at), text.slice(at + name.length))) return true;
  return false;
}
