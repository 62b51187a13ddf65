// Starts the islands of this page that this bundle holds; none of them holds another. Everything on the page worked before.
import init, * as app from "__JS__";

await init({ module_or_path: "__WASM__" });
// What stands beside the page's own bundle has no islands, and says itself when it is ready.
app.beside?.();
app.hydrate?.();
for (const island of document.querySelectorAll("leptos-island")) app[island.dataset.component]?.(island);

// What is seldom needed is fetched when someone reaches for it; a form that is sent meanwhile waits, and is never posted.
for (const part of document.querySelectorAll("[data-on-demand]:not([data-watched])")) {
  part.dataset.watched = "";
  const load = () => import(document.querySelector("meta[name=on-demand]").content);
  // Not while a button is held down: its island makes the forms anew, and the press would end on another button.
  for (const reach of ["pointerup", "keyup"]) part.addEventListener(reach, load, { once: true });
  part.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (part.dataset.ready !== undefined) return;
    event.stopPropagation();
    await load();
    part.dataset.ready = "";
    // The island has made the forms anew; this event is for it alone, and can't post anything.
    await new Promise(requestAnimationFrame);
    const form = part.querySelector(`form[action="${event.target.getAttribute("action")}"]`);
    form?.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
  }, { capture: true });
  if (sessionStorage.getItem(part.dataset.onDemand) !== null) load();
}
if (app.hydrate) document.documentElement.dataset.ready = "";
