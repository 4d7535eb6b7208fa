// Keeps the page as the server would write it now, and has files put back.
const EVERY = 2000;
const byId = (id) => document.getElementById(id);
const say = (text) => { byId("done").textContent = text; };

let tag = "";

async function look() {
  try {
    const answer = await fetch("./", { headers: { "If-None-Match": tag }, cache: "no-store" });
    if (answer.ok) {
      tag = answer.headers.get("ETag");
      show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    }
    byId("away").hidden = answer.ok || answer.status === 304;
  } catch {
    byId("away").hidden = false;
  }
}

function show(now) {
  for (const next of now.querySelectorAll("[data-live]")) {
    const here = byId(next.id);
    if (here.last !== next.outerHTML) {
      here.last = next.outerHTML;
      replace(here, next);
    }
  }
}

// what somebody has marked, and where the keyboard is, stays
function replace(here, next) {
  const marked = marks(here);
  const focused = here.contains(document.activeElement) ? document.activeElement.id : "";
  here.className = next.className;
  here.replaceChildren(...next.childNodes);
  marked.forEach((id) => { const mark = byId(`mark-${id}`); if (mark) mark.checked = true; });
  if (focused) (byId(focused) ?? byId("retry-all")).focus();
}

const marks = (within) =>
  [...within.querySelectorAll("input:checked")].map((mark) => Number(mark.value));

async function retry(wanted) {
  try {
    const { token } = await (await fetch("api/token", { cache: "no-store" })).json();
    const answer = await fetch("api/retry", {
      method: "POST",
      headers: { "X-Mediadrop-Token": token, "Content-Type": "application/json" },
      body: JSON.stringify(wanted),
    });
    say(answer.ok ? told(await answer.json()) : `Nothing was put back: ${await answer.text()}`);
  } catch {
    say("mediadrop does not answer: look whether the file is still listed, then try again.");
  }
  await look();
}

function told({ back, left, files }) {
  const stay = files.filter((file) => file.error).map((file) => `${file.name} stays: ${file.error}`);
  return [`${back} put back into their folders, ${left} left.`, ...stay.slice(0, 5)].join(" ");
}

byId("failed").addEventListener("click", ({ target }) => {
  if (target.tagName === "BUTTON") retry({ ids: [Number(target.value)] });
});
byId("retry-all").addEventListener("click", () => retry({ all: true }));
byId("retry-marked").addEventListener("click", () => {
  const ids = marks(byId("failed"));
  if (ids.length === 0) say("Mark files first."); else retry({ ids });
});
for (const button of document.querySelectorAll(".by-script")) button.hidden = false;

setInterval(() => { if (!document.hidden) look(); }, EVERY);
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
