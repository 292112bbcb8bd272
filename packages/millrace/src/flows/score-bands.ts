/**
 * What a score asked for ends when the score leaves its band, whoever changed it (R3): hot means a person, so every touch
 * of a sequence ends with its timers; a fall ends outreach; the low list is left. Reviews stay: that a score was
 * hot is never hidden by what it is now, and a person decides.
 * Stands first in the pack: what another flow asks for in the new band is asked for after the old is called off.
 */
import type { ScoreBands } from "../contacts/score-bands.ts";
import type { EventOf } from "../events/event.ts";
import { bandRanges, type Condition, isWithin, nameOfRange, type ScoreRange, when } from "../workflows/condition.ts";
import { on, opt, removeFromList, workflow } from "../workflows/workflow.ts";
import { callOff, leaveSequences } from "./prospecting.ts";

export const LOW_LIST = "low_priority";

type Updated = EventOf<"lead_score_updated">;

export function scoreBands(settings: ScoreBands) {
  const bands = bandRanges(settings);
  const fell = when<"lead_score_updated">(
    `score falls to ${settings.qualifiedAbove} or below`,
    ({ event: { data } }) => (data.from ?? 0) > settings.qualifiedAbove && (data.to ?? 0) <= settings.qualifiedAbove,
  );
  const isListedWrongly = when<"lead_score_updated">(
    "is on the low list and not low",
    ({ event, after }) => after?.facts.lists?.includes(LOW_LIST) === true && !isWithin(event.data.to, bands.low),
  );
  return workflow(
    "score_bands",
    { source: "flows 1, 2", about: "What a score asked for ends when the score leaves its band." },
    [
      on(
        "lead_score_updated",
        opt("became hot", comesInto(bands.hot), leaveSequences("the lead became hot: a person calls instead")),
        opt("became qualified", comesInto(bands.qualified), callOff("nurture", "the lead became qualified")),
        opt("fell", fell, callOff("outreach", "the score fell below qualified")),
        opt("became low", comesInto(bands.low), callOff("nurture", "the score fell below nurture")),
        opt("left the low list", isListedWrongly, removeFromList(LOW_LIST)),
      ),
    ],
  );
}

/** As `entered`, but each time: an end, or a list, is not held back because the band fired not long ago. */
export function comesInto(range: ScoreRange): Condition<Updated> {
  return {
    name: `score comes into ${nameOfRange(range)}`,
    range,
    test: ({ event }) => isWithin(event.data.to, range) && !isWithin(event.data.from, range),
  };
}
