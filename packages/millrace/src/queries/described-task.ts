/** A task with what its kind says; a kind that was taken out of the config meanwhile says nothing. */
import type { TaskCatalogue } from "../tasks/catalogue.ts";
import type { TaskRow } from "./rows/tasks.ts";

export interface DescribedTask extends TaskRow {
  readonly about: string;
  readonly isHuman: boolean;
  readonly doneBy: string;
}

export function described(task: TaskRow, catalogue: TaskCatalogue): DescribedTask {
  const kind = catalogue.find(task.kind);
  return { ...task, about: kind?.about ?? "", isHuman: kind?.isHuman ?? false, doneBy: kind?.doneBy ?? "" };
}
