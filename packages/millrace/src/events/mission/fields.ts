/** What the data of several events is made of. */
import { z } from "zod";
import { emailAddress, properties, propertyName, takeProperties, text } from "../define-event.ts";
import { quickly } from "../quick-way.ts";

export const name = text(200);
export const externalIds = z.record(propertyName, text(200));
export const score = z.number().min(0).max(100);
export const task = z.number().int().positive();
export const counted = z.number().int().nonnegative();
export const pageUrl = text(2_000);

/** How data that may name its contact names it. */
export const whom = { email: emailAddress.optional(), externalIds: externalIds.optional() };
export const byWhom = (data: { email?: string; externalIds?: Record<string, string> }) =>
  data.email === undefined && data.externalIds === undefined
    ? undefined
    : { email: data.email, externalIds: data.externalIds };

type Properties = z.output<typeof properties>;

export const contactProperties = quickly(
  properties.refine(hasScoreOrNone, { message: "lead_score is not a number from 0 to 100" }),
  takeContactProperties,
);
export const formFields = quickly(
  contactProperties.refine((fields) => typeof fields.email === "string", { message: "email is missing" }),
  (value) => {
    const fields = takeContactProperties(value);
    return typeof fields?.email === "string" ? fields : undefined;
  },
);

function takeContactProperties(value: unknown): Properties | undefined {
  const taken = takeProperties(value);
  return taken !== undefined && hasScoreOrNone(taken) ? taken : undefined;
}

function hasScoreOrNone({ lead_score }: Properties): boolean {
  return lead_score === undefined || isScore(lead_score);
}

function isScore(value: unknown): boolean {
  return value === null || (typeof value === "number" && value >= 0 && value <= 100);
}
