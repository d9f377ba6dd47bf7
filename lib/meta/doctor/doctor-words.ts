import type { Finding } from "../../inbox/channel-finding";
import { REQUIRED_SCOPES, type RequiredScope } from "../login-scopes";
import type { DoctorLine } from "./doctor-lines";

/** Whom and what the words are about. */
export type DoctorFacts = { username: string; pageName: string; connectedAs?: string | null };

export type DoctorWords = {
  title: string;
  /** What was found, and when it is bad what to do. */
  sentence: string;
};

type Said = (facts: DoctorFacts, evidence: Finding["evidence"]) => string;

const person = ({ connectedAs }: DoctorFacts) => connectedAs ?? "the person who connected it";
const Person = ({ connectedAs }: DoctorFacts) => connectedAs ?? "The person who connected it";

const TITLES: Record<Exclude<DoctorLine, `permission:${string}`>, string> = {
  sign_in: "Signed in",
  page_role: "Role on the Page",
  page_link: "Page and Instagram account",
  professional_account: "Professional account",
  message_access: "Allow access to messages",
  app_subscription: "The app listens to Instagram",
  page_subscription: "The Page reports to the app",
  deliveries: "Deliveries",
  human_agent: "Replies after 24 hours",
  token: "Key to the Page",
};

/** What each permission lets the desk do, as a person would say it. */
const PERMISSION_TITLES: Record<RequiredScope, string> = {
  instagram_basic: "Permission to see the Instagram account",
  instagram_manage_messages: "Permission to read and answer messages",
  pages_manage_metadata: "Permission to hear of new messages",
  pages_show_list: "Permission to list your Pages",
  pages_messaging: "Permission to send through the Page",
  pages_read_engagement: "Permission to receive the Page's events",
};

