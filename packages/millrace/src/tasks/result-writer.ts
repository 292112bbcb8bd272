/**
 * Writes results of a worker's tasks back, many in one transaction: while one is being written, the next gather. Where a
 * hundred have, they are decided and sent behind it, unless they are about the same contacts.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../base/errors.ts";
import { failpoint } from "../base/failpoint.ts";
import { isRefused } from "../db/database.ts";
import type { Result } from "./finish.ts";
import { failure } from "./outcome.ts";
import { type ClaimedTask, removeClaims } from "./queue.ts";
import { type WritingBack, writeBack } from "./take.ts";

export interface ResultWriterOptions extends WritingBack {
  /** After so long the work is done again by someone, and what came of it here is of no more use. */
  readonly leaseMs: number;
  /** Is there work that does not wait for what results lead to? */
  readonly hasWorkInLine: () => boolean;
  readonly onError: (error: unknown) => void;
}

/** Results of a call, and who waits until they are written. */
interface Waiting {
  readonly results: readonly Result[];
  readonly resolve: () => void;
}

/** Results written together. */
const BATCH = 500;
/** Transactions at a time: the second one for so many results. */
const MAX_UNDER_WAY = 2;
const WORTH_A_SECOND = 100;
/** From one write to the next, at least, while there is work in line. */
const GATHER_MS = 10;
const MAX_PAUSE_MS = 2_000;
/** Claims without a task are forgotten so many at a time. */
const MAX_EMPTY_CLAIMS = 20;

export class ResultWriter {
  readonly #options: ResultWriterOptions;
  #waiting: Waiting[] = [];
  #count = 0;
  /** Those that wait, and those that are being written. */
  #unwritten = 0;
  readonly #underWay = new Set<Promise<void>>();
  /** Contacts of results that are being written. */
  readonly #busy = new Map<string, number>();
  #isGathering = false;
  #lastWrite = Number.NEGATIVE_INFINITY;
  /** How many tasks of each claim are not written yet; and claims that have none left. */
  readonly #claims = new Map<number, number>();
  readonly #emptyClaims: number[] = [];
  #isStopped = false;

  constructor(options: ResultWriterOptions) {
    this.#options = options;
  }

  /** So many results are not written yet that nothing more should be begun. */
  get isFull(): boolean {
    return this.#unwritten >= BATCH;
  }

  get isIdle(): boolean {
    return this.#count === 0 && this.#underWay.size === 0;
  }

  /** Resolves when nothing waits and nothing is being written. */
  async rested(): Promise<void> {
    while (!this.isIdle) await Promise.race([...this.#underWay, sleep(GATHER_MS)]);
  }

  /** Gives up what cannot be written now. */
  stop(): void {
    this.#isStopped = true;
  }

  /** These tasks are held; their results will come. */
  expect(tasks: readonly ClaimedTask[]): void {
    for (const { claim } of tasks) if (claim !== null) this.#claims.set(claim, (this.#claims.get(claim) ?? 0) + 1);
  }

  /** Resolves when they are written. */
  write(results: readonly Result[]): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ results, resolve });
    this.#count += results.length;
    this.#unwritten += results.length;
    void this.#pump();
    return promise;
  }

  async #pump(): Promise<void> {
    if (this.#isGathering) return;
    this.#isGathering = true;
    // Calls that ended together are written together.
    await new Promise(setImmediate);
    await this.#gather();
    this.#isGathering = false;
    while (this.#mayBegin()) {
      const batch = this.#next();
      if (batch.length === 0) return;
      this.#begin(batch);
    }
  }

  /** While there is work in line no one waits for what results lead to: some more of them share the transaction. */
  async #gather(): Promise<void> {
    const waitMs = this.#lastWrite + GATHER_MS - performance.now();
    if (waitMs > 0 && this.#count < BATCH && this.#options.hasWorkInLine()) await sleep(waitMs);
  }

  #mayBegin(): boolean {
    const least = this.#underWay.size === 0 ? 1 : WORTH_A_SECOND;
    return this.#underWay.size < MAX_UNDER_WAY && this.#count >= least;
  }

  /** Takes what is about no one whose results are being written. */
  #next(): Waiting[] {
    const batch: Waiting[] = [];
    const kept: Waiting[] = [];
    let size = 0;
    for (const waiting of this.#waiting) {
      const isFree = size < BATCH && waiting.results.every(({ task }) => !this.#busy.has(task.contact ?? ""));
      (isFree ? batch : kept).push(waiting);
      if (isFree) size += waiting.results.length;
    }
    this.#waiting = kept;
    this.#count -= size;
    return batch;
  }

  #begin(batch: readonly Waiting[]): void {
    const results = batch.flatMap((waiting) => waiting.results);
    const contacts = results.flatMap(({ task }) => task.contact ?? []);
    for (const contact of contacts) this.#busy.set(contact, (this.#busy.get(contact) ?? 0) + 1);
    this.#lastWrite = performance.now();
    const writing = this.#writeStubbornly(results).finally(() => {
      for (const contact of contacts) {
        const left = (this.#busy.get(contact) ?? 1) - 1;
        if (left === 0) this.#busy.delete(contact);
        else this.#busy.set(contact, left);
      }
      this.#underWay.delete(writing);
      this.#unwritten -= results.length;
      for (const { resolve } of batch) resolve();
      void this.#pump();
    });
    this.#underWay.add(writing);
  }

  /** The work is done, so its result outlasts a restart of the database; after a lease's time the work is done again. */
  async #writeStubbornly(results: readonly Result[]): Promise<void> {
    const begun = performance.now();
    for (let attempt = 1; !this.#isStopped; attempt++) {
      try {
        await this.#write(results);
        return;
      } catch (error) {
        this.#options.onError(error);
        if (isRefused(error)) return this.#writeApart(results, error);
        if (performance.now() - begun > this.#options.leaseMs) return;
        await sleep(Math.min(100 * attempt, MAX_PAUSE_MS));
      }
    }
  }

  /** One result that no row can hold must not cost the others theirs: each is written alone, that one as a failure. */
  async #writeApart(results: readonly Result[], error: unknown): Promise<void> {
    if (results.length > 1) {
      for (const result of results) await this.#writeStubbornly([result]);
      return;
    }
    const instead = `Its result could not be written: ${messageOf(error)}`;
    const failed = results.map((result) => ({ ...result, outcome: { ...failure(instead), retry: "never" as const } }));
    await this.#write(failed).catch(this.#options.onError);
  }

  async #write(results: readonly Result[]): Promise<void> {
    failpoint("before-result");
    await writeBack(this.#options, results);
    failpoint("after-result");
    await this.#forgetClaims(results);
  }

  /** Claims whose last task is written are of no more use: some at a time, and all when nothing is held. */
  async #forgetClaims(results: readonly Result[]): Promise<void> {
    for (const { task } of results) {
      const claim = task.claim ?? 0;
      const left = (this.#claims.get(claim) ?? 0) - 1;
      if (left > 0) this.#claims.set(claim, left);
      else if (this.#claims.delete(claim)) this.#emptyClaims.push(claim);
    }
    if (this.#emptyClaims.length < MAX_EMPTY_CLAIMS && this.#claims.size > 0) return;
    // Left behind, they are found when their lease is over.
    await removeClaims(this.#options.db, this.#emptyClaims.splice(0)).catch(this.#options.onError);
  }
}
