/**
 * The agent of `erase_in_crm`: erases records in HubSpot for good, by HubSpot's own privacy deletion. Asked for only with
 * `hubspot.eraseThere`. It holds the writer's lease, so no write that was under way comes behind it.
 */
import { processName } from "../../../base/process-name.ts";
import type { Database } from "../../../db/database.ts";
import type { Outcome, QueuedHandler, TaskInput } from "../../../tasks/handler.ts";
import { WRITER, withLease } from "../../lease.ts";
import type { AccountCheck } from "../client/account.ts";
import { isNotThere } from "../client/answer.ts";
import type { HubspotApi } from "../client/client.ts";
import { asOutcome } from "./as-outcome.ts";

const REFUSED = "HubSpot will not erase it";

const TIMEOUT_MS = 20_000;
const BUSY_MS = 1_000;

export function hubspotEraser(db: Database, api: HubspotApi, checkAccount: AccountCheck): QueuedHandler {
  const holder = processName();
  return {
    name: "crm_eraser",
    kinds: ["erase_in_crm"],
    isPure: false,
    concurrency: 1,
    async run(tasks, { signal }) {
      const lease = { name: WRITER, holder, patienceMs: TIMEOUT_MS, signal };
      const held = await withLease(db, lease, async () => {
        const unknown = await checkAccount();
        if (unknown !== undefined) return tasks.map(() => asOutcome(unknown, REFUSED));
        return Promise.all(tasks.map((task) => eraseAll(api, task)));
      });
      return (
        held?.done ??
        tasks.map(() => ({ outcome: "snoozed", forMs: BUSY_MS, reason: "another process writes to the CRM" }))
      );
    },
  };
}

async function eraseAll(api: HubspotApi, { payload }: TaskInput): Promise<Outcome> {
  const ids = (payload as { hubspotIds?: readonly string[] } | null)?.hubspotIds ?? [];
  for (const objectId of ids) {
    const answer = await api.request({
      method: "POST",
      path: api.paths.privacyDelete(),
      body: { objectId },
      urgency: "urgent",
      kind: "other",
      isRepeatable: true,
    });
    // Gone already: that is what was wanted.
    if (!answer.ok && !isNotThere(answer.failure)) return asOutcome(answer.failure, REFUSED);
  }
  return { outcome: "completed", result: { erased: ids.length } };
}
