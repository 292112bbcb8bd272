/** What an API key may do. The engine's own key, people who are signed in and the command line may do everything. */

/**
 * `read`: every question, the stream, the metrics. `change`: actions that can be taken back. `destructive`: those that
 * cannot. `send`: events into the log. `work`: claim tasks of agents and finish them.
 */
export const SCOPES = ["read", "change", "destructive", "send", "work"] as const;
export type Scope = (typeof SCOPES)[number];

/** `owner` cannot be given to a key: managing keys is for the engine's own key and for people. */
export type Need = Scope | "owner";

export interface Rights {
  readonly scopes: ReadonlySet<Need>;
  /** The kinds of tasks it may work on; undefined: every kind. */
  readonly kinds: readonly string[] | undefined;
}

export const ALL_RIGHTS: Rights = { scopes: new Set<Need>([...SCOPES, "owner"]), kinds: undefined };

/** What is said to a caller that lacks a scope. */
export function lacking(need: Need, caller: string): { readonly saw: string; readonly next: string } {
  if (need === "owner") {
    return {
      saw: `Keys are managed by people and by the engine's own key; "${caller}" is neither. Nothing was done.`,
      next: "sign in (`millrace sign-in`), or use `millrace keys` where the engine runs.",
    };
  }
  return {
    saw: `The API key "${caller}" lacks the scope "${need}". Nothing was done.`,
    next: `ask a person to do it, or for a key that has the scope: \`millrace keys create NAME --scopes read,${need}\`.`,
  };
}
