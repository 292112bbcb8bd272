/** Who a command acts for: the person named by --as, else the user of this machine. */
import { userInfo } from "node:os";
import { type Actor, actorOf } from "../events/actor.ts";

/** "person:ada" for `--as ada`; else "cli:root". */
export function cliActor({ as }: { readonly as?: unknown }): Actor {
  return actorOf(typeof as === "string" && as !== "" ? `person:${as}` : `cli:${userName()}`);
}

/** A container may run as a user without a name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "operator";
  }
}
