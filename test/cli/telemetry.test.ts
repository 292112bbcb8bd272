/** Spans along an event's path reach the collector OTEL_EXPORTER_OTLP_ENDPOINT names; without the variable nothing is sent. */
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { it } from "node:test";
import { background, projectFolder } from "./cli.ts";

interface SpanSent {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

/** A collector that takes OTLP as JSON over HTTP. */
class Collector {
  readonly spans: SpanSent[] = [];
  readonly #server: Server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      for (const { scopeSpans } of JSON.parse(body).resourceSpans)
        for (const { spans } of scopeSpans) this.spans.push(...spans);
      response.setHeader("content-type", "application/json").end("{}");
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

async function submit(url: string): Promise<Response> {
  return fetch(`${url}/forms/demo`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
      "x-request-id": "mine-1",
    },
    body: JSON.stringify({ email: "ada@acme-systems.example" }),
  });
}

it("a form's request, its append and its decision are spans of the sender's trace, sent before the end", async () => {
  await using collector = new Collector();
  const endpoint = await collector.listen();
  await using folder = await projectFolder({ "millrace.config.ts": "export default { hubspot: false };" });
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, MILLRACE_LOG_LEVEL: "debug" };
  await using engine = await background(["start", "--port", "0"], { cwd: folder.path, env });
  const response = await submit(engine.first.url);
  assert.equal(response.status, 202);
  assert.equal(response.headers.get("x-request-id"), "mine-1");
  assert.equal(await engine.stop("SIGTERM"), 0);
  const ofForm = collector.spans.filter(({ traceId }) => traceId === TRACE);
  const names = ofForm.map(({ name }) => name);
  for (const name of ["POST /forms/:form", "append", "decide"])
    assert.ok(names.includes(name), `${name} of ${names.join(", ")}`);
  const request = ofForm.find(({ name }) => name === "POST /forms/:form");
  assert.equal(ofForm.find(({ name }) => name === "append")?.parentSpanId, request?.spanId);
  const logged = engine.output.stderr.split("\n").filter((line) => line.includes('"requestId":"mine-1"'));
  assert.equal(JSON.parse(logged[0] ?? "{}").route, "/forms/:form");
});

it("without a variable OTEL_* nothing is sent, and a request has an id of its own", async () => {
  await using folder = await projectFolder({ "millrace.config.ts": "export default { hubspot: false };" });
  await using engine = await background(["start", "--port", "0"], { cwd: folder.path });
  const response = await fetch(`${engine.first.url}/healthz`, { headers: { "x-request-id": "not an id\t" } });
  assert.match(response.headers.get("x-request-id") ?? "", /^[0-9a-f-]{36}$/);
  assert.equal(await engine.stop("SIGTERM"), 0);
});
