/** The drawer: opened by the address, closed by Escape, a click beside it or going back. */
import { close, onAddress, readAddress } from "./address.js";
import { byId, h } from "./dom.js";
import { contentOf } from "./story.js";

const drawer = byId("drawer");
let openedBy;

export function startDrawer() {
  drawer.addEventListener("close", () => {
    // This comes a moment later: something else may be open by then.
    if (drawer.open) return;
    // A person has closed it, so the address has to follow; where the address has closed it, it may be ahead by now.
    if (drawer.dataset.shows !== undefined) close();
    openedBy?.focus?.();
  });
  drawer.addEventListener("click", (event) => {
    // The dialog itself is hit only outside of its content.
    if (event.target === drawer) drawer.close();
  });
  onAddress(show);
  show(readAddress());
}

/** Shows anew what may tell of an erased person; who is writing about somebody else goes on. */
export function forgetShown(contact) {
  const isThem = drawer.dataset.shows === `contact:${contact}`;
  if (drawer.open && (isThem || drawer.querySelector("form") === null)) show(readAddress());
}

async function show({ open }) {
  if (open === undefined) {
    delete drawer.dataset.shows;
    if (drawer.open) drawer.close();
    return;
  }
  if (!drawer.open) {
    openedBy = document.activeElement;
    drawer.showModal();
  }
  const wanted = `${open.kind}:${open.id}`;
  drawer.dataset.shows = wanted;
  fill("…", h("p", { class: "empty" }, "Looking it up…"));
  try {
    const content = await contentOf(open, () => show(readAddress()));
    // Somebody may have gone on to something else meanwhile.
    if (drawer.dataset.shows === wanted) fill(...content);
  } catch (error) {
    if (drawer.dataset.shows === wanted)
      fill(
        "Not found",
        h("div", { class: "trouble", role: "alert" }, h("strong", {}, error.message), ` Next: ${error.next}`),
      );
  }
}

function fill(title, ...content) {
  drawer.replaceChildren(
    h(
      "div",
      { class: "sheet" },
      h(
        "header",
        { class: "head" },
        h("h2", { id: "drawer-title", tabindex: "-1" }, title),
        h("button", { type: "button", class: "quiet", onclick: () => drawer.close(), "aria-label": "Close" }, "Close"),
      ),
      h("div", { class: "body" }, content),
    ),
  );
  byId("drawer-title").focus();
}
