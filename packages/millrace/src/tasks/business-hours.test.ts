import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { durationMs } from "../base/clock.ts";
import { MillraceError } from "../base/errors.ts";
import {
  addBusinessTime,
  alwaysOpen,
  type BusinessHours,
  checkedBusinessHours,
  defaultBusinessHours,
} from "./business-hours.ts";

const berlin: BusinessHours = { timeZone: "Europe/Berlin", days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };
const newYork: BusinessHours = { ...berlin, timeZone: "America/New_York" };
const kathmandu: BusinessHours = { ...berlin, timeZone: "Asia/Kathmandu" };
const nightShift: BusinessHours = { timeZone: "Europe/Berlin", days: [7], from: "01:00", to: "05:00" };
const inTheGap: BusinessHours = { timeZone: "Europe/Berlin", days: [7], from: "02:30", to: "05:00" };
const inTheFold: BusinessHours = { timeZone: "Europe/Berlin", days: [7], from: "02:30", to: "02:45" };

// 2026-03-02 is a Monday. Berlin's clocks change on 2026-03-29 (forward) and 2026-10-25 (back), both Sundays.
const cases: readonly (readonly [
  what: string,
  BusinessHours,
  from: string,
  duration: `${number}${"m" | "h"}`,
  until: string,
])[] = [
  ["15 minutes within the day", defaultBusinessHours, "2026-03-02T10:00:00Z", "15m", "2026-03-02T10:15:00Z"],
  [
    "15 minutes asked for at night begin in the morning",
    defaultBusinessHours,
    "2026-03-02T20:00:00Z",
    "15m",
    "2026-03-03T09:15:00Z",
  ],
  [
    "an hour asked for before opening begins at opening",
    defaultBusinessHours,
    "2026-03-02T03:00:00Z",
    "1h",
    "2026-03-02T10:00:00Z",
  ],
  [
    "an hour on Friday at 16:30 ends on Monday",
    defaultBusinessHours,
    "2026-03-06T16:30:00Z",
    "1h",
    "2026-03-09T09:30:00Z",
  ],
  [
    "a whole day ends at closing time, not the next morning",
    defaultBusinessHours,
    "2026-03-02T09:00:00Z",
    "8h",
    "2026-03-02T17:00:00Z",
  ],
  ["a Saturday's lead waits for Monday", defaultBusinessHours, "2026-03-07T12:00:00Z", "15m", "2026-03-09T09:15:00Z"],
  ["forty hours are a week", defaultBusinessHours, "2026-03-02T09:00:00Z", "40h", "2026-03-06T17:00:00Z"],
  ["no time at all is now, even at night", defaultBusinessHours, "2026-03-07T12:00:00Z", "0h", "2026-03-07T12:00:00Z"],
  ["always open is plain time", alwaysOpen, "2026-03-07T23:00:00Z", "2h", "2026-03-08T01:00:00Z"],
  ["Berlin's winter morning is 8:00 UTC", berlin, "2026-03-02T02:00:00Z", "1h", "2026-03-02T09:00:00Z"],
  ["Berlin's summer morning is 7:00 UTC", berlin, "2026-07-01T02:00:00Z", "1h", "2026-07-01T08:00:00Z"],
  ["from winter's Friday to summer's Monday", berlin, "2026-03-27T15:30:00Z", "1h", "2026-03-30T07:30:00Z"],
  ["from summer's Friday to winter's Monday", berlin, "2026-10-23T14:30:00Z", "1h", "2026-10-26T08:30:00Z"],
  ["New York's day begins when UTC is at 14:00", newYork, "2026-03-02T09:00:00Z", "1h", "2026-03-02T15:00:00Z"],
  ["New York's Friday evening is Saturday in UTC", newYork, "2026-03-07T00:30:00Z", "1h", "2026-03-09T14:00:00Z"],
  ["a zone of three quarters of an hour", kathmandu, "2026-03-02T00:00:00Z", "1h", "2026-03-02T04:15:00Z"],
  [
    "the night the clocks go forward has three hours between 1:00 and 5:00",
    nightShift,
    "2026-03-28T23:00:00Z",
    "3h",
    "2026-03-29T03:00:00Z",
  ],
  [
    "the night the clocks go back has five hours between 1:00 and 5:00",
    nightShift,
    "2026-10-24T20:00:00Z",
    "5h",
    "2026-10-25T04:00:00Z",
  ],
  ["an opening that the clocks skip is as much later", inTheGap, "2026-03-28T23:00:00Z", "1h", "2026-03-29T02:30:00Z"],
  ["hours that the clocks show twice are both open", inTheFold, "2026-10-24T20:00:00Z", "1h", "2026-10-25T01:30:00Z"],
];
for (const [what, hours, from, duration, until] of cases) {
  test(what, () => {
    assert.equal(
      new Date(addBusinessTime(Date.parse(from), durationMs(duration), hours)).toISOString(),
      until.replace("Z", ".000Z"),
    );
  });
}

const impossible: readonly (readonly [field: string, BusinessHours])[] = [
  ["timeZone", { ...berlin, timeZone: "Mars/Olympus" }],
  ["days", { ...berlin, days: [] }],
  ["days", { ...berlin, days: [0, 1] }],
  ["from", { ...berlin, from: "9" }],
  ["to", { ...berlin, to: "24:30" }],
  ["to", { ...berlin, from: "17:00", to: "09:00" }],
];
for (const [field, hours] of impossible) {
  test(`hours with ${field} ${JSON.stringify(hours[field as keyof BusinessHours])} are refused by name`, () => {
    assert.throws(
      () => checkedBusinessHours(hours),
      (error) =>
        error instanceof MillraceError &&
        error.code === "invalid_config" &&
        error.parts.field === `businessHours.${field}`,
    );
  });
}

test("time added in two steps is time added in one, and never runs backwards", () => {
  const at = fc.integer({ min: Date.parse("2000-01-01"), max: Date.parse("2040-01-01") });
  const ms = fc.integer({ min: 0, max: durationMs("60h") });
  fc.assert(
    fc.property(
      at,
      ms,
      ms,
      fc.constantFrom(defaultBusinessHours, berlin, newYork, kathmandu, alwaysOpen),
      (from, one, two, hours) => {
        const first = addBusinessTime(from, one, hours);
        return first >= from + one && addBusinessTime(first, two, hours) === addBusinessTime(from, one + two, hours);
      },
    ),
    { numRuns: 2_000 },
  );
});
