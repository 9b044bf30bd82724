import { fourier, ohm, thermoelectric } from "./conduction.ts";
import { ferromagnet, fullCoupling } from "./ferromagnet.ts";
import type { OnsagerSystem } from "./onsager-system.ts";
import { separateChannels, transverseAccumulation, twoChannel, twoChannelWithHeat } from "./two-channel.ts";

/** A system of the paper, built from its measurable parameters. */
interface NamedSystem {
  readonly title: string;
  /** Numbers of equations in J.-E. Wegrowe's paper. */
  readonly equations: string;
  /** @throws RangeError listing every problem of the parameters. */
  readonly build: (parameters: never) => OnsagerSystem;
}

/** The catalogue of Onsager systems: a new one is a function and an entry here. */
export const systems: Readonly<Record<string, NamedSystem>> = {
  ohm: { title: "electric conduction", equations: "1, 2", build: ohm },
  fourier: { title: "heat conduction", equations: "3, 4", build: fourier },
  thermoelectric: { title: "Seebeck and Peltier", equations: "5, 6", build: thermoelectric },
  separateChannels: { title: "two spin channels", equations: "7, 8, 30, 31", build: separateChannels },
  twoChannel: { title: "the same in sum and difference", equations: "9, 37, 38", build: twoChannel },
  twoChannelWithHeat: { title: "two spin channels with heat", equations: "10", build: twoChannelWithHeat },
  ferromagnet: { title: "damping and precession", equations: "11, 12, 18–20", build: ferromagnet },
  transverseAccumulation: {
    title: "two channels with transverse spin accumulation",
    equations: "39, 40",
    build: transverseAccumulation,
  },
  fullCoupling: { title: "a magnet and its contact", equations: "14, 15, 41, 42", build: fullCoupling },
};
