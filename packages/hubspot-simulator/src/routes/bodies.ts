/** The pieces that many request bodies share. */
import { z } from "zod";

/** HubSpot takes numbers and booleans for strings; lists and objects it does not. */
const value = z.union([z.string(), z.number(), z.boolean()]).nullable();

export const propertiesSchema = z
  .record(z.string(), value)
  .transform((given) => new Map(Object.entries(given).map(([name, v]) => [name, v === null ? "" : String(v)])));

export const idSchema = z.union([z.string().min(1).max(1_000), z.number().int()]).transform(String);

export const specSchema = z.object({
  associationCategory: z.string(),
  associationTypeId: z.coerce.number().int(),
});

export const newAssociationsSchema = z
  .array(z.object({ to: z.object({ id: idSchema }), types: z.array(specSchema).min(1).max(50) }))
  .max(1_000)
  .nullish();

export type NewAssociations = z.infer<typeof newAssociationsSchema>;
