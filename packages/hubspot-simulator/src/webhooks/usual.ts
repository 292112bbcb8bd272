/** What an app usually subscribes to, and how a subscription is written in one word. Used by main.ts and by who embeds it. */

/** "contact.propertyChange:lead_score", "object.creation@task". */
export function subscriptionOf(text: string) {
  const [eventAndProperty = "", objectTypeId] = text.split("@");
  const [eventType = "", propertyName] = eventAndProperty.split(":");
  return {
    eventType,
    ...(propertyName === undefined ? {} : { propertyName }),
    ...(objectTypeId === undefined ? {} : { objectTypeId }),
  };
}

const PROPERTIES = ["email", "firstname", "lastname", "phone", "company", "jobtitle", "lifecyclestage", "lead_score"];

export const USUAL_SUBSCRIPTIONS: readonly string[] = [
  ...["creation", "deletion", "merge", "privacyDeletion", "restore"].map((kind) => `contact.${kind}`),
  ...PROPERTIES.map((name) => `contact.propertyChange:${name}`),
  ...["creation@task", "deletion@task", "propertyChange:hs_task_status@task", "creation@email"].map(
    (what) => `object.${what}`,
  ),
];
