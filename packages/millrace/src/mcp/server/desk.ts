/** What the MCP server is given by the door it stands behind: HTTP (http/routes/mcp.ts) or stdio (cli/commands/mcp.ts). */
import type { Need, Rights } from "../../access/scopes.ts";
import type { OperationName } from "../../actions/operations.ts";

/** An error as a model is shown it. */
export interface ShownError {
  readonly code: string;
  readonly saw: string;
  readonly expected?: string | undefined;
  readonly next: string;
  readonly field?: string | undefined;
}

/** One caller, and what it may do. */
export interface Desk {
  readonly rights: Rights;
  /** What is said where a right is missing: what was seen, and how to get it. */
  readonly lacking: (need: Need) => { readonly saw: string; readonly next: string };
  /** Our version. */
  readonly version: string;
  /** Asks an operation as this caller. Its input is checked there. */
  readonly ask: (name: OperationName, input: object) => Promise<unknown>;
  /** What any thrown value says to the outside; what was not foreseen is reported to the operator. */
  readonly shown: (error: unknown) => ShownError;
}