/** What there is to say, by part and by what was found of it. */
const SAID: Record<string, Record<string, Said>> = {
  sign_in: {
    signed_in: (facts) => `Facebook accepts the login of ${person(facts)}.`,
    app_removed: (facts) =>
      `${Person(facts)} has removed this app in Facebook's settings, which ends its access. Reconnect, and allow everything again.`,
    password_changed: (facts) =>
      `${Person(facts)} has changed their Facebook password, which ends every login. Reconnect.`,
    checkpoint: (facts) =>
      `Facebook wants to check the account of ${person(facts)}. That person logs in at facebook.com and finishes the check; then reconnect.`,
    unconfirmed: (facts) =>
      `The Facebook account of ${person(facts)} is not confirmed. That person confirms it at facebook.com; then reconnect.`,
    logged_out: (facts) => `The login of ${person(facts)} was ended on Facebook. Reconnect.`,
    app_secret: () =>
      "Facebook does not accept this desk's app secret: it was reset, or mistyped. Who runs this desk copies the secret from the app's dashboard into its settings and starts it again; after a reset every account is then reconnected.",
    app_blocked: () =>
      "Meta has restricted the Facebook app, so nothing of it works. Who runs this desk sees why on the app's dashboard, and appeals or uses another app of its own.",
    app_development: (facts) =>
      `The Facebook app is in development mode, where it serves only people with a role on it, and ${person(facts)} has none. Who runs this desk publishes the app, or gives that person a role.`,
    app_unknown: () =>
      "This desk does not know the Facebook app any more through which the account was connected. Connect it again.",
  },
  page_role: {
    allowed: (facts) => `${Person(facts)} may do “Messages” and “Community activity” on ${facts.pageName}.`,
    not_told: () => "Facebook does not tell what this login may do on the Page.",
    gone: (facts) =>
      `${Person(facts)} has no role on ${facts.pageName} any more. Someone with full control gives it back under “Page access”, or somebody else who has it reconnects.`,
    refused: (facts) =>
      `Facebook does not open ${facts.pageName} to this login. Check the role under “Page access”, then reconnect.`,
    no_messaging: (facts) =>
      `${Person(facts)} may not do “Messages” on ${facts.pageName} any more. Someone with full control allows it under “Page access”.`,
    no_moderate: (facts) =>
      `${Person(facts)} may not do “Community activity” on ${facts.pageName} any more, which keeps this desk from being told of messages. Someone with full control allows it under “Page access”.`,
    no_tasks: (facts) =>
      `${Person(facts)} may do neither “Messages” nor “Community activity” on ${facts.pageName} any more. Someone with full control allows both under “Page access”.`,
  },
  page_link: {
    linked: (facts) => `${facts.pageName} speaks for @${facts.username}.`,
    unlinked: (facts) =>
      `@${facts.username} is not linked to ${facts.pageName} any more. Link it again in the Page's settings under “Linked accounts”; if it moved to another Page, reconnect through that one.`,
    moved: (facts, { username }) =>
      `${facts.pageName} is linked to ${username ? `@${username}` : "another Instagram account"} now. Link @${facts.username} again under “Linked accounts”, reconnect it through the Page it belongs to now, or connect ${username ? `@${username}` : "the other account"} as a channel of its own.`,
    unverified: (facts) =>
      `Facebook cannot verify the link between ${facts.pageName} and @${facts.username}. Check “Linked accounts” in the Page's settings, and switch two-factor authentication on in Instagram.`,
  },
  professional_account: {
    professional: (facts) => `@${facts.username} is a professional account.`,
    personal: (facts) =>
      `@${facts.username} has become a personal account, and Instagram shares messages of professional ones only. Switch it back in the Instagram app: Settings → Account type and tools → Switch to professional account.`,
    restricted: (facts) =>
      `Instagram has restricted @${facts.username}. Open the Instagram app and settle the notice that it shows there.`,
  },
  message_access: {
    open: () => "Instagram shares the account's messages with connected tools.",
    off: (facts) =>
      `@${facts.username} does not share its messages. In the Instagram app open Settings → Messages and story replies → Message controls → Connected tools, and switch “Allow access to messages” on.`,
    refused: (_facts, { refusal }) =>
      `Facebook does not show the account's messages (its code ${refusal ?? "is unknown"}). Check “Allow access to messages” in the Instagram app, then reconnect.`,
  },
  app_subscription: {
    subscribed: () => "Facebook sends Instagram's messages to this desk.",
    not_told: () => "Facebook does not tell.",
    none: () =>
      "The Facebook app is not subscribed to Instagram's messages, so none are sent here. Press “Subscribe the app” on the channel's page, or do it on the app's dashboard under Webhooks → Instagram.",
    inactive: () =>
      "Facebook has switched the app's webhooks off, as it does when an address does not answer for long. Subscribe it anew.",
    no_messages: () =>
      "The Facebook app listens to Instagram, but not to the field “messages”. Press “Subscribe the app” on the channel's page, or tick the field on the app's dashboard under Webhooks → Instagram.",
    other_address: (_facts, { address }) =>
      `Facebook sends Instagram's messages to ${address}. Whether that leads here cannot be known until a message comes.`,
  },
  page_subscription: {
    subscribed: (facts) => `${facts.pageName} reports its messages to the app.`,
    resubscribed: (facts) =>
      `Facebook had dropped the subscription of ${facts.pageName}; this desk subscribed it again.`,
    dropped: (facts) =>
      `Facebook has dropped the subscription of ${facts.pageName}, and did not take a new one. Press “Subscribe again” on the channel's page.`,
    refused: (facts) => `Facebook does not say whether ${facts.pageName} reports to the app. Reconnect the channel.`,
  },
  deliveries: {
    heard: () => "Everything that Instagram shows in the newest conversations has come here.",
    nothing_yet: (facts) => `Cannot be known until somebody writes to @${facts.username}.`,
    never_came: () =>
      "Instagram has messages that were never delivered here. If the Facebook app is in development mode, only test events and messages of its own testers come: who runs this desk publishes it. If it is published, its webhook address must answer from the internet.",
    stopped: () =>
      "Instagram has messages that were not delivered here. Facebook delivers only what is answered: who runs this desk checks that its address answers from the internet, and that the app is still published: in development mode only test events come.",
  },
  human_agent: {
    accepted: () => "Facebook has accepted a reply to a customer who had waited for more than 24 hours.",
    refused: () =>
      "Facebook refused a reply after 24 hours: the app lacks the feature “Human Agent”. Who runs this desk asks for it in the app's App Review. Replies within 24 hours work.",
  },
  token: {
    valid: () => "Facebook accepts the key.",
    ends_soon: (facts) =>
      `The key with which this desk speaks for ${facts.pageName} ends soon. Reconnect before, and nothing is interrupted.`,
    expired: (facts) => `The key with which this desk speaks for ${facts.pageName} has expired. Reconnect.`,
    invalid: (facts) =>
      `Facebook does not accept the key any more with which this desk speaks for ${facts.pageName}. Reconnect.`,
    wrong_key: (facts) =>
      `The key that this desk keeps for ${facts.pageName} belongs to another Page or app. Reconnect.`,
    undecryptable: () =>
      "This desk cannot decrypt the key, because its ENCRYPTION_KEY was changed. Who runs the desk adds the former key, or reconnect.",
  },
};

