/** What operations are given: of an engine (made by engine.ts), or of a command that works without one. */
import type { Clock } from "../base/clock.ts";
import type { MillraceConfig } from "../config/config.ts";
import type { Consumer, Subscriber } from "../consumers/consumer.ts";
import type { Database } from "../db/database.ts";
import type { WakeUps } from "../db/wake.ts";
import type { RunnerOptions } from "../decider/runner.ts";
import type { Actor } from "../events/actor.ts";
import type { ErasureParts } from "../privacy/erase-contact.ts";
import type { WorkRules } from "../tasks/finish.ts";
import type { Workflow } from "../workflows/workflow.ts";

/** An agent as people see it. */
export interface AgentWords {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly isPure: boolean;
  /** Calls under way at once; undefined for a pure one, which runs inside the decision, and where only its name is known. */
  readonly concurrency: number | undefined;
}

/** What a process remembers of the database, and must look at again after a change. */
export type Changed = "agents" | "mail" | "consumers" | "workflows";

export interface DatabaseContext {
  readonly db: Database;
  readonly clock: Clock;
  readonly wakeUps: WakeUps;
  /** Who asks. */
  readonly by: Actor;
  readonly config: MillraceConfig;
  /** The catalogues of events and tasks, retries, business hours. */
  readonly work: WorkRules;
  readonly agents: readonly AgentWords[];
  readonly consumers: readonly Consumer[];
  /** How often the monitor turns, in milliseconds; undefined: it is switched off. */
  readonly monitorEveryMs: number | undefined;
  /** Says that this process must look again at what it remembers of the database. */
  readonly changed: (what: Changed) => Promise<void>;
}

export interface EngineContext extends DatabaseContext {
  /** The workflows in force. */
  readonly workflows: readonly Workflow[];
  readonly deciding: RunnerOptions;
  readonly erasure: ErasureParts;
  /** The processes outside that get the log. */
  readonly subscribers: readonly Subscriber[];
}
