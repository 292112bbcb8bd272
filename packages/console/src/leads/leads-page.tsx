/** Leads: everyone known, by band, with a search in all that a row shows, without end. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { contactsQuery } from "../api/queries.ts";
import type { Contact } from "../api/types.ts";
import { useAddress } from "../parts/address.tsx";
import { Button } from "../parts/basics.tsx";
import { commandOf, csvAddress, shellWord } from "../parts/copy.ts";
import { Choice, SearchField, Tabs } from "../parts/filters.tsx";
import { useHeldList } from "../parts/held-list.ts";
import { Page } from "../parts/page.tsx";
import { useRowKeys } from "../parts/row-keys.ts";
import { SavedViews } from "../parts/saved-views.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import { valueWords } from "../words/names.ts";
import { BANDS } from "../words/states.ts";
import { plural } from "../words/time.ts";
import { LeadRow, leadHeight } from "./lead-row.tsx";

const TABS = [
  { value: "", words: "All" },
  ...BANDS.map((band) => ({ value: band, words: band.charAt(0).toUpperCase() + band.slice(1) })),
];

const SORTS = ["created", "activity", "score"] as const;
const STAGES = [
  ["", "All"],
  ["lead", "Lead"],
  ["marketingqualifiedlead", "Marketing qualified"],
  ["salesqualifiedlead", "Sales qualified"],
  ["opportunity", "Opportunity"],
  ["customer", "Customer"],
] as const;

const leadRow = (contact: Contact) => <LeadRow contact={contact} />;

export function LeadsPage() {
  const [{ band, q, sort, lifecycle, source }] = useAddress();
  const navigate = useNavigate();
  const query = useInfiniteQuery(
    contactsQuery({ band, q, lifecycle, source, sort: SORTS.find((one) => one === sort) }),
  );
  const contacts = useMemo(() => query.data?.pages.flatMap((page) => page.contacts) ?? [], [query.data]);
  const view = [band, q, sort, lifecycle, source].join();
  const held = useHeldList(contacts, ({ id }) => id, view);
  const selected = useRowKeys(
    held.rows.length,
    (index) => void navigate({ to: `/console/contacts/${held.rows[index]?.id}` as never }),
    view,
  );
  return (
    <Page
      title="Leads"
      about={query.data === undefined ? undefined : plural(query.data.pages[0]?.count ?? contacts.length, "lead")}
      actions={<SavedViews screen="leads" />}
      command={
        q === undefined
          ? commandOf("contacts list", { band, sort, lifecycle, source })
          : commandOf(`contacts search ${shellWord(q)}`, { band })
      }
      csv={csvAddress("/api/contacts.csv", { q, band, sort, lifecycle, source })}
    >
      <div className="filters">
        <Tabs label="Band" name="band" tabs={TABS} current={band ?? ""} preset="" />
        <Choice
          label="Sort"
          name="sort"
          options={[
            ["", "Newest first"],
            ["score", "Hottest first"],
            ["activity", "Latest activity first"],
          ]}
        />
        <Choice label="Stage" name="lifecycle" options={STAGES} />
        <SearchField label="Search leads" placeholder="Name, e-mail, company, job title" />
        {held.fresh > 0 && (
          <Button look="quiet" className="pill" onClick={held.release}>
            {held.fresh} new
          </Button>
        )}
      </div>
      <Answered query={query} rows={8}>
        {() =>
          held.rows.length === 0 ? (
            <NoLeads
              words={[q && `“${q}”`, band && `the band ${band}`, lifecycle && `the stage ${valueWords(lifecycle)}`]}
            />
          ) : (
            <VirtualList
              rows={held.rows}
              keyOf={({ id }) => id}
              height={leadHeight}
              label="Leads"
              pages={query}
              holders={held.holders}
              selected={selected}
            >
              {leadRow}
            </VirtualList>
          )
        }
      </Answered>
    </Page>
  );
}

/** @param words what was filtered by. */
function NoLeads({ words }: { readonly words: readonly (string | undefined)[] }) {
  const [, change] = useAddress();
  const filters = words.filter(Boolean);
  if (filters.length > 0) {
    return (
      <p className="empty">
        No lead matches {filters.join(" and ")}.{" "}
        <Button
          look="quiet"
          onClick={() => change({ band: undefined, q: undefined, lifecycle: undefined, source: undefined })}
        >
          Show all
        </Button>
      </p>
    );
  }
  return (
    <Empty command="npm run demo">
      No leads yet. <a href="/forms/demo">Fill in the demo form</a> or run
    </Empty>
  );
}
