/** One event. */
import { z } from "zod";
import { id } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { notFound } from "./not-found.ts";
import { findEvent } from "./rows/events.ts";
import { eventView } from "./views.ts";

export const event = operation({
  input: z.object({ position: id.describe("The event's position.") }),
  answer: eventView,
  run: async ({ db }, { position }) => {
    const found = await findEvent(db, position);
    if (found === undefined) throw notFound("event", position, ["/api/events", "events tail"]);
    return found;
  },
});
