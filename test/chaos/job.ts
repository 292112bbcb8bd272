/** What the process that is killed is to do. */
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";

export interface Job {
  readonly config: MillraceConfig;
  /** Forms by their ids, sent together. */
  readonly forms: readonly string[];
  /** Forms come one behind the other, when nothing else is left to do: each is decided at the door. */
  readonly isCalm?: boolean;
  /** The process has the role of a worker only. */
  readonly decidesNothing?: boolean;
  /** Forms that wait before the log, as imports do. */
  readonly bulk: readonly string[];
  /** Webhooks of HubSpot that are already known to be its own. */
  readonly hooks: readonly { readonly id: string; readonly body: string }[];
  /** Without its text: it lies in the inbox, and is fetched from there. */
  readonly mails: readonly { readonly id: string; readonly raw?: string }[];
  /** The address of whom is erased when all else is done. */
  readonly erase?: string;
  /** The file a backup is written to. */
  readonly backup?: string;
  readonly restore?: { readonly file: string; readonly folder: string };
}

export const NOTHING: Omit<Job, "config"> = { forms: [], bulk: [], hooks: [], mails: [] };
