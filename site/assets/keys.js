// Few keys, none with a modifier, none while typing: "/" to the search box, "g" and a letter to a page of the main
// navigation (data-key), "?" for the list of them.
{
  const GO_MS = 1500;
  let goUntil = 0;

  const typing = (element) =>
    element instanceof HTMLElement && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    const going = performance.now() < goUntil;
    goUntil = 0;
    if (going) {
      for (const link of document.querySelectorAll("[data-key]")) {
        if (link.dataset.key === event.key) { event.preventDefault(); link.click(); return; }
      }
      return;
    }
    if (event.key === "g") { goUntil = performance.now() + GO_MS; }
    else if (event.key === "/") {
      const box = document.getElementById("site-search");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    } else if (event.key === "?") {
      const help = document.getElementById("keys");
      if (help) { event.preventDefault(); help.showModal(); }
    }
  });
}
