/**
 * Spans of OpenTelemetry along an event's path: the HTTP request, the append, the decision, an agent's run, the call to
 * HubSpot or the mail server. Off unless a variable OTEL_* is set, and free then: the API is not even loaded.
 */
import type { Attributes, Span, SpanKind, Tracer } from "@opentelemetry/api";

type Api = typeof import("@opentelemetry/api");

interface Tracing {
  readonly api: Api;
  readonly tracer: Tracer;
}

let tracing: Tracing | undefined;

/** Does the environment ask for spans? Switched off altogether by OTEL_SDK_DISABLED=true, as everywhere. */
export function wantsTracing(env: NodeJS.ProcessEnv): boolean {
  return (
    env.OTEL_SDK_DISABLED !== "true" && Object.keys(env).some((name) => name.startsWith("OTEL_") && env[name] !== "")
  );
}

/** Writes spans from now on, by the tracer provider of this process. Called when an engine is opened. */
export async function useTracing(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (tracing !== undefined || !wantsTracing(env)) return;
  const api = await import("@opentelemetry/api");
  tracing = { api, tracer: api.trace.getTracer("millrace") };
}

export interface SpanOptions {
  /** Default "internal". */
  readonly kind?: "internal" | "server" | "client";
  readonly attributes?: Attributes;
  /** Headers of a request that may name the trace it belongs to. */
  readonly headers?: object;
}

/** Does the work, within a span where spans are written. What it throws is noted and thrown on. */
export function traced<Result>(name: string, options: SpanOptions, work: () => Promise<Result>): Promise<Result> {
  return tracing === undefined ? work() : within(tracing, name, options, work);
}

function within<Result>(
  { api, tracer }: Tracing,
  name: string,
  { kind = "internal", attributes, headers }: SpanOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const active = api.context.active();
  const parent = headers === undefined ? active : api.propagation.extract(active, headers);
  return tracer.startActiveSpan(name, { kind: kindOf(api, kind), attributes }, parent, (span) =>
    ended(api, span, work),
  );
}

async function ended<Result>({ SpanStatusCode }: Api, span: Span, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    span.recordException(error instanceof Error ? error : String(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

function kindOf({ SpanKind }: Api, kind: "internal" | "server" | "client"): SpanKind {
  return { internal: SpanKind.INTERNAL, server: SpanKind.SERVER, client: SpanKind.CLIENT }[kind];
}
