/** The files of the app are what HubSpot's platform and its official client understand. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ObjectSerializer } from "@hubspot/api-client/lib/codegen/automation/actions/models/ObjectSerializer.js";
import { PublicActionDefinitionEgg } from "@hubspot/api-client/lib/codegen/automation/actions/models/PublicActionDefinitionEgg.js";
import { hubspotActions } from "./actions.ts";
import { appProject } from "./app-project.ts";
import { allDefinitions } from "./definitions.ts";

const URL = "https://leads.example.com";
const files = appProject({ url: URL, properties: ["email", "lead_score"] });
const read = (path: string) => JSON.parse(files[path] ?? "null");

describe("a HubSpot app of ours", () => {
  it("has a component for each action, for workflows and for agents, at our address", () => {
    for (const { name } of hubspotActions) {
      const { uid, type, config } = read(`src/app/workflow-actions/${name.replaceAll("_", "-")}-hsmeta.json`);
      assert.deepEqual([uid, type], [`millrace_${name}`, "workflow-action"]);
      assert.equal(config.actionUrl, `${URL}/webhooks/hubspot/actions/${name}`);
      assert.deepEqual(config.supportedClients, [{ client: "WORKFLOWS" }, { client: "AGENTS" }]);
      assert.ok(config.llmConfig.actionDescription.length > 40, name);
    }
  });

  it("has one name for each component", () => {
    const uids = Object.keys(files).flatMap((path) => (path.endsWith("-hsmeta.json") ? [read(path).uid] : []));
    assert.equal(new Set(uids).size, uids.length);
    assert.equal(uids.length, hubspotActions.length + 2);
  });

  it("listens to the properties that are mapped", () => {
    const { settings, subscriptions } = read("src/app/webhooks/webhooks-hsmeta.json").config;
    assert.equal(settings.targetUrl, `${URL}/webhooks/hubspot`);
    const heard = subscriptions.crmObjects.flatMap((one: { objectType: string; propertyName?: string }) =>
      one.objectType === "contact" ? (one.propertyName ?? []) : [],
    );
    assert.deepEqual(heard, ["email", "lead_score"]);
  });

  it("defines actions the official client sends without loss", () => {
    for (const definition of allDefinitions(URL)) {
      const plain = JSON.parse(JSON.stringify(definition));
      const typed = ObjectSerializer.deserialize(plain, "PublicActionDefinitionEgg", "");
      assert.ok(typed instanceof PublicActionDefinitionEgg);
      const sent = ObjectSerializer.serialize(typed, "PublicActionDefinitionEgg", "");
      const { outputFields, ...known } = plain;
      for (const field of Object.keys(known)) assert.ok(field in sent, field);
      assert.deepEqual(
        sent.inputFields.map((field: { typeDefinition: { name: string } }) => field.typeDefinition.name),
        definition.inputFields.map((field) => field.typeDefinition.name),
      );
      assert.equal(outputFields.length > 0, true);
    }
  });
});
