/** Our actions as HubSpot's automation API defines them: `POST /automation/v4/actions/{appId}` with a developer key. */
import { type ActionField, actionUrl, type HubspotAction, hubspotActions } from "./actions.ts";

/** What HubSpot sends of the contact with each call. */
export const SENT_PROPERTIES = ["email", "firstname", "lastname", "company"] as const;

/** One definition, as JSON. @param url the gateway's public address. */
export function definitionOf(action: HubspotAction, url: string) {
  return {
    actionUrl: actionUrl(url, action.name),
    published: true,
    objectTypes: ["CONTACT"],
    objectRequestOptions: { properties: SENT_PROPERTIES },
    inputFields: inputFieldsOf(action),
    outputFields: outputFieldsOf(action),
    labels: labelsOf(action),
    functions: [],
    executionRules: [],
  };
}

export function allDefinitions(url: string) {
  return hubspotActions.map((action) => definitionOf(action, url));
}

export function inputFieldsOf({ inputs }: HubspotAction) {
  return inputs.map((field) => ({
    typeDefinition: typeOf(field),
    supportedValueTypes: ["STATIC_VALUE"],
    isRequired: field.isRequired === true,
  }));
}

export function outputFieldsOf({ outputs }: HubspotAction) {
  return outputs.map((field) => ({ typeDefinition: typeOf(field), supportedValueTypes: ["STATIC_VALUE"] }));
}

function typeOf({ name, label, about, type, options }: ActionField) {
  const isChoice = options !== undefined;
  return {
    name,
    label,
    description: about,
    type: isChoice ? "enumeration" : type,
    fieldType: isChoice ? "select" : type === "number" ? "number" : "text",
    ...(isChoice ? { options: Object.entries(options).map(([value, text]) => ({ value, label: text })) } : {}),
  };
}

/** In English; HubSpot shows it where it has no other language. */
export function labelsOf({ label, about, inputs, outputs }: HubspotAction) {
  return {
    en: {
      actionName: `Millrace: ${label}`,
      actionDescription: about,
      actionCardContent: `Millrace: ${label}`,
      appDisplayName: "Millrace",
      inputFieldLabels: Object.fromEntries(inputs.map((field) => [field.name, field.label])),
      inputFieldDescriptions: Object.fromEntries(inputs.map((field) => [field.name, field.about])),
      outputFieldLabels: Object.fromEntries(outputs.map((field) => [field.name, field.label])),
    },
  };
}
