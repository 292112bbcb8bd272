/** The parts of the engine and whether each is well: from the measurements, and from parts that report themselves. Pure. */
import type { MonitorRules } from "./monitor-settings.ts";
import type { Measurements } from "./thresholds.ts";

export interface ComponentHealth {
  readonly component: string;
  readonly ok: boolean;
  /** Left out when all is well, so that well stays well however its numbers move. */
  readonly detail?: string;
}

/** A mail server that is away for so long is one look's error and no more. */
const INBOX_TIMEOUT_MS = 180_000;

export function componentsOf(measured: Measurements, rules: MonitorRules): ComponentHealth[] {
  const { connections, maxConnections, eventLagMs, stuckLeases, oldestDueMs, unknownEmails, inbox } = measured;
  return [
    // It measures, so it is there.
    { component: "monitor", ok: true },
    part(
      "database",
      connections > maxConnections * rules.connectionShare,
      `${connections} of ${maxConnections} connections are in use`,
    ),
    part(
      "runner",
      eventLagMs > rules.eventLagMs,
      `the oldest undecided event has waited ${Math.round(eventLagMs / 1_000)} s`,
    ),
    part(
      "dispatcher",
      stuckLeases > 0 || oldestDueMs > rules.latencyP95Ms,
      `${stuckLeases} leases ran out, the oldest task is overdue by ${Math.round(oldestDueMs / 1_000)} s`,
    ),
    part("mailer", unknownEmails > 0, `of ${unknownEmails} e-mails nobody knows whether they left; a person decides`),
    ...(inbox === undefined
      ? []
      : [part("inbox", inbox.failingMs > INBOX_TIMEOUT_MS, `no mail is fetched: ${inbox.error}`)]),
  ];
}

function part(component: string, isIll: boolean, detail: string): ComponentHealth {
  return isIll ? { component, ok: false, detail } : { component, ok: true };
}

/** What was put on record of a component last. */
export interface KnownComponent {
  readonly component: string;
  readonly ok: boolean;
  readonly toldAt: number;
}

/** Those to put on record: what changed, and what was not said for long. */
export function componentsToReport(
  components: readonly ComponentHealth[],
  known: readonly KnownComponent[],
  recordAfterMs: number,
  now: number,
): ComponentHealth[] {
  return components.filter(({ component, ok }) => {
    const last = known.find((other) => other.component === component);
    return last === undefined || last.ok !== ok || now - last.toldAt >= recordAfterMs;
  });
}
