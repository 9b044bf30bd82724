// @ts-expect-error The package has types but does not export them.
import oracle from "cephes";

/** Special functions of the Cephes library, an independent oracle; await `compiled` first. */
export const cephes: {
  readonly compiled: Promise<void>;
  igam(a: number, x: number): number;
  igamc(a: number, x: number): number;
  lgam(x: number): number;
  ndtr(z: number): number;
  ndtri(p: number): number;
  incbet(a: number, b: number, x: number): number;
  incbi(a: number, b: number, p: number): number;
  dawsn(x: number): number;
  ellpk(complement: number): number;
} = oracle;
