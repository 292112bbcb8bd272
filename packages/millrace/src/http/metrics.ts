/** Measurements for Prometheus, in a registry of this gateway's own. What the database knows is asked at each scrape. */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { RUNNER_SUBSCRIPTION } from "../decider/cursor.ts";
import type { EngineHandle } from "../engine/engine-handle.ts";
import { backlogByKind, eventLag } from "../queries/rows/backlog.ts";
import { countUnsettled, type Health, readHealth } from "../queries/rows/health.ts";
import { readModelSpend } from "../queries/rows/model-spend.ts";

export class Metrics {
  readonly #engine: EngineHandle;
  readonly #registry = new Registry();
  readonly #ready = this.#gauge("tasks_ready", "Tasks an agent could begin now, by kind.", ["kind"]);
  readonly #oldest = this.#gauge("task_oldest_seconds", "Age of the oldest task an agent could begin now, by kind.", [
    "kind",
  ]);
  readonly #events = this.#gauge("events_newest_position", "Position of the newest event; positions have holes.");
  readonly #lag = this.#gauge("event_lag_seconds", "How long the oldest undecided event, or kept webhook, has waited.");
  readonly #runs = this.#gauge("agent_runs", "Attempts within the monitor's window, by agent and outcome.", [
    "agent",
    "outcome",
  ]);
  readonly #stopped = this.#gauge("agent_stopped", "1 while an agent is stopped or being tried.", ["agent"]);
  readonly #alerts = this.#gauge("alerts_active", "1 for each alert about the system that is not over.", [
    "alert",
    "subject",
  ]);
  readonly #unknown = this.#gauge("emails_unknown", "E-mails of which nobody knows whether they left.");
  readonly #letters = this.#gauge("dead_letters", "Events set aside and not resolved.");
  readonly #webhooks = this.#gauge(
    "hubspot_webhooks_waiting",
    "Webhooks of HubSpot that are kept and not in the log yet.",
  );
  readonly #spend = this.#gauge(
    "model_spend_usd",
    "US dollars spent on language models since the beginning, by agent and model.",
    ["agent", "model"],
  );
  readonly #silent = this.#gauge("monitor_silent", "1 when the last measurements are older than three turns.");
  readonly #taken = new Counter({
    name: "events_total",
    help: "Events taken by this process's doors.",
    labelNames: ["door"],
    registers: [this.#registry],
  });
  readonly #durations = new Histogram({
    name: "http_request_duration_seconds",
    help: "From the request's first byte to the answer's last.",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.#registry],
  });

  constructor(engine: EngineHandle) {
    this.#engine = engine;
  }

  observe(method: string, route: string, status: number, seconds: number): void {
    this.#durations.observe({ method, route, status }, seconds);
  }

  countEvents(door: string, events: number): void {
    this.#taken.inc({ door }, events);
  }

  async exposition(): Promise<{ type: string; text: string }> {
    const { db, clock } = this.#engine;
    const [kinds, { seconds, newest }, health, unsettled, spend] = await Promise.all([
      backlogByKind(db, clock.now()),
      eventLag(db, RUNNER_SUBSCRIPTION),
      readHealth(db, this.#engine.monitorEveryMs),
      countUnsettled(db),
      readModelSpend(db, undefined),
    ]);
    this.#spend.reset();
    for (const { agent, model, costUsd } of spend) this.#spend.inc({ agent, model }, costUsd);
    this.#ready.reset();
    this.#oldest.reset();
    for (const { kind, ready, oldestSeconds } of kinds) {
      this.#ready.set({ kind }, ready);
      this.#oldest.set({ kind }, oldestSeconds);
    }
    this.#showHealth(health);
    this.#unknown.set(unsettled.unknownEmails);
    this.#letters.set(unsettled.deadLetters);
    this.#webhooks.set(unsettled.webhooksWaiting);
    this.#lag.set(seconds);
    this.#events.set(newest);
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  #showHealth({ agents, alerts, isSilent }: Health): void {
    for (const gauge of [this.#runs, this.#stopped, this.#alerts]) gauge.reset();
    for (const { agent, completed, failed, state } of agents) {
      this.#runs.set({ agent, outcome: "completed" }, completed);
      this.#runs.set({ agent, outcome: "failed" }, failed);
      this.#stopped.set({ agent }, state === "working" ? 0 : 1);
    }
    for (const { alert, subject } of alerts) this.#alerts.set({ alert, subject }, 1);
    this.#silent.set(isSilent ? 1 : 0);
  }

  #gauge(name: string, help: string, labelNames: string[] = []): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.#registry] });
  }
}
