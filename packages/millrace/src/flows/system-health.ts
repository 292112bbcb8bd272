/**
 * Flow 6: what is done about the health of the engine. The monitor states what it sees, once while it lasts
 * (src/monitor/); here admin is told and the recovery agent is asked.
 */
import type { EventOf } from "../events/event.ts";
import { alert, on, stop, task, workflow } from "../workflows/workflow.ts";

type Critical = EventOf<"agent_health_critical">;

const numbers = ({ event }: { event: { data: object } }) => ({ ...event.data });

export function systemHealth() {
  return workflow(
    "system_health",
    { source: "flow 6", about: "Admin is told what is wrong with the engine, and it helps itself where it can." },
    [
      on("performance_alert", alert("admin", "performance_alert", { values: numbers })),
      on(
        "error_rate_alert",
        alert("admin", "error_rate_alert", {
          values: ({ event }) => ({ ...event.data, summary: event.data.summary.split("\n") }),
        }),
      ),
      on(
        "resource_alert",
        alert("admin", "resource_alert", { values: numbers }),
        task("free_resources", { payload: ({ event }) => ({ resource: event.data.resource }) }),
      ),
      on(
        "agent_health_critical",
        alert("admin", "agent_health_critical", { values: numbers }),
        task<Critical>("recover_agent", {
          mergeKey: ({ event }) => `recover_agent:${event.data.agent}`,
          payload: ({ event }) => ({ agent: event.data.agent, failureRate: event.data.failureRate }),
        }),
      ),
      on(
        "queue_overload",
        alert("admin", "queue_overload", { values: numbers }),
        task("scale_processing", { mergeKey: "scale_processing:up", payload: { direction: "up" } }),
      ),
      on(
        "queue_cleared",
        task("scale_processing", { mergeKey: "scale_processing:down", payload: { direction: "down" } }),
      ),
      on("dead_letter_alert", alert("admin", "dead_letter_alert", { values: numbers })),
      on("system_healthy", stop("everything works again; what was told of it is resolved")),
    ],
  );
}
