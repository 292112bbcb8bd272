/** Who is signed in, and what they can do with that. */
import { Menu } from "@base-ui/react/menu";
import { post } from "../api/client.ts";
import { PageLink } from "../parts/address.tsx";
import { initials } from "../words/names.ts";

export function WhoMenu({ person, defaultOpen }: { readonly person: string; readonly defaultOpen: boolean }) {
  return (
    <Menu.Root defaultOpen={defaultOpen}>
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
  );
}

async function signOut(): Promise<void> {
  await post("/api/sign-out").catch(() => undefined);
  location.assign("/console");
}
