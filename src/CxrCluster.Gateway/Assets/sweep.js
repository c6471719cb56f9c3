// Live progress of a sweep: the part of the page that changes is fetched again every few seconds.
const everyMilliseconds = 3000;

async function refresh() {
  try {
    const reply = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!reply.ok) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const live = page.querySelector("[data-live]");
    const here = document.querySelector("[data-live]");
    if (live && here) here.replaceWith(live);
    // the page's actions depend on the state
    if (!live || live.dataset.live !== "yes") location.reload();
  } catch {
    // the node restarts or the network is away: the next round tells
  }
}

setInterval(refresh, everyMilliseconds);
