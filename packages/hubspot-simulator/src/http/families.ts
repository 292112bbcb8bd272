/**
 * The two families of HubSpot's API: numbered (v3/v4, until 2027) and dated (`/crm/objects/2026-09/…`).
 * The bodies are the same, some success codes are not; that is all in this one table.
 */

export type Family = {
  name: "numbered" | "2026-03" | "2026-09";
  objects: string;
  objectAssociations: string;
  associations: string;
  properties: string;
  owners: string;
  pipelines: string;
  schemas: string;
  accountInfo: string;
  forms: string;
  lists: string;
  actions: string;
  flows: string;
  timeline: string;
  webhooks: string;
  codes: { associationBatchCreate: number; associationBatchArchive: number; propertyBatchCreate: number };
  /** Whether one record's associations can be listed by GET; the dated specification has no such call. */
  listsAssociations: boolean;
};

function dated(version: "2026-03" | "2026-09"): Family {
  return {
    name: version,
    objects: `/crm/objects/${version}`,
    objectAssociations: `/crm/objects/${version}`,
    associations: `/crm/associations/${version}`,
    properties: `/crm/properties/${version}`,
    owners: `/crm/owners/${version}`,
    pipelines: `/crm/pipelines/${version}`,
    schemas: `/crm-object-schemas/${version}/schemas`,
    accountInfo: `/account-info/${version}`,
    forms: `/marketing/forms/${version}`,
    lists: `/crm/lists/${version}`,
    actions: `/automation/actions/${version}`,
    flows: `/automation/flows/${version}`,
    timeline: `/integrators/timeline/${version}`,
    webhooks: version === "2026-03" ? `/webhooks/${version}` : `/app-webhooks/${version}`,
    codes: { associationBatchCreate: 200, associationBatchArchive: 200, propertyBatchCreate: 200 },
    listsAssociations: false,
  };
}

export const FAMILIES: readonly Family[] = [
  {
    name: "numbered",
    objects: "/crm/v3/objects",
    objectAssociations: "/crm/v4/objects",
    associations: "/crm/v4/associations",
    properties: "/crm/v3/properties",
    owners: "/crm/v3/owners",
    pipelines: "/crm/v3/pipelines",
    schemas: "/crm-object-schemas/v3/schemas",
    accountInfo: "/account-info/v3",
    forms: "/marketing/v3/forms",
    lists: "/crm/v3/lists",
    actions: "/automation/v4/actions",
    flows: "/automation/v4/flows",
    timeline: "/integrators/timeline/v3",
    webhooks: "/webhooks/v3",
    codes: { associationBatchCreate: 201, associationBatchArchive: 204, propertyBatchCreate: 201 },
    listsAssociations: true,
  },
  dated("2026-03"),
  dated("2026-09"),
];
