export { discFactor } from "./disc.ts";
export { ellipsoidFactors } from "./ellipsoid.ts";
export { ellipticCylinderFactors } from "./elliptic-cylinder.ts";
export { prismFactors } from "./prism.ts";
