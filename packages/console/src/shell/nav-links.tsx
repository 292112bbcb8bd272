/** The links of the navigation, with how many wait behind each. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { draftsQuery, overviewQuery } from "../api/queries.ts";
import { Icon, Mark } from "../parts/icons.tsx";
import { countWords } from "../words/time.ts";
import { SCREENS, type Screen } from "./screens.ts";

/** How many wait on a screen, and whether that is bad. */
type Counts = Readonly<Record<string, { readonly count: number; readonly tone: "plain" | "bad" } | undefined>>;

export function useCounts(): Counts {
  const { data } = useQuery(overviewQuery);
  const drafts = useQuery(draftsQuery).data?.drafts.length ?? 0;
  if (data === undefined) return {};
  return {
    "/console/inbox": { count: data.tasks.forPeople, tone: "plain" },
    "/console/drafts": { count: drafts, tone: "plain" },
    "/console/alerts": { count: data.unseenAlerts, tone: "plain" },
    "/console/dead-letters": { count: data.deadLetters, tone: "bad" },
  };
}

export function Brand() {
  return (
    <Link to={"/console" as never} className="brand" tabIndex={-1} aria-hidden="true">
      <Mark />
      <span>Millrace</span>
    </Link>
  );
}

export function Groups({ onGone }: { readonly onGone?: () => void }) {
  const counts = useCounts();
  return SCREENS.map(({ name, screens }) => (
    <div className="nav-group" key={name}>
      <p className="nav-name" id={`nav-${name}`}>
        {name}
      </p>
      <ul aria-labelledby={`nav-${name}`}>
        {screens.map((screen) => (
          <li key={screen.path}>
            <ScreenLink screen={screen} counts={counts} onGone={onGone} />
          </li>
        ))}
      </ul>
    </div>
  ));
}

export function ScreenLink({
  screen: { path, name, icon },
  counts,
  onGone,
}: {
  readonly screen: Screen;
  readonly counts: Counts;
  readonly onGone?: (() => void) | undefined;
}) {
  const waiting = counts[path];
  return (
    <Link
      to={path as never}
      className="nav-link"
      activeOptions={{ exact: path === "/console", includeSearch: false }}
      {...(onGone === undefined ? {} : { onClick: onGone })}
    >
      <Icon name={icon} />
      <span>{name}</span>
      {waiting !== undefined && waiting.count > 0 && (
        <span className={`nav-count ${waiting.tone}`}>
          {countWords(waiting.count)}
          <span className="hidden"> waiting</span>
        </span>
      )}
    </Link>
  );
}
