/** The options of commands that work on many tasks. */
import type { OptionWords } from "./operation.ts";

export const taskFilterOptions: Readonly<Record<string, OptionWords>> = {
  kind: { flags: "--kind <kind>", about: "only tasks of this kind" },
  role: { flags: "--role <role>", about: "only those of people with this role, e.g. sales" },
  priority: { flags: "--priority <priority>", about: "urgent, high, medium or low", as: "word" },
  contact: { flags: "--contact <who>", about: "only of this contact: e-mail address or id" },
  since: { flags: "--since <time>", about: "asked for since e.g. 30m, 2h, 7d or 2026-03-02", as: "moment" },
  until: { flags: "--older-than <time>", about: "asked for before e.g. 30m, 2h, 7d ago, or 2026-03-02", as: "moment" },
};
