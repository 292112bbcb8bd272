/** Alerts by name: how many of each lately, and whether they are muted. Muted ones are written as ever, and brought nowhere. */
import { useQuery } from "@tanstack/react-query";
import { post } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { alertGroupsQuery } from "../api/queries.ts";
import type { AlertGroup } from "../api/types.ts";
import { useAct } from "../parts/act.ts";
import { OpenLink } from "../parts/address.tsx";
import { Button, Chip, Panel, When } from "../parts/basics.tsx";
import { now } from "../parts/clock.ts";
import { Answered, Empty } from "../parts/states.tsx";
import { capital, humanly } from "../words/names.ts";
import { plural } from "../words/time.ts";

const DAY_MS = 86_400_000;

export function AlertGroups() {
  const query = useQuery(alertGroupsQuery);
  return (
    <Panel title="By name" hint="of the last week">
      <Answered query={query} rows={3}>
        {({ groups, mutes }) =>
          groups.length + mutes.length === 0 ? (
            <Empty>No alert was raised within a week.</Empty>
          ) : (
            <ul className="rows" aria-label="Alerts by name">
              {groups.map((group) => (
                <GroupRow key={`${group.audience}:${group.name}`} group={group} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
}

function GroupRow({ group }: { readonly group: AlertGroup }) {
  const { run, isBusy } = useAct();
  const { audience, name, count, unseen, unresolved, lastId, lastAt, lastTitle, isMuted } = group;
  const topics = ["alerts"] as const;
  const mayMute = useMay()("muteAlerts");
  return (
    <li className="row line">
      <Chip tone={isMuted ? "dim" : "alert"}>{isMuted ? "muted" : audience}</Chip>
      <b>{capital(humanly(name))}</b>
      <span className="about">
        {plural(count, "alert")}
        {unseen > 0 && `, ${unseen} not seen`}
        {unresolved > 0 && `, ${unresolved} not over`}
      </span>
      <span className="cut grow">
        <OpenLink kind="alert" id={lastId}>
          {lastTitle}
        </OpenLink>
      </span>
      <When at={lastAt} />
      {!mayMute ? null : isMuted ? (
        <Button
          disabled={isBusy}
          onClick={() =>
            void run(() => post("/api/alerts/unmute", { body: { audience, name } }), {
              said: "They are brought to their channels again.",
              topics,
            })
          }
        >
          Unmute
        </Button>
      ) : (
        <Button
          look="quiet"
          disabled={isBusy}
          onClick={() =>
            void run(
              () => post("/api/alerts/mute", { body: { audience, name, untilMs: Math.round(now() + DAY_MS) } }),
              {
                said: "Muted for a day; they are still written here.",
                undo: () => void run(() => post("/api/alerts/unmute", { body: { audience, name } }), { topics }),
                topics,
              },
            )
          }
        >
          Mute for a day
        </Button>
      )}
    </li>
  );
}
