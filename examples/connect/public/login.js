/* Facebook's JavaScript SDK: a click opens its window, and the answer goes to our server in the body of one request. */
const button = document.querySelector("#pop-up");
const problem = document.querySelector("#pop-up-problem");
const { state, appId, version, scope } = button.dataset;

window.fbAsyncInit = () => {
  FB.init({ appId, version, cookie: false, xfbml: false });
  button.disabled = false;
};
document.querySelector("#facebook-sdk")?.addEventListener("error", () => {
  say("Facebook's script does not load: an ad blocker may keep it away. Continue without a pop-up.");
});

// No async function here: Facebook's script refuses those.
button.addEventListener("click", () => {
  say("");
  const opened = watchOpen(() => FB.login(onAnswer, { scope, auth_type: "rerequest" }));
  if (!opened) say("Your browser has blocked Facebook's window. Allow pop-ups for this page, or continue without one.");
});

function onAnswer({ authResponse }) {
  if (!authResponse) {
    window.location.assign("/?problem=declined");
    return;
  }
  button.disabled = true;
  const body = new URLSearchParams({ state, token: authResponse.accessToken });
  fetch("/login/pop-up", { method: "POST", body })
    .then((response) => response.json())
    .then(({ goTo }) => window.location.assign(goTo))
    .catch(() => window.location.assign("/?problem=unavailable"));
}

/** Facebook's script never calls back when its window was blocked, so what the browser tells it is overheard. */
function watchOpen(work) {
  const original = window.open;
  let opened = true;
  window.open = (...given) => {
    const popUp = original.apply(window, given);
    opened = Boolean(popUp);
    return popUp;
  };
  try {
    work();
  } finally {
    window.open = original;
  }
  return opened;
}

function say(words) {
  problem.textContent = words;
  problem.hidden = words === "";
}
