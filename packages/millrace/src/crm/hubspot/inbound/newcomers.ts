/**
 * The waiting room: changes of contacts no one here knows wait until HubSpot was asked who they are. So a contact we know
 * by its address does not come in a second time under HubSpot's id. Run by incoming.ts in every engine.
 */
import { MillraceError } from "../../../base/errors.ts";
import { PollLoop } from "../../../db/poll-loop.ts";
import type { HubspotApi } from "../client/client.ts";
import type { Intake } from "./delivery.ts";
import { waitingContacts } from "./incoming-rows.ts";
import { metWithoutLifted } from "./lifted-opt-outs.ts";
import { PAGE, readContacts } from "./read-contacts.ts";
import type { ResolvedContacts } from "./resolve-remote.ts";
import { takeChanges } from "./take-changes.ts";

/** HubSpot gives no answer for so long: the changes come in without one. */
const TIMEOUT_MS = 900_000;

export function newcomers(
  intake: Intake,
  options: {
    readonly api: HubspotApi;
    readonly properties: readonly string[];
    readonly sweepMs: number;
    readonly onError: (error: unknown) => void;
  },
): PollLoop {
  const { api, properties, sweepMs, onError } = options;
  return new PollLoop({ turn, sweepMs, onError });

  async function turn(): Promise<boolean> {
    const waiting = await waitingContacts(intake.db, PAGE);
    if (waiting.length === 0) return false;
    const ids = waiting.map(({ hubspotId }) => hubspotId);
    const answer = await readContacts(api, ids, properties);
    if (!("kind" in answer)) {
      const records = await metWithoutLifted(intake, api, answer);
      const found = new Map(records.map((record) => [record.id, record]));
      const met: ResolvedContacts = new Map(ids.map((id) => [id, found.get(id) ?? "gone"]));
      await takeChanges(intake, { changes: [], met, released: ids });
      return waiting.length === PAGE;
    }
    const now = intake.clock.now();
    const patientFor = waiting.filter(({ receivedAt }) => now - receivedAt > TIMEOUT_MS);
    const released = patientFor.map(({ hubspotId }) => hubspotId);
    if (released.length > 0) {
      await takeChanges(intake, { changes: [], met: new Map(released.map((id) => [id, "unanswered"])), released });
    }
    throw new MillraceError("hubspot_failed", {
      saw: `HubSpot was asked about ${ids.length} contacts and answered: ${answer.message}`,
      next: "nothing is lost; it is asked again.",
    });
  }
}