const PERMISSION: Record<string, (scope: RequiredScope, facts: DoctorFacts) => string> = {
  granted: (scope) => `Granted. It is needed ${REQUIRED_SCOPES[scope]}.`,
  missing: (scope) => `The ${named(scope)} is not granted. Have Facebook ask again, and leave it ticked.`,
  unticked: (scope, facts) =>
    `The ${named(scope)} is granted, but not for ${scope.startsWith("pages_") ? facts.pageName : `@${facts.username}`}, which was not ticked in Facebook's dialog. Have Facebook ask again, choose “Edit previous settings” there and tick it.`,
};

/** Not looked at yet, or not by this connection. */
const NOT_YET: Record<string, string> = {
  human_agent:
    "Facebook does not tell. It shows with the first reply to a customer who has waited for more than 24 hours.",
};

/** One part of a connection in words. */
export function doctorWords(finding: Pick<Finding, "line" | "code" | "evidence">, facts: DoctorFacts): DoctorWords {
  const { line, code, evidence } = finding;
  if (code === "told" && typeof evidence.problem === "string") {
    return { title: doctorTitle(line), sentence: evidence.problem };
  }
  const scope = scopeOf(line);
  if (scope) return { title: doctorTitle(line), sentence: PERMISSION[code]?.(scope, facts) ?? unknownWords(line) };
  return { title: doctorTitle(line), sentence: SAID[line]?.[code]?.(facts, evidence) ?? unknownWords(line) };
}

export function doctorTitle(line: string): string {
  const scope = scopeOf(line);
  return scope ? PERMISSION_TITLES[scope] : (TITLES[line as keyof typeof TITLES] ?? line);
}

/** In words, and by the name that Facebook's dialog shows. */
function named(scope: RequiredScope): string {
  const title = PERMISSION_TITLES[scope];
  return `${title.charAt(0).toLowerCase()}${title.slice(1)} (${scope})`;
}

export function notYetWords(line: string): string {
  return NOT_YET[line] ?? "Not looked at yet.";
}

/** @param cause title of what has to be mended first */
export function waitingWords(cause: string): string {
  return `Cannot be known until “${cause}” is mended.`;
}

function unknownWords(line: string): string {
  return `Something is not right with “${doctorTitle(line)}”. Reconnect the channel.`;
}

export function scopeOf(line: string): RequiredScope | null {
  const name = line.startsWith("permission:") ? line.slice("permission:".length) : "";
  return Object.hasOwn(REQUIRED_SCOPES, name) ? (name as RequiredScope) : null;
}
