/** Alerts: what people were alerted of, the newest first; what is over needs no eye any more. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { post } from "../api/client.ts";
import { alertsQuery } from "../api/queries.ts";
import type { Alert } from "../api/types.ts";
import { useAct } from "../parts/act.ts";
import { ContactLink, OpenLink, useAddress } from "../parts/address.tsx";
import { Button, Chip, When } from "../parts/basics.tsx";
import { commandOf, csvAddress } from "../parts/copy.ts";
import { Tabs } from "../parts/filters.tsx";
import { useHeldList } from "../parts/held-list.ts";
import { Page } from "../parts/page.tsx";
import { useRowKeys } from "../parts/row-keys.ts";
import { Answered, Empty } from "../parts/states.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import { AlertGroups } from "./alert-groups.tsx";

const TABS = [
  { value: "", words: "All" },
  { value: "yes", words: "Not seen yet" },
  { value: "names", words: "By name" },
];
const TOPICS = ["alerts", "overview"] as const;

/** What is over needs no eye any more. */
function isNew({ seenAt, resolvedAt }: Alert): boolean {
  return seenAt === null && resolvedAt === null;
}

const alertRow = (alert: Alert) => <AlertRow alert={alert} />;
const rowHeight = () => 64;

export function AlertsPage() {
  const [{ unseen }, change] = useAddress();
  const query = useInfiniteQuery(alertsQuery(unseen === "yes"));
  const alerts = useMemo(() => query.data?.pages.flatMap((page) => page.alerts) ?? [], [query.data]);
  const held = useHeldList(alerts, ({ id }) => id, unseen ?? "");
  const selected = useRowKeys(
    held.rows.length,
    (index) => change({ open: `alert:${held.rows[index]?.id}` }),
    unseen ?? "",
  );
  const { run, isBusy } = useAct();
  const fresh = alerts.filter(isNew);
  return (
    <Page
      title="Alerts"
      about="newest first"
      command={unseen === "names" ? commandOf("alerts groups") : commandOf("alerts list", { unseen: unseen === "yes" })}
      csv={unseen === "names" ? undefined : csvAddress("/api/alerts.csv", { unseen: unseen === "yes" })}
    >
      <div className="filters">
        <Tabs label="Which" name="unseen" tabs={TABS} current={unseen ?? ""} preset="" />
        {fresh.length > 0 && (
          <Button
            disabled={isBusy}
            onClick={() =>
              void run(
                async () => {
                  for (const { id } of fresh) await post("/api/alerts/{id}/seen", { path: { id } });
                },
                { said: "All marked as seen.", topics: TOPICS },
              )
            }
          >
            Mark {fresh.length} as seen
          </Button>
        )}
        {held.fresh > 0 && (
          <Button look="quiet" className="pill" onClick={held.release}>
            {held.fresh} new
          </Button>
        )}
      </div>
      {unseen === "names" ? (
        <AlertGroups />
      ) : (
        <Answered query={query} rows={5}>
          {() =>
            held.rows.length === 0 ? (
              <Empty>No alerts. One is raised within a second of a hot lead’s form.</Empty>
            ) : (
              <VirtualList
                rows={held.rows}
                keyOf={({ id }) => id}
                height={rowHeight}
                label="Alerts"
                pages={query}
                holders={held.holders}
                selected={selected}
              >
                {alertRow}
              </VirtualList>
            )
          }
        </Answered>
      )}
    </Page>
  );
}

function AlertRow({ alert }: { readonly alert: Alert }) {
  const { run, isBusy } = useAct();
  return (
    <div className={`row alert${isNew(alert) ? " new" : ""}${alert.resolvedAt === null ? "" : " over"}`}>
      <p className="line">
        <span className="name">
          <OpenLink kind="alert" id={alert.id}>
            {alert.title}
          </OpenLink>
        </span>
        <span className="spring" />
        <When at={alert.createdAt} />
      </p>
      <p className="line about">
        <Chip tone={alert.resolvedAt === null ? "alert" : "dim"}>{alert.audience}</Chip>
        <span className="cut">{alert.body.split("\n").slice(0, 2).join(" · ")}</span>
        <span className="spring" />
        {alert.contact !== null && <ContactLink id={alert.contact}>contact</ContactLink>}
        {isNew(alert) ? (
          <Button
            look="quiet"
            disabled={isBusy}
            aria-label={`Mark “${alert.title}” as seen`}
            onClick={() =>
              void run(() => post("/api/alerts/{id}/seen", { path: { id: alert.id } }), {
                said: "Marked as seen.",
                topics: TOPICS,
              })
            }
          >
            Seen
          </Button>
        ) : (
          <span>{alert.seenBy === null ? "resolved" : `seen by ${alert.seenBy}`}</span>
        )}
      </p>
    </div>
  );
}
