/** The navigation: a column beside the screen; on a phone the most used screens at the bottom, and a sheet (nav-sheet.tsx). */
import { Icon } from "../parts/icons.tsx";
import { Brand, Groups, ScreenLink, useCounts } from "./nav-links.tsx";
import { SCREENS } from "./screens.ts";

export function Nav() {
  return (
    <nav className="nav" aria-label="Screens">
      <Brand />
      <Groups />
    </nav>
  );
}

const ON_PHONES = ["/console", "/console/inbox", "/console/leads", "/console/conversations"];

export function TabBar({ onMore }: { readonly onMore: () => void }) {
  const counts = useCounts();
  const screens = SCREENS.flatMap((group) => group.screens).filter(({ path }) => ON_PHONES.includes(path));
  return (
    <nav className="tab-bar" aria-label="Most used screens">
      {screens.map((screen) => (
        <ScreenLink key={screen.path} screen={screen} counts={counts} />
      ))}
      <button type="button" className="nav-link" onClick={onMore}>
        <Icon name="menu" />
        <span>More</span>
      </button>
    </nav>
  );
}
