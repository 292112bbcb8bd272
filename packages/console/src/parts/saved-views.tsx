/** Views of a list that a person keeps by name: each is the address with its filters, so it can be sent to others as well. */
import { Popover } from "@base-ui/react/popover";
import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { post } from "../api/client.ts";
import { viewsQuery } from "../api/queries.ts";
import { useAct } from "./act.ts";
import { PageLink, parseSearch, type Search, useAddress, writeSearch } from "./address.tsx";
import { Button, IconButton } from "./basics.tsx";
import { copy } from "./copy.ts";
import { Icon } from "./icons.tsx";
import { TextField } from "./text-field.tsx";

export type ViewScreen = "leads" | "tasks" | "events";
const TOPICS = ["views"] as const;

export function SavedViews({ screen }: { readonly screen: ViewScreen }) {
  const [isOpen, setOpen] = useState(false);
  const [search] = useAddress();
  const views = (useQuery(viewsQuery).data?.views ?? []).filter((view) => view.screen === screen);
  const here = filtersOf(search);
  // Another view was chosen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what closes it.
  useEffect(() => setOpen(false), [here]);
  const current = views.find((view) => view.search === here);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className="button plain">
        Views{current === undefined ? "" : `: ${current.name}`}
        <Icon name="down" size={12} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="floats">
          <Popover.Popup className="popover views">
            <Popover.Title className="popover-title">Your views</Popover.Title>
            {views.length === 0 && <p className="about">Choose filters, and keep them here under a name.</p>}
            <ViewList views={views} current={current?.name} />
            <KeepView screen={screen} search={here} onKept={() => setOpen(false)} />
            <Button look="quiet" icon="link" onClick={() => void copy(location.href, "Link to this view copied.")}>
              Copy a link to send
            </Button>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface View {
  readonly screen: ViewScreen;
  readonly name: string;
  readonly search: string;
}

function ViewList({ views, current }: { readonly views: readonly View[]; readonly current: string | undefined }) {
  const { pathname } = useLocation();
  const { run, isBusy } = useAct();
  return (
    <ul aria-label="Your views">
      {views.map((view) => {
        const { screen, name, search } = view;
        return (
          <li key={name} className="line">
            <span className="grow">
              <PageLink to={pathname} search={parseSearch(search)}>
                {name}
              </PageLink>
              {name === current && <span className="about"> shown now</span>}
            </span>
            <IconButton
              icon="close"
              label={`Remove the view ${name}`}
              disabled={isBusy}
              onClick={() =>
                void run(() => post("/api/views/remove", { body: { screen, name } }), {
                  said: `The view “${name}” is removed.`,
                  undo: () =>
                    void run(() => post("/api/views", { body: { screen, name, search } }), { topics: TOPICS }),
                  topics: TOPICS,
                })
              }
            />
          </li>
        );
      })}
    </ul>
  );
}

function KeepView({
  screen,
  search,
  onKept,
}: {
  readonly screen: ViewScreen;
  readonly search: string;
  readonly onKept: () => void;
}) {
  const { run, isBusy } = useAct();
  const [name, setName] = useState("");
  return (
    <form
      className="note narrow"
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => post("/api/views", { body: { screen, name: name.trim(), search } }), {
          said: `Kept as “${name.trim()}”.`,
          topics: TOPICS,
        }).then((isDone) => isDone && onKept());
      }}
    >
      <TextField
        label="Keep what is shown now as"
        value={name}
        onChange={setName}
        required
        maxLength={60}
        autoComplete="off"
      />
      <Button type="submit" look="main" disabled={isBusy || name.trim() === ""}>
        Keep
      </Button>
    </form>
  );
}

/** The filters in the address, without what is open beside the list. In one order, so that two addresses can be compared. */
function filtersOf({ open: _, task: __, ...filters }: Search): string {
  const sorted = Object.fromEntries(Object.entries(filters).toSorted(([a], [b]) => a.localeCompare(b)));
  return new URLSearchParams(writeSearch(sorted)).toString();
}
