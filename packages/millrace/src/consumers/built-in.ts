/** The consumers of an engine: the built-in ones of the default pack, and the user's own. */
import { analytics } from "./analytics.ts";
import type { Consumer } from "./consumer.ts";
import { enrichmentPriority } from "./enrichment-priority.ts";

interface Settings {
  readonly pack?: { readonly conversions?: readonly string[] } | false;
  readonly consumers?: readonly Consumer[];
}

export function consumersOf({ pack, consumers = [] }: Settings): readonly Consumer[] {
  return [...(pack === false ? [] : [enrichmentPriority, analytics(pack?.conversions)]), ...consumers];
}
