/** How long texts are kept that the engine has no more use for: `retention.*` in millrace.config.ts. The log's facts stay. */
import type { Duration } from "../base/clock.ts";
import { duration, group, setting } from "../settings/setting.ts";

export interface RetentionSettings {
  /** Texts of e-mails that were sent, and of mail that came in. That they were, to whom, when and under which subject stays. A number and a unit, like "90s", "30m", "4h" or "2d", from 1d, at most 3650d. Default: "30d". */
  readonly mailBodies?: Duration;
  /** What models were asked and answered, and the steps of tasks that are done. What was spent stays. A number and a unit, like "90s", "30m", "4h" or "2d", from 1d, at most 3650d. Default: "35d". */
  readonly agentTexts?: Duration;
  /** Alerts about the system, resolved dead letters, health that was, deliveries by which a repeated one is recognised. A number and a unit, like "90s", "30m", "4h" or "2d", from 1d, at most 3650d. Default: "180d". */
  readonly technical?: Duration;
}

const days = () => duration({ min: "1d" });

export const retentionSettings = group({
  mailBodies: setting(
    "Texts of e-mails that were sent, and of mail that came in. That they were, to whom, when and under which subject stays.",
    days().default("30d"),
  ),
  agentTexts: setting(
    "What models were asked and answered, and the steps of tasks that are done. What was spent stays.",
    days().default("35d"),
  ),
  technical: setting(
    "Alerts about the system, resolved dead letters, health that was, deliveries by which a repeated one is recognised.",
    days().default("180d"),
  ),
});
