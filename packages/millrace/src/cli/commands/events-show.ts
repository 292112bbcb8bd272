/** `millrace events show <position>`: one event, whole. */
import { MillraceError } from "../../errors.ts";
import { findEvent } from "../../read/events.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { parseId } from "../parse.ts";
import { openProject } from "../project.ts";
import { list, moment } from "../text.ts";

export async function run(call: Call): Promise<void> {
  const { terminal } = call;
  const position = parseId("an event", call.words[0]);
  const event = await withDatabase(await openProject(call, false), (db) => findEvent(db, position));
  if (event === undefined) {
    throw new MillraceError("not_found", {
      saw: `There is no event ${position}.`,
      next: "see which there are: `millrace events tail`.",
    });
  }
  if (terminal.isJson) return terminal.document(event);
  const pairs = [
    ["position", String(event.position)],
    ["type", event.type],
    ["at", moment(event.occurredAt)],
    ["contact", event.contact ?? "none"],
    ["by", event.actor],
    ["cause", event.cause === null ? "from outside" : `event ${event.cause}, in the cascade of ${event.root}`],
  ] as const;
  terminal.data(list(pairs));
  // JSON.stringify writes control characters as escapes, so this is safe to show.
  terminal.data(`data ${JSON.stringify(event.data, null, 2)}`);
}
