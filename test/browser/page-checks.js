/** What the browser test asks of a page, evaluated in it. */

/** Texts whose contrast with what is behind them is under 4.5 to 1. Source: WCAG 2.2, 1.4.3. */
function faintTexts() {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const paint = (colors) => {
    for (const color of colors) {
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [r = 0, g = 0, b = 0] = canvas.getImageData(0, 0, 1, 1).data;
    const [lr = 0, lg = 0, lb = 0] = [r, g, b].map((part) =>
      part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * lr + 0.7152 * lg + 0.0722 * lb;
  };
  const behind = (element) => {
    const own = getComputedStyle(element).backgroundColor;
    return element.parentElement === null ? ["#fff", own] : [...behind(element.parentElement), own];
  };
  const faint = [];
  for (const element of document.querySelectorAll("body *")) {
    const text = [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.textContent?.trim())
      .join("");
    if (text === "" || element.getClientRects().length === 0 || element.closest(".hidden, .skip, noscript") !== null)
      continue;
    const grounds = behind(element);
    const [a, b] = [paint(grounds), paint([...grounds, getComputedStyle(element).color])];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faint.push(`${text}: ${contrast.toFixed(2)}`);
  }
  return faint;
}

/** Controls without a name, and ids that stand twice. */
function namelessControls() {
  const nameless = [...document.querySelectorAll("a, button, input, select, textarea, section, dialog")].filter(
    (element) => {
      const labelled = element.getAttribute("aria-labelledby");
      const label = element.id === "" ? null : document.querySelector(`label[for="${element.id}"]`);
      if (element.matches("dialog:not([open]), [hidden]")) return false;
      return !(
        element.textContent?.trim() ||
        element.getAttribute("aria-label") ||
        (labelled && document.getElementById(labelled)) ||
        label ||
        element.closest("label")
      );
    },
  );
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  return [
    ...nameless.map((element) => element.outerHTML.slice(0, 120)),
    ...ids.filter((id, i) => ids.indexOf(id) !== i),
  ];
}

globalThis.pageChecks = { faintTexts, namelessControls };
