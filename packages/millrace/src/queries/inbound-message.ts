/** One message that came in: its headers, what was cut and why, how it was read, and the event it became. */
import { z } from "zod";
import { id } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { notFound } from "./not-found.ts";
import { findInbound, followedBy } from "./rows/inbound.ts";
import { inboundMessageView } from "./views.ts";

export const inboundMessage = operation({
  input: z.object({ id: id.describe("The message's number.") }),
  answer: inboundMessageView,
  run: async ({ db }, { id }) => {
    const found = await findInbound(db, id);
    if (found === undefined) throw notFound("message", id, ["/api/mail/inbox", "mail inbox"]);
    return { ...found, followed: await followedBy(db, found) };
  },
});
