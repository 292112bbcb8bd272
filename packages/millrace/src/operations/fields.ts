/** Fields that inputs of operations share. All times are milliseconds since 1970. */
import { z } from "zod";
import { jsonValue, text } from "../events/define-event.ts";

const NOT_WHOLE = "is not a whole number";
const wholeNumber = z.number({ error: NOT_WHOLE }).int(NOT_WHOLE).nonnegative(NOT_WHOLE);

/** The number of a task, an e-mail, an alert, a dead letter; the position of an event. */
export const id = wholeNumber;
export const moment = wholeNumber.describe("Milliseconds since 1970.");
export const limit = wholeNumber
  .min(1, "is not from 1 to 10000")
  .max(10_000, "is not from 1 to 10000")
  .default(50)
  .describe("How many at most.");
/** Only those with a smaller number: the next page of a list. */
export const before = wholeNumber.optional().describe("Only those before this one: the next page.");
export const name = text(200).min(1);
export const reason = text(500).min(1).optional().describe("Shown to everyone who asks why.");
/** A contact: its id, an e-mail address, or HubSpot's record. */
export const contact = text(320)
  .min(1)
  .describe('A contact: its id, an e-mail address of it, or "hubspot:101" for a record of HubSpot.');
export const json = jsonValue;
