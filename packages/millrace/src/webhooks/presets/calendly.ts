/** Bookings as Calendly sends them. */
import type { ForeignDelivery, ForeignEvent, Preset } from "../translation.ts";

export const calendly: Preset = {
  typeOf: ({ body }) => body?.event,
  // No name of its own: who is invited, and what happened.
  idOf: ({ body }) => (typeof body?.payload?.uri === "string" ? `${body.event}:${body.payload.uri}` : undefined),
  types: { "invitee.created": booked },
};

function booked({ body }: ForeignDelivery): ForeignEvent {
  const { email, scheduled_event: meeting, uri } = body.payload;
  const at = Date.parse(String(meeting?.start_time ?? ""));
  const createdAt = Date.parse(String(body.created_at ?? ""));
  return {
    type: "meeting_booked",
    ...(typeof uri === "string" ? { id: `booking:${uri}` } : {}),
    ...(Number.isFinite(createdAt) ? { occurredAt: createdAt } : {}),
    data: { email, ...(Number.isFinite(at) ? { at } : {}) },
  };
}
