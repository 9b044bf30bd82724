/** Version of the package; a test compares it with package.json. */
export const version = "0.1.0";

declare const builtFromCommit: string | undefined;
/** The commit that the program was built from, "+" behind it where files had been changed; null where none is known. */
export const commit: string | null =
  typeof builtFromCommit === "string" && builtFromCommit !== "" ? builtFromCommit : null;
