/** The workflows an engine decides by: the default pack and the user's own, checked before they are put in place. */
import { isDeepStrictEqual } from "node:util";
import { MillraceError } from "../base/errors.ts";
import { newestReading } from "../base/newest-reading.ts";
import type { MillraceConfig } from "../config/config.ts";
import type { Queryable } from "../db/database.ts";
import { defaultPack } from "../flows/default-pack.ts";
import { type Finding, type LintCatalogues, lintWorkflows } from "../workflows/lint.ts";
import type { Workflow } from "../workflows/workflow.ts";
import { WorkflowSet } from "../workflows/workflow-set.ts";
import { readStops, type StoppedWorkflows } from "../workflows/workflow-stops.ts";
import { packParts } from "./pack-parts.ts";

export class WorkflowRegistry {
  readonly #pack: readonly Workflow[];
  readonly #catalogues: LintCatalogues;
  #set: WorkflowSet;
  #stops: StoppedWorkflows = new Map();

  /** @throws MillraceError invalid_workflow. */
  constructor({ pack, hubspot, workflows = [], ...config }: MillraceConfig, catalogues: LintCatalogues) {
    this.#pack = pack === false ? [] : defaultPack(pack, packParts(config, Boolean(hubspot)));
    this.#catalogues = catalogues;
    this.#set = this.#checked(workflows);
  }

  get set(): WorkflowSet {
    return this.#set;
  }

  /** @throws MillraceError invalid_workflow when one of them has an error; those in force stay. */
  replaceOwn(own: readonly Workflow[]): void {
    this.#set = this.#checked(own);
  }

  /** @throws MillraceError invalid_workflow when one of them has an error. */
  check(own: readonly Workflow[]): void {
    this.#checked(own);
  }

  /**
   * Reads which are stopped, and leaves those out from then on, in the version they are stopped in. Of readings that overlap
   * the one that began last counts.
   * @param db a connection inside a transaction, or the pool.
   */
  readonly readStops = newestReading(
    (db: Queryable) => readStops(db),
    (stops) => this.#leaveOut(stops),
  );

  #leaveOut(stops: StoppedWorkflows): void {
    if (isDeepStrictEqual(stops, this.#stops)) return;
    this.#stops = stops;
    this.#set = new WorkflowSet(this.#set.all, stops);
  }

  #checked(own: readonly Workflow[]): WorkflowSet {
    const workflows = [...this.#pack, ...own];
    const errors = lintWorkflows(workflows, this.#catalogues).filter((finding) => finding.level === "error");
    if (errors.length > 0) throw invalidWorkflows(errors);
    return new WorkflowSet(workflows, this.#stops);
  }
}

function invalidWorkflows(errors: readonly Finding[]): MillraceError {
  const lines = errors.map((finding) => `${finding.at}  ${finding.code}  ${finding.message}`);
  return new MillraceError("invalid_workflow", {
    saw: `${errors.length === 1 ? "A workflow has an error" : `Workflows have ${errors.length} errors`}:\n  ${lines.join("\n  ")}\n`,
    next: "correct the lines named above; what runs keeps running.",
    field: "workflows",
  });
}
