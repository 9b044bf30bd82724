/** Messages name flags of the command line, which are fields here. */
const fieldsOfFlags: readonly (readonly [RegExp, string])[] = [
  [/give --sample-time/, "fill in the time between samples"],
  [/--sample-time (\S+ s)/, "$1 was filled in"],
  [/--values must be/, "the swept values must be"],
  [/give the swept values with --values/, "fill in the swept values"],
  [/; give --raw TYPE if it is samples alone/, ""],
];

/** A message of the command line, with the page's names of fields. */
export const withFields = (message: string): string =>
  fieldsOfFlags.reduce((text, [flag, words]) => text.replace(flag, words), message);
