/** What of the default pack depends on the rest of the config. Used by the engine and by the commands that read workflows. */
import { draftSettings } from "../agents/draft-writer/draft-settings.ts";
import type { MillraceConfig } from "../config/config.ts";
import type { PackParts } from "../flows/default-pack.ts";
import { modelSettings } from "../models/model-settings.ts";

/** @param config checked, or as it is written: what is left out has its default. */
export function packParts({ models, drafts }: Pick<MillraceConfig, "models" | "drafts">, crm: boolean): PackParts {
  if (models === undefined) return { crm };
  const { agents } = modelSettings.parse(models);
  const notes = { scores: agents.includes("lead_qualifier"), failures: agents.includes("summariser") };
  return {
    crm,
    ...(agents.includes("outreach_agent") ? { drafts: draftSettings.parse(drafts ?? {}) } : {}),
    ...(notes.scores || notes.failures ? { notes } : {}),
  };
}
