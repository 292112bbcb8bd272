/** Where alerts go outside of the console: by audience, in the config. Brought there by courier.ts. */
export type AlertChannel =
  | { readonly type: "email"; readonly to: string }
  /** Standard Webhooks: signed with `secret` (whsec_…). */
  | { readonly type: "webhook"; readonly url: string; readonly secret: string }
  /** Any incoming webhook that takes Slack's `{ text }`. */
  | { readonly type: "slack"; readonly url: string };
