/** Which scope of an API key an operation asks for: that of its effect. */
import type { Need } from "../access/scopes.ts";
import type { OperationWords } from "./operation.ts";

export function needOf({ effect, isOwners }: Pick<OperationWords, "effect" | "isOwners">): Need {
  return isOwners ? "owner" : effect;
}
