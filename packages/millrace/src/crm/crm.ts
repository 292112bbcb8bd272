/** The CRM side of an engine, put together from its settings: who writes contacts, who shows tasks. Built by built-in-agents.ts. */
import type { Clock } from "../base/clock.ts";
import type { Database } from "../db/database.ts";
import type { WakeUps } from "../db/wake.ts";
import type { TaskKind } from "../tasks/catalogue.ts";
import type { TaskHandler } from "../tasks/handler.ts";
import { actionAnswerer } from "./hubspot/actions/answerer.ts";
import { type AccountCheck, accountCheck } from "./hubspot/client/account.ts";
import { type HubspotApi, hubspotApi } from "./hubspot/client/client.ts";
import { type CheckedHubspot, checkedHubspot, type HubspotSettings } from "./hubspot/client/hubspot-settings.ts";
import { hubspotEraser } from "./hubspot/outbound/erase-there.ts";
import { TaskMirror } from "./hubspot/outbound/task-mirror.ts";
import { crmSync } from "./sync.ts";

export interface CrmParts {
  readonly api: HubspotApi;
  readonly settings: CheckedHubspot;
  readonly checkAccount: AccountCheck;
  readonly handlers: readonly TaskHandler[];
  /** undefined: switched off. */
  readonly mirror: TaskMirror | undefined;
}

/** @throws MillraceError invalid_config */
export function crmParts(
  hubspot: HubspotSettings,
  parts: {
    db: Database;
    wakeUps: WakeUps;
    clock: Clock;
    kinds: readonly TaskKind[];
    onError: (error: unknown) => void;
  },
): CrmParts {
  const settings = checkedHubspot(hubspot);
  const api = hubspotApi(settings, parts.db, parts.clock);
  const checkAccount = accountCheck(parts.db, api);
  return {
    api,
    settings,
    checkAccount,
    handlers: [
      crmSync(parts, api, settings, checkAccount),
      hubspotEraser(parts.db, api, checkAccount),
      actionAnswerer(api),
    ],
    mirror: settings.mirrorTasks ? new TaskMirror({ ...parts, api, settings, checkAccount }) : undefined,
  };
}
