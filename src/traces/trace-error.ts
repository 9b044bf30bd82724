/** A trace that cannot be read or analysed: says what is wrong and where in the file. */
export class TraceError extends Error {
  override readonly name = "TraceError";
}
