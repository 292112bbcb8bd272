/**
 * What people are: each role may ask some questions and use some verbs. Which ones stands beside each of them, in the tables
 * of actions and queries (`roles`), and at each route that is none.
 */
export const ROLES = ["admin", "operations", "sales", "analyst"] as const;
export type Role = (typeof ROLES)[number];

/** Keys, people, and what stands above everything else. */
export const ADMIN: readonly Role[] = ["admin"];
/** What keeps the engine running, and what cannot be taken back. */
export const OPERATORS: readonly Role[] = ["admin", "operations"];
/** Work with leads: e-mails, replies, tasks of any kind. */
export const SELLERS: readonly Role[] = ["admin", "operations", "sales"];
export const EVERYONE: readonly Role[] = ROLES;

/** What is said to a person who is signed in as something else. */
export function notTheirs(
  person: string,
  roles: readonly Role[],
  needed: readonly Role[],
): { readonly saw: string; readonly expected: string; readonly next: string } {
  return {
    saw: `${person} is signed in as ${roles.join(" and ") || "nothing"}, and this is for others. Nothing was done.`,
    expected: needed.length === 0 ? "a program with a key" : `one of ${needed.join(", ")}`,
    next: `ask an admin: the page People, or \`millrace people roles ${person} ${needed.at(-1) ?? "admin"}\`.`,
  };
}
