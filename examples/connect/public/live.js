/* Keeps the inbox as it is on the server: told that something changed, the page fetches itself and takes over its lists. */
const composer = document.querySelector("#composer");
let running = false;
let again = false;

const events = new EventSource("/events");
events.addEventListener("message", refresh);
events.addEventListener("error", () => {
  if (events.readyState === EventSource.CLOSED) leave();
});
showTimes();
scrollDown();

async function refresh() {
  again = running;
  if (running) return;
  running = true;
  try {
    takeOver(await fetchPage(window.location.href));
  } catch {
    // With the next change, or when the stream has reconnected and says hello, it is tried again.
  } finally {
    running = false;
    if (again) refresh();
  }
}

composer?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = composer.querySelector("button");
  button.disabled = true;
  try {
    const next = await fetchPage(composer.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(composer)),
    });
    composer.replaceChildren(...next.querySelector("#composer").childNodes);
    takeOver(next);
    scrollDown();
  } catch {
    window.alert(
      "That may not have been sent: there was no answer. Your text is still there; sending it again sends it once.",
    );
  } finally {
    hold(false);
    composer.querySelector("textarea").focus();
  }
});

composer?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});

/** While a message leaves, nothing more is written that its answer would sweep away. */
function hold(held) {
  composer.querySelector("button").disabled = held;
  composer.querySelector("textarea").readOnly = held;
}

async function fetchPage(address, options) {
  const response = await fetch(address, options);
  if (response.status >= 500) throw new Error("The site could not answer.");
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** Logged out elsewhere, or the conversation is gone: what stands here must not stay. */
function leave() {
  window.location.assign("/");
}

function takeOver(next) {
  if (composer && !next.querySelector("#composer")) return leave();
  const messages = document.querySelector("#messages");
  const atBottom = messages && messages.scrollHeight - messages.scrollTop - messages.clientHeight < 100;
  for (const part of ["#conversations", "#messages", "#person"]) {
    const [shown, fresh] = [document, next].map((page) => page.querySelector(part));
    if (!shown || !fresh) continue;
    shown.replaceChildren(...fresh.childNodes);
    if (fresh.ariaLabel) shown.ariaLabel = fresh.ariaLabel;
  }
  if (!next.querySelector("#nothing")) document.querySelector("#nothing")?.remove();
  showTimes();
  if (atBottom) scrollDown();
}

function scrollDown() {
  const messages = document.querySelector("#messages");
  if (messages) messages.scrollTop = messages.scrollHeight;
}

/** In the reader's own time zone. */
function showTimes() {
  const today = new Date().toDateString();
  for (const time of document.querySelectorAll("time")) {
    const at = new Date(time.dateTime);
    const day = at.toDateString() === today ? { timeStyle: "short" } : { dateStyle: "short", timeStyle: "short" };
    time.textContent = new Intl.DateTimeFormat(undefined, day).format(at);
  }
}
