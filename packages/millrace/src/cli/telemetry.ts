/**
 * Sends the spans of `millrace start` and `worker` to where OTEL_EXPORTER_OTLP_ENDPOINT says. The packages that do it are
 * optional, since few need them and they are large: without them the engine runs, and says what to install. A program
 * that embeds the engine brings an SDK of its own instead.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { wantsTracing } from "../logging/tracing.ts";

const PACKAGES = "@opentelemetry/sdk-trace @opentelemetry/exporter-trace-otlp-http @opentelemetry/context-async-hooks";
/** What cannot be sent within this time at the end is dropped: nothing waits for a collector that is gone. */
const SHUTDOWN_MS = 3_000;

/**
 * @param note told when spans are asked for and cannot be sent.
 * @returns sends what is left; called last.
 */
export async function startTelemetry(note: (text: string) => void, env = process.env): Promise<() => Promise<void>> {
  if (!wantsTracing(env) || env.OTEL_TRACES_EXPORTER === "none") return async () => {};
  try {
    return await startSdk();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    note(`A variable OTEL_* is set, and no spans are sent: run "npm install ${PACKAGES}".`);
    return async () => {};
  }
}

async function startSdk(): Promise<() => Promise<void>> {
  const [api, sdk, { OTLPTraceExporter }, { AsyncLocalStorageContextManager }, core, resources] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/context-async-hooks"),
    import("@opentelemetry/core"),
    import("@opentelemetry/resources"),
  ]);
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({ "service.name": process.env.OTEL_SERVICE_NAME || "millrace" }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  api.propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
  api.trace.setGlobalTracerProvider(provider);
  return async () => {
    await Promise.race([provider.shutdown().catch(() => {}), sleep(SHUTDOWN_MS, undefined, { ref: false })]);
  };
}
