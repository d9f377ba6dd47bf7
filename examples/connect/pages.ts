import type { Conversation, Delivery } from "./conversations";
import type { Message } from "./desk";
import { type Page, SCOPES } from "./facebook";
import { type Html, html } from "./html";
import type { Problem } from "./problems";

/** Around every page. */
function layout(siteName: string, title: string, body: Html, options: { wide?: boolean; script?: Html } = {}): Html {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${siteName}</title>
<link rel="icon" href="/logo.svg">
<link rel="stylesheet" href="/style.css">
</head>
<body class="${options.wide ? "wide" : "narrow"}">
<header class="top"><a class="brand" href="/"><img src="/logo.svg" alt="" width="32" height="32">${siteName}</a></header>
${body}
${options.script}
</body>
</html>`;
}

function notice(problem: Problem | null, action?: Html): Html | null {
  if (!problem) return null;
  return html`<section class="notice" role="alert"><h2>${problem.title}</h2><p>${problem.text}</p>${action}</section>`;
}

export function welcomePage(page: {
  siteName: string;
  problem: Problem | null;
  state: string;
  facebook: { appId: string; version: string; sdkUrl: string };
}): Html {
  const { siteName, problem, state, facebook } = page;
  return layout(
    siteName,
    "Connect Instagram",
    html`<main class="card">
${notice(problem)}
<h1>Answer Instagram messages in ${siteName}</h1>
<p class="lead">Connect your Instagram account, and everything people write to it arrives here, to be answered by your team.</p>
<div id="pop-up-problem" class="notice" role="alert" hidden></div>
<button id="pop-up" class="primary" type="button" disabled
  data-state="${state}" data-app-id="${facebook.appId}" data-version="${facebook.version}" data-scope="${SCOPES.join(",")}">Log in with Facebook</button>
<form method="post" action="/login"><button class="link">Continue without a pop-up</button></form>
<ol class="steps">
<li><b>Log in</b> with the Facebook account that manages your Page, and leave everything ticked.</li>
<li><b>Choose</b> the Instagram account.</li>
<li><b>Answer</b> the first message.</li>
</ol>
<p class="small">We never see your password, and you can take access back in your Facebook settings at any time.</p>
</main>`,
    {
      script: html`<script src="/login.js"></script>
<script async src="${facebook.sdkUrl}" id="facebook-sdk"></script>`,
    },
  );
}

export function accountsPage(page: { siteName: string; person: string; pages: Page[]; problem: Problem | null }): Html {
  const { siteName, person, pages, problem } = page;
  const some = pages.some(({ obstacle }) => obstacle === null);
  return layout(
    siteName,
    "Choose an account",
    html`<main class="card">
${notice(problem)}
<h1>Which account should ${siteName} answer for?</h1>
<p class="lead">${person}, these are the Facebook Pages that you allowed us to see, with their Instagram accounts.</p>
<form method="post" action="/accounts">
<fieldset role="radiogroup" aria-label="Instagram accounts">${sorted(pages).map(choice)}</fieldset>
<div class="actions">${some && html`<button class="primary">Connect</button>`}</div>
</form>
<div class="actions quiet">${askAgain("link")}${cancel()}</div>
</main>`,
  );
}

/** Nothing can be chosen before Facebook has given more. */
export function askAgainPage({ siteName, problem }: { siteName: string; problem: Problem }): Html {
  return layout(
    siteName,
    problem.title,
    html`<main class="card">
<h1>${problem.title}</h1>
<p class="lead" role="alert">${problem.text}</p>
<div class="actions">${askAgain("primary")}${cancel()}</div>
</main>`,
  );
}

/** For everything that has no page of its own. */
export function problemPage({ siteName, title, text }: Problem & { siteName: string }): Html {
  return layout(
    siteName,
    title,
    html`<main class="card">
<h1>${title}</h1>
<p class="lead">${text} <a href="/">Go to the start</a></p>
</main>`,
  );
}

function cancel(): Html {
  return html`<form method="post" action="/leave"><button class="link">Cancel</button></form>`;
}

function askAgain(kind: string): Html {
  return html`<form method="post" action="/login"><input type="hidden" name="again" value="1"><button class="${kind}">Ask Facebook again</button></form>`;
}

/** What can be chosen stands first. */
function sorted(pages: Page[]): Page[] {
  const rank = ({ obstacle }: Page) => (obstacle === null ? 0 : 1);
  return pages.slice().sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

function choice({ id, name, username, obstacle }: Page): Html {
  const label = username ? `@${username}` : name;
  return html`<label class="choice"><input type="radio" name="page" value="${id}" aria-label="${label}" aria-describedby="about-${id}"
${obstacle !== null ? html`disabled` : html`required`}>
<span class="avatar" aria-hidden="true">${initial(username ?? name)}</span>
<span><b>${label}</b><span id="about-${id}">${username && html`<i>${name}</i>`} ${obstacle}</span></span></label>`;
}

export function inboxPage(page: {
  siteName: string;
  username: string;
  notice: string | null;
  conversations: Conversation[];
  open: { conversation: Conversation; messages: Message[]; key: string; draft: string; problem: Problem | null } | null;
  delivery: (messageId: string) => Delivery | undefined;
}): Html {
  const { siteName, username, conversations, open, delivery } = page;
  return layout(
    siteName,
    open ? open.conversation.person : `@${username}`,
    html`<main class="inbox ${open ? "reading" : ""}">
<nav aria-label="Conversations">
<div class="account"><span class="dot"></span><b>@${username}</b><form method="post" action="/leave"><button class="link">Log out</button></form></div>
${page.notice && notice({ title: "Messages cannot arrive yet", text: page.notice })}
<ul id="conversations" class="list">${conversations.map((one) => conversationRow(one, one.id === open?.conversation.id))}</ul>
${conversations.length === 0 && html`<p id="nothing" class="empty">Nobody has written since you connected. Messages appear here by themselves.</p>`}
</nav>
${open ? thread(open, delivery) : html`<section class="thread nothing-open"><p class="empty">Choose a conversation.</p></section>`}
</main>`,
    { wide: true, script: html`<script src="/live.js"></script>` },
  );
}

function conversationRow({ id, person, preview, at, waiting }: Conversation, current: boolean): Html {
  return html`<li><a href="/inbox/${id}" ${current ? html`aria-current="page"` : null} class="${waiting ? "waiting" : ""}">
<span class="avatar" aria-hidden="true">${initial(person)}</span>
<span class="row"><b>${person}</b>${time(at)}<span class="preview">${waiting ? "" : "You: "}${preview}</span></span></a></li>`;
}

function thread(
  { conversation, messages, key, draft, problem }: NonNullable<Parameters<typeof inboxPage>[0]["open"]>,
  delivery: (messageId: string) => Delivery | undefined,
): Html {
  const { id, person, story } = conversation;
  return html`<section class="thread">
<h1><a class="back" href="/inbox" aria-label="All conversations">‹</a><span id="person">${person}</span>
${story && /^https?:/.test(story) && html`<a class="story" href="${story}" rel="noreferrer noopener" target="_blank">See the story</a>`}</h1>
<ol id="messages" aria-label="Messages with ${person}" tabindex="0">${messages.map((one) => bubble(one, delivery(one.id)))}</ol>
<form id="composer" method="post" action="/inbox/${id}">
${notice(problem)}
<input type="hidden" name="key" value="${key}">
<textarea name="text" aria-label="Reply" placeholder="Reply to ${person}" rows="1" maxlength="1000" required>${draft}</textarea>
<button class="primary">Send</button>
</form>
</section>`;
}

function bubble({ author, content, received, deleted }: Message, delivery: Delivery | undefined): Html {
  const mine = author.type === "business";
  return html`<li class="${mine ? "mine" : "theirs"}"><div class="bubble">${deleted ? html`<i>Unsent</i>` : said(content)}</div>
<small>${time(received)}${mine && delivery && html` · <span class="${delivery.reason ? "failed" : ""}">${delivery.state}</span>`}${delivery?.reason && html`<br>${delivery.reason}`}</small></li>`;
}

/** Pictures are loaded by the browser, from where Instagram keeps them. */
function said({ type, text, mediaUrl }: Message["content"]): Html {
  const media = mediaUrl && /^https?:/.test(mediaUrl) ? mediaUrl : null;
  const shown =
    media && type === "image"
      ? html`<img src="${media}" alt="Picture" referrerpolicy="no-referrer">`
      : media && html`<a href="${media}" rel="noreferrer noopener" target="_blank">Open the file</a>`;
  return html`${shown}${text && html`<p>${text}</p>`}${!shown && !text && html`<i>Something without words: open Instagram to see it.</i>`}`;
}

function time(at: string): Html {
  return html`<time datetime="${at}">${at.slice(11, 16)}</time>`;
}

function initial(name: string): string {
  return (name.match(/[\p{L}\p{N}]/u)?.[0] ?? "?").toUpperCase();
}
