/** The AsyncAPI document: valid by the official schema, every reference leads somewhere, every event type is in it. */
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { EventCatalogue } from "../../packages/millrace/src/events/catalogue.ts";
import { asyncApiOf } from "../../packages/millrace/src/http/asyncapi.ts";
import { asyncApiFaults } from "../../tools/documents.ts";
import { testGateway } from "../http/gateway.fixture.ts";

describe("the AsyncAPI document", () => {
  const catalogue = new EventCatalogue();
  // biome-ignore lint/suspicious/noExplicitAny: read as a foreign document is.
  let document: any;
  before(() => {
    document = JSON.parse(
      JSON.stringify(asyncApiOf(catalogue, { url: "https://leads.example.com", version: "1.2.3" })),
    );
  });

  it("is valid by the official schema of AsyncAPI 3.1", () => {
    assert.deepEqual(asyncApiFaults(document), []);
    const wrong = { ...document, operations: { wrong: { action: "shout", channel: {} } } };
    assert.notDeepEqual(asyncApiFaults(wrong), []);
  });

  it("has no reference that leads nowhere", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, reference = ""]) => reference,
    );
    assert.ok(references.length > 100);
    for (const reference of new Set(references)) assert.notEqual(valueAt(document, reference), undefined, reference);
    assert.doesNotMatch(JSON.stringify(document), /__shared|__schema/);
  });

  it("takes the events that may be sent and gives out all of them", () => {
    const names = catalogue.names();
    const open = names.filter((name) => !catalogue.get(name).isInternal);
    assert.deepEqual(Object.keys(document.channels.in.messages), open);
    assert.deepEqual(Object.keys(document.channels.stream.messages), names);
    const example = document.components.messages["in.form_submitted"].examples[0].payload;
    assert.ok(catalogue.get("form_submitted").schema.safeParse(example.data).success);
  });

  it("is served to everybody", async () => {
    await using tested = await testGateway();
    const served = (await (await fetch(`${tested.url}/asyncapi.json`)).json()) as { asyncapi: string };
    assert.equal(served.asyncapi, "3.1.0");
  });
});

/** "#/components/messages/in.form_submitted" → what stands there. */
function valueAt(document: object, reference: string): unknown {
  const keys = reference.replace(/^#\//, "").split("/");
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
}
