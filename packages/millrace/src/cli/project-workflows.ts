/** The workflows of a project with the catalogues they are checked against, without a database. */
import { templateNames } from "../email/compose/default-templates.ts";
import { packParts } from "../engine/pack-parts.ts";
import { EventCatalogue } from "../events/catalogue.ts";
import { defaultPack } from "../flows/default-pack.ts";
import type { LoadedConfig } from "../load-config/load-config.ts";
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
    pack: config.pack === false ? [] : defaultPack(config.pack, packParts(config, config.hubspot !== false)),
    own: config.workflows,
    catalogues: {
      events: new EventCatalogue(config.events),
      tasks: new TaskCatalogue({ ...missionTaskKinds, ...config.tasks }),
      templates: templateNames(config.templates),
    },
  };
}
