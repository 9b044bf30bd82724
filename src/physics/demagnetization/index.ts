export { discFactor } from "./disc.ts";
export { ellipsoidFactors } from "./ellipsoid.ts";
export { prismFactors } from "./prism.ts";
