import type { Story } from "../story.ts";
import { heat } from "./heat.ts";
import { junction } from "./junction.ts";
import { writing } from "./writing.ts";

/** The guided stories: a new one is a file here and a name in this list. */
export const stories: readonly Story[] = [heat, junction, writing];

/** The story and the step with the name "id.1". */
export function storyOf(text: string | undefined): { readonly story: Story; readonly step: number } | null {
  const [id, number] = (text ?? "").split(".");
  const story = stories.find((one) => one.id === id);
  const step = Number(number) - 1;
  return story?.steps[step] ? { story, step } : null;
}
