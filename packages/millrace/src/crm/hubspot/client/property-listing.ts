/** What HubSpot says of its contact properties, asked now and then: an admin may change a list at any time. Called by sync.ts. */
import type { Clock } from "../../../base/clock.ts";
import type { HubspotApi } from "./client.ts";
import { type ListedProperty, type PropertyType, propertyTypeOf } from "./property-types.ts";

export type PropertyTypes = ReadonlyMap<string, PropertyType>;

const GOOD_FOR_MS = 600_000;

export class PropertyListing {
  readonly #api: HubspotApi;
  readonly #clock: Clock;
  #known: PropertyTypes | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(api: HubspotApi, clock: Clock) {
    this.#api = api;
    this.#clock = clock;
  }

  /** By name; what was known before when HubSpot cannot be asked now; undefined when it never could. */
  async contacts(): Promise<PropertyTypes | undefined> {
    const now = this.#clock.now();
    if (now - this.#askedAt < GOOD_FOR_MS) return this.#known;
    const { paths } = this.#api;
    const path = paths.properties("contacts");
    const answer = await this.#api.request({ method: "GET", path, urgency: "normal", kind: "other", lists: "results" });
    if (!answer.ok) return this.#known;
    const listed = (answer.body as { results: readonly ListedProperty[] }).results;
    this.#askedAt = now;
    this.#known = new Map(listed.map((one) => [one.name, propertyTypeOf(one)]));
    return this.#known;
  }

  /** HubSpot refused a value: the listing is asked for again before the next write. */
  forget(): void {
    this.#askedAt = Number.NEGATIVE_INFINITY;
  }
}
