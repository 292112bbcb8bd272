/** The top bar: find anything, how the engine is, the brake, and who is signed in. */
import { useQuery } from "@tanstack/react-query";
import { useLive } from "../api/live.tsx";
import { healthQuery, overviewQuery } from "../api/queries.ts";
import type { Health, Overview } from "../api/types.ts";
import { PageLink } from "../parts/address.tsx";
import { IconButton } from "../parts/basics.tsx";
import { Icon } from "../parts/icons.tsx";
import { initials } from "../words/names.ts";
import { plural, spanWords } from "../words/time.ts";
import { BrakeWords, useBrake } from "./brake-words.tsx";
import { OpensLater, type Pressed } from "./opens-later.tsx";

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
      <OpensLater
        kind="dialog"
        load={loadBrake}
        button={(pressed) => <BrakeButton pressed={pressed} />}
        whole={(Brake, isOpen) => <Brake defaultOpen={isOpen} />}
      />
      <OpensLater
        kind="menu"
        load={loadMenu}
        button={(pressed) => (
          <button type="button" className="who" aria-label={`Signed in as ${person}`} {...pressed}>
            <span aria-hidden="true">{initials(person)}</span>
          </button>
        )}
        whole={(WhoMenu, isOpen) => <WhoMenu person={person} defaultOpen={isOpen} />}
      />
    </header>
  );
}

const loadBrake = () => import("./brake.tsx").then(({ Brake }) => Brake);
const loadMenu = () => import("./who-menu.tsx").then(({ WhoMenu }) => WhoMenu);

function BrakeButton({ pressed }: { readonly pressed: Pressed }) {
  const { isOn } = useBrake();
  return (
    <button type="button" className={isOn ? "brake on" : "brake"} {...pressed}>
      <BrakeWords />
    </button>
  );
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
