/** The workflows of a project with the catalogues they are checked against, without a database. */

import { EventCatalogue } from "../events/catalogue.ts";
import { defaultPack } from "../flows/default-pack.ts";
import type { LoadedConfig } from "../load-config.ts";
import { missionTaskKinds, TaskCatalogue } from "../tasks/catalogue.ts";
import type { LintCatalogues } from "../workflows/lint.ts";
import type { Workflow } from "../workflows/workflow.ts";
import type { Call } from "./command.ts";
import { openProject } from "./project.ts";

export interface ProjectWorkflows {
  readonly pack: readonly Workflow[];
  readonly own: readonly Workflow[];
  readonly catalogues: LintCatalogues;
}

export async function projectWorkflows(call: Call): Promise<ProjectWorkflows> {
  return workflowsOf(await openProject(call));
}

export function workflowsOf({ config }: LoadedConfig): ProjectWorkflows {
  return {
    pack: config.pack === false ? [] : defaultPack(config.pack, { crm: config.hubspot !== false }),
    own: config.workflows,
    catalogues: {
      events: new EventCatalogue(config.events),
      tasks: new TaskCatalogue({ ...missionTaskKinds, ...config.tasks }),
      emits: new Map(
        (config.agents ?? []).flatMap(({ kinds, emits }) =>
          emits === undefined ? [] : kinds.map((kind) => [kind, emits] as const),
        ),
      ),
    },
  };
}
