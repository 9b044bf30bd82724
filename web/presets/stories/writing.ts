import type { Story } from "../story.ts";
import { writePulse } from "../write-pulse.ts";

/** Writing a bit, and how rarely it fails. */
export const writing: Story = {
  id: "writing",
  title: "Writing a bit, and failing to",
  steps: [
    {
      title: "The pulse",
      text: "A barrier of 20 kT would hold this bit for a second. A current pulse of twice the critical torque turns it over in two nanoseconds: the cloud at the north pole spreads, spirals, and crosses the equator.",
      preset: writePulse,
      tab: "distribution",
    },
    {
      title: "Those left behind",
      text: "On the axis there is no torque, and heat has put some spins close to it. They leave last: the share that is still up falls exponentially during the pulse and stays constant after it. That is the write error.",
      preset: writePulse,
      tab: "switching",
    },
    {
      title: "A longer pulse",
      text: "Two nanoseconds instead of one: soon no spin of the ensemble is left on the first side, and arrows show upper limits. The exact curve continues below one in a hundred million, as a memory needs it.",
      preset: writePulse,
      changes: { "torques.0.dampingLike.pulse.length": 2e-9 },
      tab: "switching",
    },
    {
      title: "What it costs",
      text: "The exact write error against height and length of the pulse: a stronger or a longer pulse lowers it decade by decade. The ring marks the present experiment; a click runs another cell.",
      preset: writePulse,
      tab: "maps",
      map: {
        x: { path: "torques.0.dampingLike.pulse.length", from: 6e-10, to: 2.2e-9, count: 9 },
        y: { path: "torques.0.dampingLike.pulse.amplitude", from: 0.03, to: 0.07, count: 9 },
      },
    },
  ],
};
