/** What the brake says on every screen: whether something is paused, and what. */
import { useQuery } from "@tanstack/react-query";
import { agentsQuery, mailQuery } from "../api/queries.ts";
import { Icon } from "../parts/icons.tsx";
import { plural } from "../words/time.ts";

/** @returns `words` is empty where nothing is paused. */
export function useBrake(): { readonly isOn: boolean; readonly words: string } {
  const isPaused = useQuery(mailQuery).data?.isPaused === true;
  const agents = useQuery(agentsQuery).data?.agents ?? [];
  const stopped = agents.filter(({ state }) => state === "stopped").length;
  const words = [isPaused ? "Mail is paused" : "", stopped > 0 ? `${plural(stopped, "agent")} stopped` : ""];
  return { isOn: isPaused || stopped > 0, words: words.filter(Boolean).join(", ") };
}

export function BrakeWords() {
  const { isOn, words } = useBrake();
  return (
    <>
      <Icon name="brake" size={14} />
      <span>{isOn ? words : "Pause…"}</span>
    </>
  );
}
