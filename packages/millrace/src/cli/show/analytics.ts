/** `millrace analytics`: which leads convert, and what that suggests; nothing is changed by it. */
import type { Rate } from "../../consumers/lead-analysis.ts";
import type { Shown } from "../shows.ts";
import { table } from "../text.ts";

export function show({ terminal, result: analysis }: Shown<"leadAnalysis">): void {
  const bands = Object.entries({ ...analysis.bands, all: analysis.all });
  terminal.data(
    table(
      ["BAND", "LEADS", "CONVERTED", "RATE"],
      bands.map(([band, rate]) => [band, String(rate.leads), String(rate.converted), percent(rate)]),
    ),
  );
  terminal.data("");
  terminal.data(
    table(
      ["FEATURE", "MOST POINTS", "SUGGESTED", "WITH MORE OF IT", "WITH LESS", "LIFT"],
      analysis.features.map((feature) => [
        feature.feature,
        String(feature.maxPoints),
        feature.suggestedMaxPoints === undefined ? "" : String(feature.suggestedMaxPoints),
        percent(feature.above),
        percent(feature.below),
        feature.lift === undefined ? "" : String(feature.lift),
      ]),
    ),
  );
  terminal.say(analysis.because ?? "A suggestion is for you to judge: change the rubric and give it a new version.");
}

function percent({ rate, leads }: Rate): string {
  return leads === 0 ? "" : `${(rate * 100).toFixed(1)} %`;
}
