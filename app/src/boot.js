// Starts the islands of this page; none of them holds another. Everything on the page worked before this ran.
import init, * as app from "__JS__";

await init({ module_or_path: "__WASM__" });
app.hydrate();
for (const island of document.querySelectorAll("leptos-island")) app[island.dataset.component](island);
document.documentElement.dataset.ready = "";
