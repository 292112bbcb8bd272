/** The top bar: find anything, how the engine is, the brake, and who is signed in. */
import { Menu } from "@base-ui/react/menu";
import { useQuery } from "@tanstack/react-query";
import { post } from "../api/client.ts";
import { useLive } from "../api/live.tsx";
import { healthQuery, overviewQuery } from "../api/queries.ts";
import type { Health, Overview } from "../api/types.ts";
import { PageLink } from "../parts/address.tsx";
import { IconButton } from "../parts/basics.tsx";
import { Icon } from "../parts/icons.tsx";
import { initials } from "../words/names.ts";
import { plural, spanWords } from "../words/time.ts";
import { Brake } from "./brake.tsx";

const LONG_WAIT_MS = 60_000;

export function TopBar({
  person,
  onMenu,
  onPalette,
}: {
  readonly person: string;
  readonly onMenu: () => void;
  readonly onPalette: () => void;
}) {
  return (
    <header className="top">
      <IconButton icon="menu" label="Screens" className="on-phone" onClick={onMenu} />
      <button type="button" className="find" onClick={onPalette} aria-keyshortcuts="Control+K">
        <Icon name="search" size={14} />
        <span>Find a lead or a screen</span>
        <kbd>Ctrl K</kbd>
      </button>
      <span className="spring" />
      <Lamp />
      <Brake />
      <Menu.Root>
        <Menu.Trigger className="who" aria-label={`Signed in as ${person}`}>
          <span aria-hidden="true">{initials(person)}</span>
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={6} align="end" className="floats">
            <Menu.Popup className="menu">
              <p className="menu-head">
                Signed in as <b>{person}</b>
              </p>
              <Menu.Item className="menu-item" render={<PageLink to="/console/people">People and keys</PageLink>} />
              <Menu.Item className="menu-item" onClick={() => void signOut()}>
                Sign out
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </header>
  );
}

async function signOut(): Promise<void> {
  await post("/api/sign-out").catch(() => undefined);
  location.assign("/console");
}

/** Whether all is well, in words; leads to what is not. */
function Lamp() {
  const { state } = useLive();
  const overview = useQuery(overviewQuery).data;
  const health = useQuery(healthQuery).data;
  const { tone, text, to } = lampOf(state === "lost", overview, health);
  return (
    <PageLink to={to} className={`lamp ${tone}`}>
      <span className="dot" aria-hidden="true" />
      <span>{text}</span>
    </PageLink>
  );
}

/** The worst thing first. */
export function lampOf(isLost: boolean, overview: Overview | undefined, health: Health | undefined) {
  if (isLost) return { tone: "bad", text: "Not connected", to: "/console/health" };
  if ((overview?.deadLetters ?? 0) > 0)
    return {
      tone: "bad",
      text: `${plural(overview?.deadLetters ?? 0, "event")} set aside`,
      to: "/console/dead-letters",
    };
  if (health?.status === "ill") return { tone: "bad", text: "Not well", to: "/console/health" };
  if ((overview?.oldestReadyMs ?? 0) > LONG_WAIT_MS)
    return { tone: "warn", text: `Behind by ${spanWords(overview?.oldestReadyMs ?? 0)}`, to: "/console/tasks" };
  return { tone: "good", text: "All well", to: "/console/health" };
}
