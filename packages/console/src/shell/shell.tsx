/** What stands around every screen: navigation, the top bar, what is open, and the live line to the engine. */
import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { LiveProvider } from "../api/live.tsx";
import { meQuery } from "../api/me.ts";
import { overviewQuery } from "../api/queries.ts";
import { useAddress } from "../parts/address.tsx";
import { setServerClock } from "../parts/clock.ts";
import { Toasts } from "../parts/toasts.tsx";
import { usePalette } from "./global-keys.ts";
import { Nav, TabBar } from "./nav.tsx";
import { StaleBanner } from "./stale-banner.tsx";
import { StartScreen } from "./start-screen.tsx";
import { TopBar } from "./top-bar.tsx";

const Drawer = lazy(() => import("../story/drawer.tsx").then(({ Drawer }) => ({ default: Drawer })));
const Palette = lazy(() => import("./palette.tsx").then(({ Palette }) => ({ default: Palette })));
const NavSheet = lazy(() => import("./nav-sheet.tsx").then(({ NavSheet }) => ({ default: NavSheet })));
const KeySheet = lazy(() => import("./key-sheet.tsx").then(({ KeySheet }) => ({ default: KeySheet })));

export function Shell() {
  const overview = useQuery(overviewQuery);
  // What one may do is known before anything is offered.
  const me = useQuery(meQuery);
  if (overview.data === undefined || me.data === undefined) {
    const error = overview.error ?? me.error;
    const again = () => void Promise.all([overview.refetch(), me.refetch()]);
    return error === null ? null : <StartScreen error={error} again={again} />;
  }
  return <SignedIn newest={overview.data.newest} />;
}

/** @param newest the newest event when the first answer came: the live line begins there. */
function SignedIn({ newest }: { readonly newest: number }) {
  const [after] = useState(newest);
  const { data } = useQuery(overviewQuery);
  const [{ open }] = useAddress();
  /** Not there before it is first opened; closed, it stays. */
  const [isMenuOpen, setMenuOpen] = useState<boolean>();
  const { opened, setOpened, early } = usePalette();
  useEffect(() => {
    if (data !== undefined) setServerClock(data.now);
  }, [data]);

  return (
    <LiveProvider after={after}>
      {/* biome-ignore lint/a11y/useValidAnchor: it is a link within the page; only the address is left as it is. */}
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          // The address holds what is shown: a link within the page must not write to it.
          event.preventDefault();
          document.getElementById("main")?.focus();
        }}
      >
        Skip to the work
      </a>
      <div className="shell">
        <Nav />
        <div className="stage">
          <TopBar person={data?.person ?? ""} onMenu={() => setMenuOpen(true)} onPalette={() => setOpened("palette")} />
          <StaleBanner />
          <main id="main" tabIndex={-1}>
            <Suspense fallback={null}>
              <Outlet />
            </Suspense>
          </main>
        </div>
        <TabBar onMore={() => setMenuOpen(true)} />
      </div>
      <Suspense fallback={null}>
        {isMenuOpen !== undefined && <NavSheet isOpen={isMenuOpen} onMenu={setMenuOpen} />}
        {open !== undefined && <Drawer />}
        {opened === "palette" && <Palette early={early} onClose={() => setOpened(undefined)} />}
        {opened === "keys" && <KeySheet onClose={() => setOpened(undefined)} />}
      </Suspense>
      <Toasts />
    </LiveProvider>
  );
}
