import { readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256Hex } from "@/lib/crypto";
import { isAppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { acceptControl } from "@/lib/inbox/accept-control";
import { addSwitchboardIntegration } from "@/lib/inbox/add-switchboard-integration";
import { advanceReadMark } from "@/lib/inbox/advance-read-mark";
import { answerConnectAttempt } from "@/lib/inbox/answer-connect-attempt";
import { askForHistory } from "@/lib/inbox/ask-for-history";
import {
  type BackFillStep,
  endBackFill,
  readBackFillStep,
  recordBackFillWait,
  recordThreadRead,
  recordThreadsListed,
} from "@/lib/inbox/back-fill-steps";
import { beginDispatch } from "@/lib/inbox/begin-dispatch";
import { breakChannel } from "@/lib/inbox/break-channel";
import { bringFacebookApp } from "@/lib/inbox/bring-facebook-app";
import { cancelBackFill } from "@/lib/inbox/cancel-back-fill";
import { cancelConnectAttempt } from "@/lib/inbox/cancel-connect-attempt";
import { changeRole } from "@/lib/inbox/change-role";
import { claimConnectAttempt } from "@/lib/inbox/claim-connect-attempt";
import { compareNightly, planComparisons } from "@/lib/inbox/compare-nightly";
import { connectChannel } from "@/lib/inbox/connect-channel";
import { readPictureUrl, readProfileTarget, recordProfile } from "@/lib/inbox/contact-profile";
import { type Ctx, write } from "@/lib/inbox/context";
import { encodeCursor } from "@/lib/inbox/cursor";
import { deleteMessages } from "@/lib/inbox/delete-messages";
import { deleteSwitchboard } from "@/lib/inbox/delete-switchboard";
import { disconnectChannel, readLeavingChannel } from "@/lib/inbox/disconnect-channel";
import { eraseChannel } from "@/lib/inbox/erase-channel";
import { eraseContact } from "@/lib/inbox/erase-contact";
import { exportContact } from "@/lib/inbox/export-contact";
import { findContacts, readHeldContact } from "@/lib/inbox/find-contacts";
import { findFacebookApp } from "@/lib/inbox/find-facebook-app";
import { findId } from "@/lib/inbox/find-id";
import { findMissingMessages } from "@/lib/inbox/find-missing-messages";
import { forgetPerson } from "@/lib/inbox/forget-person";
import { giveUpSend } from "@/lib/inbox/give-up-send";
import { handBack } from "@/lib/inbox/hand-back";
import { inviteMember } from "@/lib/inbox/invite-member";
import { keepAttachment } from "@/lib/inbox/keep-attachment";
import { keepClickOrder } from "@/lib/inbox/keep-click-order";
import { keepConnectToken } from "@/lib/inbox/keep-connect-token";
import { listChannelManagers } from "@/lib/inbox/list-channel-managers";
import { listChannels } from "@/lib/inbox/list-channels";
import { listConversations } from "@/lib/inbox/list-conversations";
import { listDeletions } from "@/lib/inbox/list-deletions";
import { listIntegrations } from "@/lib/inbox/list-integrations";
import { listMembers } from "@/lib/inbox/list-members";
import { listMessages } from "@/lib/inbox/list-messages";
import { listSetAside } from "@/lib/inbox/list-set-aside";
import { lockMembers } from "@/lib/inbox/lock-members";
import { lockSwitchboard } from "@/lib/inbox/lock-switchboard";
import { readMediaMessage, recordMedia, reportMediaGone } from "@/lib/inbox/lost-media";
import { markRead } from "@/lib/inbox/mark-read";
import { noteBlocked } from "@/lib/inbox/note-blocked";
import { noteHumanAgent } from "@/lib/inbox/note-human-agent";
import { noteLoginTargets } from "@/lib/inbox/note-login-targets";
import { offerControl } from "@/lib/inbox/offer-control";
import { openConnectAttempt } from "@/lib/inbox/open-connect-attempt";
import type { OutgoingPart } from "@/lib/inbox/outgoing-part";
import { passControl } from "@/lib/inbox/pass-control";
import { pauseChannel } from "@/lib/inbox/pause-channel";
import { reactToMessage } from "@/lib/inbox/react-to-message";
import { readAttachment } from "@/lib/inbox/read-attachment";
import { readChanges } from "@/lib/inbox/read-changes";
import { readChannel } from "@/lib/inbox/read-channel";
import { readChannelChecks } from "@/lib/inbox/read-channel-checks";
import { readCheckTarget } from "@/lib/inbox/read-check-target";
import { readConversation } from "@/lib/inbox/read-conversation";
import { readFindings } from "@/lib/inbox/read-findings";
import { readHistory } from "@/lib/inbox/read-history";
import { readLoginMemory } from "@/lib/inbox/read-login-memory";
import { readMessage } from "@/lib/inbox/read-message";
import { readOwnReaction, readSignalTarget, undoOwnReaction } from "@/lib/inbox/read-signal";
import { readThread } from "@/lib/inbox/read-thread";
import { readUnconfirmed } from "@/lib/inbox/read-unconfirmed";
import { readUsableChannel } from "@/lib/inbox/read-usable-channel";
import { readUser } from "@/lib/inbox/read-user";
import { readWorkspace } from "@/lib/inbox/read-workspace";
import { receiveMessages } from "@/lib/inbox/receive-messages";
import { recordCheck } from "@/lib/inbox/record-check";
import { recordDispatch } from "@/lib/inbox/record-dispatch";
import { refreshConversations } from "@/lib/inbox/refresh-conversations";
import { releaseControl } from "@/lib/inbox/release-control";
import { removeAttachment } from "@/lib/inbox/remove-attachment";
import { removeCustomIntegration } from "@/lib/inbox/remove-custom-integration";
import { removeMember } from "@/lib/inbox/remove-member";
import { removeSwitchboardIntegration } from "@/lib/inbox/remove-switchboard-integration";
import { renameCustomIntegration } from "@/lib/inbox/rename-custom-integration";
import { renameWorkspace } from "@/lib/inbox/rename-workspace";
import { lockReplyTarget } from "@/lib/inbox/reply-target";
import { retryMessage } from "@/lib/inbox/retry-message";
import { revokeInvitation } from "@/lib/inbox/revoke-invitation";
import { searchMessages } from "@/lib/inbox/search-messages";
import { HEART } from "@/lib/inbox/send-limits";
import { sendMessage } from "@/lib/inbox/send-message";
import { setDefaultResponder } from "@/lib/inbox/set-default-responder";
import { setUpSwitchboard } from "@/lib/inbox/set-up-switchboard";
import { startBackFill } from "@/lib/inbox/start-back-fill";
import { startConnectAttempt } from "@/lib/inbox/start-connect-attempt";
import { readStoryMessage, recordStory, reportStoryGone } from "@/lib/inbox/story-media";
import { takeOver } from "@/lib/inbox/take-over";
import { takeSetAside } from "@/lib/inbox/take-set-aside";
import { updateChannel } from "@/lib/inbox/update-channel";
import { updateConversation } from "@/lib/inbox/update-conversation";
import { updateSwitchboard } from "@/lib/inbox/update-switchboard";
import { updateSwitchboardIntegration } from "@/lib/inbox/update-switchboard-integration";
import { updateUser } from "@/lib/inbox/update-user";
import { listAttempts } from "@/lib/webhooks/list-attempts";
import { listWebhooks } from "@/lib/webhooks/list-webhooks";
import { readWebhookEvent } from "@/lib/webhooks/read-webhook-event";
import { removeWebhook } from "@/lib/webhooks/remove-webhook";
import { replayEvents } from "@/lib/webhooks/replay-events";
import { resumeWebhook } from "@/lib/webhooks/resume-webhook";
import { createInboxDoor } from "@/server/doors/inbox";
import { INBOX_ROUTES } from "@/server/doors/inbox-routes";
import { createUploadsDoor } from "@/server/doors/uploads";
import { type DeskFixture, openDesk } from "./desk-fixture";
import { useSettings } from "./settings";
import {
  absentIds,
  everythingOf,
  type Furnished,
  furnishWorkspace,
  type Ids,
  IMAGE,
  REACTED_AT,
} from "./two-workspaces";

/** Nobody reads or writes another workspace's anything: its ids have no effect and are answered like absent ones. */
let desk: DeskFixture;
let we: Furnished;
let others: Furnished;

beforeAll(async () => {
  useSettings();
  desk = await openDesk();
  we = await furnishWorkspace(desk, "17841500000000001");
  others = await furnishWorkspace(desk, "17841500000000002");
});
afterAll(() => desk.close());

test("what is tried below exists: a test with ids of nothing would prove nothing", async () => {
  const everything = await everythingOf(desk, others.workspaceId);
  const { connectState, browser, ...ids } = others.ids;
  for (const id of [...Object.values(ids), sha256Hex(connectState), sha256Hex(browser)]) {
    expect(everything).toContain(id);
  }
});

type Acting = { ctx: Ctx; system: Ctx; workspaceId: string };

/** What is done with ids; several where a file has several verbs. */
type Attempts = ((we: Acting, id: Ids) => Promise<unknown>)[];

const PURE = "asks no database";
const INSIDE = "a step of other verbs, which hand it rows that they have read in their own workspace";
const TOLD = "what Instagram tells of a channel that was found by app and account; no id in it comes from a person";
const SECRET = "whoever holds the secret link or the Facebook login is entitled; ids are not taken";
const OWN = "takes no id and tells nothing";

const PASTED = {
  way: "own_app",
  facebookAppId: null,
  token: "x",
  personId: null,
  previousBrowser: null,
  channelId: null,
} as const;

const VERBS: Record<string, Attempts | string> = {
  "accept-invitation": SECRET,
  "add-custom-integration": OWN,
  "advance-read-mark": [
    ({ system, workspaceId }, { conversationId }) =>
      write(system, (tx) => advanceReadMark(tx, { workspaceId, conversationId, through: 99 })),
  ],
  "answer-connect-attempt": [
    ({ ctx }, { attemptId }) => answerConnectAttempt(ctx, { attemptId, answer: { problem: "x" } }),
  ],
  "apply-parked": TOLD,
  "ask-for-history": [({ ctx }, { channelId }) => askForHistory(ctx, { channelId })],
  "back-fill-steps": [
    ({ system, workspaceId }, { backFillId }) => readBackFillStep(system, { workspaceId, backFillId }),
    ({ system, workspaceId }, { backFillId, channelId }) =>
      recordThreadsListed(system, stepOf({ workspaceId, backFillId, channelId }), { threads: [], next: null }),
    ({ system, workspaceId }, { backFillId, channelId, contactExternalId }) =>
      write(system, (tx) =>
        recordThreadRead(
          tx,
          { ...stepOf({ workspaceId, backFillId, channelId }), thread: threadOf(contactExternalId) },
          { messages: 1, readAt: new Date() },
        ),
      ),
    ({ system, workspaceId }, { backFillId }) =>
      recordBackFillWait(system, { workspaceId, backFillId }, { ms: 1, problem: "x", failed: true }),
    ({ system, workspaceId }, { backFillId }) => endBackFill(system, { workspaceId, backFillId }, "x"),
  ],
  "ask-for-check": "asks for a look that only its own channel's job does, and tells nothing",
  "begin-dispatch": [
    ({ system, workspaceId }, id) => beginDispatch(system, { workspaceId, messageId: id.failedId }),
    ({ system, workspaceId }, id) => beginDispatch(system, { workspaceId, messageId: id.unconfirmedId }),
  ],
  "break-channel": [
    ({ system, workspaceId }, { channelId }) =>
      breakChannel(system, { workspaceId, channelId, problem: "x", problemCode: "token" }),
  ],
  "cancel-back-fill": [({ ctx }, { channelId }) => cancelBackFill(ctx, { channelId })],
  "channel-finding": PURE,
  "channel-news": PURE,
  "cancel-connect-attempt": [({ ctx }, { browser }) => cancelConnectAttempt(ctx, { browser })],
  "change-quotes": INSIDE,
  "change-role": [({ ctx }, { memberId }) => changeRole(ctx, { memberId, role: "owner" })],
  "claim-connect-attempt": [
    ({ ctx }, { connectState, browser }) => claimConnectAttempt(ctx, { state: connectState, browser }),
  ],
  "claim-own-send": INSIDE,
  "compare-nightly": [
    ({ system, workspaceId }, { channelId }) => compareNightly(system, { workspaceId, channelId }),
    ({ system }) => planComparisons(system),
  ],
  "connect-channel": [
    ({ ctx }, { attemptId }) =>
      connectChannel(ctx, {
        attemptId,
        facebookAppId: "1",
        page: { id: "1", name: "x" },
        token: { value: "x", expiresAt: null, dataAccessExpiresAt: null },
        account: { id: "1", username: "x", name: null, pictureUrl: null },
        problem: null,
      }),
  ],
  "connect-secrets": PURE,
  "contact-profile": [
    ({ ctx }, { contactId }) => readPictureUrl(ctx, { contactId }),
    ({ system, workspaceId }, { contactId }) => readProfileTarget(system, { workspaceId, contactId }),
    ({ system, workspaceId }, { contactId, channelId }) =>
      recordProfile(
        system,
        { workspaceId, contactId, channelId, externalId: "x", facebookAppId: "1", tokenSealed: null },
        { problem: "x" },
      ),
  ],
  "content-hash": PURE,
  context: PURE,
  cursor: PURE,
  "deauthorize-person": TOLD,
  "disconnect-channel": [
    ({ ctx }, { channelId }) => readLeavingChannel(ctx, { channelId, history: "keep" }),
    ({ ctx }, { channelId }) => disconnectChannel(ctx, { channelId, history: "keep" }),
    ({ ctx }, { channelId }) => disconnectChannel(ctx, { channelId, history: "erase", confirmation: "nora.ceramics" }),
  ],
  "delete-messages": [
    ({ ctx }, { conversationId }) => deleteMessages(ctx, { conversationId }),
    ({ ctx }, { messageId }) => deleteMessages(ctx, { conversationId: we.ids.conversationId, messageId }),
  ],
  "forget-person": [({ ctx }, { contactId }) => forgetPerson(ctx, { id: contactId })],
  "rename-custom-integration": [
    ({ ctx }, { integrationId }) => renameCustomIntegration(ctx, { id: integrationId, name: "x" }),
  ],
  workspaces: "what keys of the whole installation do, which the door checks; members never come here",
  "display-name": PURE,
  "edit-messages": TOLD,
  "erase-channel": [({ system, workspaceId }, { channelId }) => eraseChannel(system, { workspaceId, channelId })],
  "erase-contact": [({ ctx }, { contactId }) => write(ctx, (tx) => eraseContact(tx, { contactId }))],
  "erased-contacts": INSIDE,
  "export-contact": [({ ctx }, { contactId }) => exportContact(ctx, { contactId })],
  "erase-person": "what Facebook asks for in a person's name, in every workspace that knows them",
  "find-id": [
    ({ ctx }, id) => findId(ctx, { of: "conversation", range: { from: id.conversationId, to: id.conversationId } }),
    ({ ctx }, id) => findId(ctx, { of: "contact", range: { from: id.contactId, to: id.contactId } }),
    ({ ctx }, id) => findId(ctx, { of: "message", range: { from: id.messageId, to: id.messageId } }),
    ({ ctx }, id) => findId(ctx, { of: "channel", range: { from: id.channelId, to: id.channelId } }),
    ({ ctx }, id) => findId(ctx, { of: "customIntegration", range: { from: id.integrationId, to: id.integrationId } }),
    ({ ctx }, id) => findId(ctx, { of: "switchboardIntegration", range: { from: id.responderId, to: id.responderId } }),
    ({ ctx }, id) => findId(ctx, { of: "webhook", range: { from: id.webhookId, to: id.webhookId } }),
  ],
  "find-workspace": "reads which workspace an address names, before a key is asked whether it belongs to it",
  "find-channel-claims": "says of an account that it is connected elsewhere, and nothing else, on purpose",
  "find-facebook-app": [
    ({ system, workspaceId }, { facebookAppId }) => findFacebookApp(system, { workspaceId, facebookAppId }),
  ],
  "find-contacts": [
    ({ ctx }, { contactExternalId }) => findContacts(ctx, { words: contactExternalId }),
    ({ ctx }, { contactId }) => readHeldContact(ctx, { contactId }),
  ],
  "bring-facebook-app": [
    ({ ctx }, { facebookAppId }) =>
      bringFacebookApp(ctx, { id: facebookAppId, name: null, secret: "x" }).then(() => "brought"),
  ],
  "list-brought-apps": "tells the door at which Meta delivers the keys of every app, and nobody else",
  "connect-way": PURE,
  "keep-connect-token": [
    ({ ctx }, { channelId }) => keepConnectToken(ctx, { ...PASTED, channelId }),
    ({ ctx }, { browser }) => keepConnectToken(ctx, { ...PASTED, previousBrowser: browser }).then(() => "kept"),
    ({ ctx }, { facebookAppId }) => keepConnectToken(ctx, { ...PASTED, facebookAppId }).then(() => "kept"),
  ],
  "find-channels": "finds the workspace in the first place",
  "find-messages": INSIDE,
  "find-people": INSIDE,
  "find-missing-messages": [
    ({ system, workspaceId }, { channelId, externalId }) =>
      findMissingMessages(system, { workspaceId, channelId, externalIds: [externalId] }).then(() => "asked"),
  ],
  "finish-connect-attempts": INSIDE,
  "give-up-send": [({ system, workspaceId }, id) => giveUpSend(system, { workspaceId, messageId: id.unconfirmedId })],
  "index-words": OWN,
  "invite-member": [({ ctx }) => inviteMember(ctx, { role: "agent" }).then(() => "invited")],
  "keep-attachment": [
    ({ ctx }, { conversationId }) =>
      keepAttachment(ctx, {
        contentType: "image/png",
        name: "x",
        content: Buffer.from("x"),
        forMessage: false,
        conversationId,
      }),
  ],
  "keep-click-order": [
    ({ system, workspaceId }, { conversationId, messageId }) =>
      write(system, (tx) =>
        keepClickOrder(tx, { workspaceId, conversationId, messageId, from: new Date(0), to: new Date() }),
      ),
  ],
  "keep-receipt": INSIDE,
  "keep-findings": INSIDE,
  "keep-upload": INSIDE,
  "list-channel-managers": [({ ctx }) => listChannelManagers(ctx).then(withoutOwn)],
  "list-channels": [({ ctx }) => listChannels(ctx).then(withoutOwn)],
  "list-conversations": [
    ({ ctx }, { conversationId }) =>
      listConversations(ctx, { after: encodeCursor(Date.now() + 1000, conversationId) }).then(withoutOwn),
  ],
  "list-deletions": [({ ctx }) => listDeletions(ctx).then(withoutOwn)],
  "list-members": [({ ctx }) => listMembers(ctx).then(withoutOwn)],
  "list-set-aside": [({ ctx }) => listSetAside(ctx, {}).then(withoutOwn)],
  "lock-members": [
    ({ system }, { memberId }) => write(system, (tx) => lockMembers(tx.db, we.member, memberId)).then(withoutOwn),
  ],
  "lost-media": [
    ({ ctx }, { imageMessageId }) => reportMediaGone(ctx, { messageId: imageMessageId }),
    ({ system, workspaceId }, { imageMessageId }) =>
      readMediaMessage(system, { workspaceId, messageId: imageMessageId }),
    ({ system, workspaceId }, { imageMessageId, conversationId, channelId }) =>
      recordMedia(
        system,
        {
          workspaceId,
          messageId: imageMessageId,
          conversationId,
          channelId,
          externalId: "x",
          attachments: [{ type: "image", url: IMAGE.payload.url }],
          facebookAppId: "1",
          tokenSealed: null,
        },
        [],
      ),
  ],
  "list-integrations": [
    ({ ctx }, { channelId }) => listIntegrations(ctx, { id: channelId, limit: 10 }),
    ({ ctx }, { integrationId }) => listIntegrations(ctx, { id: integrationId, limit: 10 }),
  ],
  "remove-attachment": [({ ctx }, { attachmentToken }) => removeAttachment(ctx, { token: attachmentToken })],
  "remove-custom-integration": [({ ctx }, { integrationId }) => removeCustomIntegration(ctx, { id: integrationId })],
  "list-messages": [
    ({ ctx }, { conversationId }) => listMessages(ctx, { conversationId }),
    ({ ctx }, { conversationId, messageId }) => listMessages(ctx, { conversationId, before: messageId }),
    ({ ctx }, { conversationId, messageId }) => listMessages(ctx, { conversationId, after: messageId }),
  ],
  "mark-read": [({ ctx }, { conversationId }) => markRead(ctx, { conversationId, through: 99 })],
  "mark-seen": TOLD,
  "member-roles": PURE,
  "note-blocked": [
    ({ system, workspaceId }, { conversationId }) => noteBlocked(system, { workspaceId, conversationId }),
  ],
  "note-deliveries": TOLD,
  "name-contact": TOLD,
  "next-comparison": PURE,
  "note-login-targets": [
    ({ ctx }, { attemptId }) => noteLoginTargets(ctx, { attemptId, targets: new Map([["pages_show_list", ["1"]]]) }),
  ],
  "note-human-agent": [
    ({ system, workspaceId }, { channelId }) =>
      noteHumanAgent(system, { workspaceId, channelId, accepted: false, problem: "x" }),
  ],
  "open-connect-attempt": [({ ctx }, { browser }) => openConnectAttempt(ctx, { browser })],
  "open-conversations": TOLD,
  "outgoing-part": PURE,
  "pause-channel": [
    ({ system, workspaceId }, { channelId }) => pauseChannel(system, { workspaceId, channelId, ms: 60_000 }),
  ],
  "plain-message": PURE,
  "queued-send": INSIDE,
  "react-to-message": [({ ctx }, { messageId }) => reactToMessage(ctx, { messageId, emoji: HEART })],
  "read-back-later": INSIDE,
  "read-changes": [({ system, workspaceId }) => readChanges(system.db, workspaceId, 0).then(withoutOwn)],
  "read-channel": [({ ctx }, { channelId }) => readChannel(ctx, { channelId })],
  "read-deletion": SECRET,
  "read-attachment": [({ ctx }, { attachmentToken }) => readAttachment(ctx, { token: attachmentToken })],
  "read-history": [({ ctx }, { channelId }) => readHistory(ctx, { channelId })],
  "read-channel-checks": [({ ctx }, { channelId }) => readChannelChecks(ctx, { channelId })],
  "read-check-target": [
    ({ system, workspaceId }, { channelId }) => readCheckTarget(system, { workspaceId, channelId }),
  ],
  "read-findings": [({ system, workspaceId }, { channelId }) => readFindings(system.db, { workspaceId, channelId })],
  "read-invitation": SECRET,
  "public-rows": INSIDE,
  "public-types": PURE,
  "read-conversation": [({ ctx }, { conversationId }) => readConversation(ctx, { conversationId })],
  "read-login-memory": [({ ctx }) => readLoginMemory(ctx).then(withoutOwn)],
  "read-message": [({ ctx }, { messageId }) => readMessage(ctx, { messageId })],
  "read-user": [({ ctx }, { contactId }) => readUser(ctx, { id: contactId })],
  "update-channel": [({ ctx }, { channelId }) => updateChannel(ctx, { channelId, apiName: "x" })],
  "update-conversation": [
    ({ ctx }, { conversationId }) => updateConversation(ctx, { conversationId, displayName: "x" }),
  ],
  "update-user": [({ ctx }, { contactId }) => updateUser(ctx, { id: contactId, metadata: { x: 1 } })],
  "read-workspace": [({ ctx }) => readWorkspace(ctx)],
  "read-signal": [
    ({ system, workspaceId }, { conversationId }) => readSignalTarget(system, { workspaceId, conversationId }),
    ({ system, workspaceId }, { messageId }) => readOwnReaction(system, { workspaceId, messageId }),
    ({ system, workspaceId }, { messageId, conversationId, externalId }) =>
      undoOwnReaction(system, { workspaceId, messageId }, { conversationId, externalId, emoji: HEART, at: REACTED_AT }),
  ],
  "read-thread": [({ ctx }, { conversationId }) => readThread(ctx, { conversationId })],
  "read-unconfirmed": [
    ({ system, workspaceId }, id) => readUnconfirmed(system, { workspaceId, messageId: id.unconfirmedId }),
  ],
  "read-usable-channel": [
    ({ ctx }, { channelId }) => readUsableChannel(ctx, { channelId }),
    ({ ctx }, { conversationId }) => readUsableChannel(ctx, { conversationId }),
  ],
  // Even a workspace and a channel that do not belong together: the database refuses the pair.
  "receive-messages": [
    ({ system, workspaceId }, { channelId, contactExternalId }) =>
      receiveMessages(system, [
        {
          workspaceId,
          channelId,
          contactExternalId: `${contactExternalId}1`,
          externalId: newId(),
          origin: "customer",
          kind: "text",
          text: "x",
          attachments: null,
          details: null,
          story: null,
          replyToExternalId: null,
          sentAt: new Date(),
          opensWindow: true,
        },
      ]),
  ],
  "record-check": [
    ({ system, workspaceId }, { channelId }) =>
      recordCheck(system, { workspaceId, channelId, connectedAt: null, findings: [], cause: null }),
  ],
  "record-delivery-event": INSIDE,
  "record-dispatch": [
    ({ system, workspaceId }, id) =>
      recordDispatch(
        system,
        { workspaceId, messageId: id.unconfirmedId, attempt: 1 },
        { type: "failed", code: "x", text: "x" },
      ),
    ({ system, workspaceId }, id) =>
      recordDispatch(
        system,
        { workspaceId, messageId: id.unconfirmedId, attempt: 1 },
        { type: "sent", externalId: "x" },
      ),
  ],
  "record-reactions": TOLD,
  "recount-reactions": INSIDE,
  "refresh-conversations": [
    ({ system, workspaceId }, { conversationId }) =>
      write(system, (tx) => refreshConversations(tx.db, [{ workspaceId, id: conversationId, unread: 5 }])),
  ],
  "remember-reactions": TOLD,
  "remember-texts": TOLD,
  "remove-member": [({ ctx }, { memberId }) => removeMember(ctx, { memberId })],
  "rename-workspace": [({ ctx }) => renameWorkspace(ctx, { name: "Ours" })],
  "reply-target": [
    ({ system }, { conversationId }) => write(system, (tx) => lockReplyTarget(tx, we.member, conversationId)),
  ],
  "reply-window": PURE,
  "retry-message": [
    ({ ctx }, { failedId }) => retryMessage(ctx, { messageId: failedId }),
    ({ ctx }, { unconfirmedId }) => retryMessage(ctx, { messageId: unconfirmedId }),
  ],
  "revoke-invitation": [({ ctx }, { invitationId }) => revokeInvitation(ctx, { id: invitationId })],
  rows: INSIDE,
  "search-messages": [
    ({ ctx }, { conversationId }) => searchMessages(ctx, { question: "bowl", conversationId }),
    ({ ctx }, { messageId }) =>
      searchMessages(ctx, { question: "bowl", after: encodeCursor(Date.now(), messageId) }).then(withoutOwn),
    ({ ctx }) => searchMessages(ctx, { question: "canary" }).then(withoutOwn),
  ],
  "search-words": PURE,
  "searchable-texts": PURE,
  "send-limits": PURE,
  "schedule-checks": OWN,
  "send-message": [
    ({ ctx }, { conversationId }) => sendMessage(ctx, { id: newId(), conversationId, parts: [text("x")] }),
    ({ ctx }, { messageId }) =>
      sendMessage(ctx, {
        id: newId(),
        conversationId: we.ids.conversationId,
        parts: [text("x")],
        replyTo: messageId,
      }),
    ({ ctx }, { uploadId }) =>
      sendMessage(ctx, {
        id: newId(),
        conversationId: we.ids.conversationId,
        parts: [{ type: "media", media: "image", uploadIds: [uploadId] }],
      }),
    ({ ctx }, { attachmentToken }) =>
      sendMessage(ctx, {
        id: newId(),
        conversationId: we.ids.conversationId,
        parts: [text("x")],
        attachment: attachmentToken,
      }).then(() => "sent"),
  ],
  "set-aside-items": TOLD,
  "set-aside-of": PURE,
  switchboard: PURE,
  "count-unread": INSIDE,
  "create-switchboard": OWN,
  "set-up-switchboard": [({ ctx }, { integrationId }) => setUpSwitchboard(ctx, { integrationId, bot: true })],
  "read-switchboard": OWN,
  "lock-switchboard": [({ ctx }, { switchboardId }) => write(ctx, (tx) => lockSwitchboard(tx, { switchboardId }))],
  "update-switchboard": [
    ({ ctx }, { switchboardId }) => updateSwitchboard(ctx, { switchboardId, enabled: false }),
    ({ ctx }, { responderId: defaultId }) => updateSwitchboard(ctx, { ...ours(), defaultId }),
  ],
  "delete-switchboard": [({ ctx }, { switchboardId }) => deleteSwitchboard(ctx, { switchboardId })],
  "settle-switchboard-integration": INSIDE,
  "add-switchboard-integration": [
    ({ ctx }, { switchboardId, integrationId }) =>
      addSwitchboardIntegration(ctx, { switchboardId, integrationId, name: "x" }),
    ({ ctx }, { integrationId }) => addSwitchboardIntegration(ctx, { ...ours(), integrationId, name: "x" }),
    ({ ctx }, { responderId: nextId }) =>
      addSwitchboardIntegration(ctx, { ...ours(), nextId, integrationType: "zd:agentWorkspace", name: "x" }),
  ],
  "update-switchboard-integration": [
    ({ ctx }, { switchboardId, responderId: id }) =>
      updateSwitchboardIntegration(ctx, { switchboardId, id, name: "x" }),
    ({ ctx }, { responderId: id }) => updateSwitchboardIntegration(ctx, { ...ours(), id, name: "x" }),
    ({ ctx }, { integrationId }) =>
      updateSwitchboardIntegration(ctx, { ...ours(), id: we.ids.responderId, integrationId }),
  ],
  "remove-switchboard-integration": [
    ({ ctx }, { switchboardId, responderId: id }) => removeSwitchboardIntegration(ctx, { switchboardId, id }),
    ({ ctx }, { responderId: id }) => removeSwitchboardIntegration(ctx, { ...ours(), id }),
  ],
  "change-control": INSIDE,
  "control-target": PURE,
  "give-to-default": INSIDE,
  "pass-control": [
    ({ ctx }, { conversationId }) => passControl(ctx, { conversationId, to: "bot" }),
    ({ ctx }, { responderId: to }) => passControl(ctx, { conversationId: we.ids.conversationId, to }),
  ],
  "offer-control": [
    ({ ctx }, { conversationId }) => offerControl(ctx, { conversationId, to: "inbox" }),
    ({ ctx }, { responderId: to }) => offerControl(ctx, { conversationId: we.ids.conversationId, to }),
  ],
  "accept-control": [({ ctx }, { conversationId }) => acceptControl(ctx, { conversationId })],
  "release-control": [({ ctx }, { conversationId }) => releaseControl(ctx, { conversationId })],
  "take-over": [({ ctx }, { conversationId }) => takeOver(ctx, { conversationId })],
  "hand-back": [({ ctx }, { conversationId }) => handBack(ctx, { conversationId })],
  "set-default-responder": [
    ({ ctx }, { channelId }) => setDefaultResponder(ctx, { channelId, responderId: null }),
    ({ ctx }, { responderId }) => setDefaultResponder(ctx, { channelId: we.ids.channelId, responderId }),
  ],
  "sign-in-member": SECRET,
  "split-text": PURE,
  "start-back-fill": [
    ({ system, workspaceId }, { channelId }) => startBackFill(system, { workspaceId, channelId, reason: "by_hand" }),
  ],
  "start-connect-attempt": [
    ({ ctx }, { channelId }) => startConnectAttempt(ctx, { way: "login", previousBrowser: null, channelId }),
    ({ ctx }, { browser }) =>
      startConnectAttempt(ctx, { way: "login", previousBrowser: browser, channelId: null }).then(() => "begun"),
  ],
  "story-media": [
    ({ ctx }, { storyMessageId }) => reportStoryGone(ctx, { messageId: storyMessageId }),
    ({ system, workspaceId }, id) => readStoryMessage(system, { workspaceId, messageId: id.storyMessageId }),
    ({ system, workspaceId }, { storyMessageId, conversationId, channelId }) =>
      recordStory(
        system,
        {
          workspaceId,
          messageId: storyMessageId,
          conversationId,
          channelId,
          externalId: "x",
          relation: "mention",
          ended: false,
          facebookAppId: "1",
          tokenSealed: null,
        },
        "gone",
      ),
  ],
  "sweep-connect-attempts": OWN,
  "take-reading-turn": OWN,
  "take-set-aside": [
    ({ ctx }, { setAsideId }) => write(ctx, (tx) => takeSetAside(tx, { id: setAsideId })),
    ({ ctx }, { unclaimedId }) => write(ctx, (tx) => takeSetAside(tx, { id: unclaimedId })),
    ({ ctx }) =>
      write(ctx, (tx) => takeSetAside(tx, { reason: "Not shown yet.", before: new Date(), limit: 100 })).then(
        withoutOwn,
      ),
  ],
  "thread-in-desk": TOLD,
  types: PURE,
  "unsend-messages": TOLD,
  "use-request-once": OWN,
};

function stepOf(id: Pick<BackFillStep, "workspaceId" | "backFillId" | "channelId">): BackFillStep {
  return {
    ...id,
    facebookAppId: "1",
    pageId: "1",
    accountId: "1",
    tokenSealed: Buffer.alloc(0),
    state: "listing",
    cursor: null,
    since: null,
    unreadSince: new Date(0),
    failures: 0,
    secondsOld: 0,
    thread: null,
  };
}

/** Our own switchboard, without any other id. */
function ours(): { switchboardId: string } {
  return { switchboardId: we.ids.switchboardId };
}

function threadOf(contactExternalId: string): NonNullable<BackFillStep["thread"]> {
  return { externalId: `thread-${contactExternalId}`, contactExternalId, contactUsername: null };
}

function text(words: string): OutgoingPart {
  return { type: "text", text: words };
}

/** Events are numbered in one row: ours is the first, theirs the second. */
const THEIR_EVENT = 2;

/** Those of `lib/webhooks` that people call; the public API's are tried route by route. */
const WEBHOOK_VERBS: Record<string, Attempts> = {
  "list-attempts": [({ ctx }, { webhookId }) => listAttempts(ctx, { webhookId })],
  "list-webhooks": [
    ({ ctx }, { webhookId: id }) => listWebhooks(ctx, { id }),
    ({ ctx }) => listWebhooks(ctx).then(withoutOwn),
  ],
  "read-webhook-event": [({ ctx }, { webhookId }) => readWebhookEvent(ctx, { webhookId, number: THEIR_EVENT })],
  "remove-webhook": [({ ctx }, { webhookId }) => removeWebhook(ctx, { webhookId })],
  "replay-events": [
    ({ ctx }, { webhookId }) => replayEvents(ctx, { webhookId, which: "missed" }),
    ({ ctx }, { webhookId }) => replayEvents(ctx, { webhookId, which: { from: 0, to: Date.now() } }),
    ({ ctx }, { webhookId }) => replayEvents(ctx, { webhookId, which: { number: THEIR_EVENT } }),
  ],
  "resume-webhook": [({ ctx }, { webhookId }) => resumeWebhook(ctx, { webhookId })],
};

describe("verbs", () => {
  test("every file of lib/inbox has its row in the table", () => {
    const files = readdirSync("lib/inbox")
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => name.slice(0, -3));
    expect(Object.keys(VERBS).sort()).toEqual(files.sort());
  });

  const rows = Object.entries({ ...VERBS, ...WEBHOOK_VERBS }).flatMap(([name, attempts]) =>
    typeof attempts === "string" ? [] : attempts.map((attempt, n) => [`${name} ${n + 1}`, attempt] as const),
  );

  test.each(rows)("%s", async (_name, attempt) => {
    const acting: Acting = { ctx: we.ctx, system: desk.system, workspaceId: we.workspaceId };
    const before = await everythingOf(desk, others.workspaceId);
    const foreign = await outcomeOf(() => attempt(acting, others.ids));
    expect(await everythingOf(desk, others.workspaceId)).toEqual(before);
    const absent = await outcomeOf(() => attempt(acting, absentIds()));
    expect(foreign).toEqual(absent);
    for (const id of Object.values(others.ids)) expect(JSON.stringify(foreign)).not.toContain(id);
  });
});

type DoorAttempt = { path: (id: Ids) => string; body?: unknown };

const DOORS: Record<string, DoorAttempt[]> = {
  "GET /^\\/me$/": [{ path: () => "/me" }],
  "GET /^\\/conversations$/": [
    { path: (id) => `/conversations?after=${encodeCursor(Date.now() + 1000, id.conversationId)}` },
  ],
  "GET /^\\/conversations\\/([^/]+)$/": [
    { path: (id) => `/conversations/${id.conversationId}` },
    { path: (id) => `/conversations/${id.conversationId}?before=${encodeCursor(Date.now(), id.messageId)}` },
    { path: (id) => `/conversations/${id.conversationId}?around=${id.messageId}` },
  ],
  "POST /^\\/conversations\\/([^/]+)\\/messages$/": [
    { path: (id) => `/conversations/${id.conversationId}/messages`, body: { id: newId(), text: "x" } },
  ],
  "POST /^\\/conversations\\/([^/]+)\\/read$/": [
    { path: (id) => `/conversations/${id.conversationId}/read`, body: { through: 1 } },
  ],
  "POST /^\\/messages\\/([^/]+)\\/retry$/": [
    { path: (id) => `/messages/${id.failedId}/retry`, body: {} },
    { path: (id) => `/messages/${id.unconfirmedId}/retry`, body: {} },
  ],
  "POST /^\\/messages\\/([^/]+)\\/story-gone$/": [
    { path: (id) => `/messages/${id.storyMessageId}/story-gone`, body: {} },
  ],
  "POST /^\\/messages\\/([^/]+)\\/media-gone$/": [
    { path: (id) => `/messages/${id.imageMessageId}/media-gone`, body: {} },
  ],
  "POST /^\\/messages\\/([^/]+)\\/reaction$/": [
    { path: (id) => `/messages/${id.messageId}/reaction`, body: { emoji: HEART } },
    { path: (id) => `/messages/${id.messageId}/reaction`, body: { emoji: null } },
  ],
  "POST /^\\/conversations\\/([^/]+)\\/take-over$/": [
    { path: (id) => `/conversations/${id.conversationId}/take-over`, body: {} },
  ],
  "POST /^\\/conversations\\/([^/]+)\\/hand-back$/": [
    { path: (id) => `/conversations/${id.conversationId}/hand-back`, body: {} },
  ],
  "POST /^\\/conversations\\/([^/]+)\\/typing$/": [
    { path: (id) => `/conversations/${id.conversationId}/typing`, body: {} },
  ],
  "GET /^\\/channels\\/([^/]+)\\/posts$/": [{ path: (id) => `/channels/${id.channelId}/posts` }],
  "GET /^\\/channels\\/([^/]+)\\/history$/": [{ path: (id) => `/channels/${id.channelId}/history` }],
  "POST /^\\/channels\\/([^/]+)\\/history$/": [{ path: (id) => `/channels/${id.channelId}/history`, body: {} }],
  "POST /^\\/channels\\/([^/]+)\\/history\\/cancel$/": [
    { path: (id) => `/channels/${id.channelId}/history/cancel`, body: {} },
  ],
  "GET /^\\/contacts\\/([^/]+)\\/avatar$/": [{ path: (id) => `/contacts/${id.contactId}/avatar` }],
  "GET /^\\/contacts\\/([^/]+)\\/export$/": [{ path: (id) => `/contacts/${id.contactId}/export` }],
  "GET /^\\/channels$/": [{ path: () => "/channels" }],
  "GET /^\\/search$/": [
    { path: (id) => `/search?q=bowl&conversation=${id.conversationId}` },
    { path: (id) => `/search?q=bowl&after=${encodeCursor(Date.now(), id.messageId)}` },
    { path: () => "/search?q=canary" },
  ],
  "GET /^\\/changes$/": [{ path: () => "/changes?after=0" }],
};

describe("doors", () => {
  const ORIGIN = "http://localhost:3000";
  let server: Server;
  let url: string;

  beforeAll(async () => {
    const door = createInboxDoor({
      pool: desk.pool,
      appUrl: ORIGIN,
      readMember: async (cookie) => (cookie === "ours" ? { ...we.member, pictureUrl: null } : null),
    });
    server = createServer((request, response) => void door(request, response, new URL(request.url ?? "", ORIGIN)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/api/inbox`;
  });
  afterAll(() => server.close());

  async function call(method: string, path: string, body: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(url + path, {
      method,
      redirect: "manual",
      headers: { cookie: "ours", origin: ORIGIN, "content-type": "application/json", ...headers },
      ...(method === "POST" ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, location: response.headers.get("location"), text };
  }

  test("every route of the inbox has its row in the table", () => {
    expect(Object.keys(DOORS).sort()).toEqual(INBOX_ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  });

  const rows = Object.entries(DOORS).flatMap(([route, attempts]) =>
    attempts.map((attempt, n) => [`${route} ${n + 1}`, route.slice(0, route.indexOf(" ")), attempt] as const),
  );

  test.each(rows)("%s", async (_name, method, { path, body }) => {
    const before = await everythingOf(desk, others.workspaceId);
    const foreign = await call(method, path(others.ids), body);
    expect(await everythingOf(desk, others.workspaceId)).toEqual(before);
    const absent = await call(method, path(absentIds()), body);
    expect([foreign.status, foreign.location]).toEqual([absent.status, absent.location]);
    if (foreign.status >= 400) expect(foreign.text).toBe(absent.text);
    for (const id of Object.values(others.ids)) expect(foreign.text).not.toContain(id);
  });

  test("POST /uploads", async () => {
    const uploads = createUploadsDoor({ pool: desk.pool, appUrl: ORIGIN, readMember: async () => we.member });
    const own = createServer(
      (request, response) => void uploads(request, response, new URL(request.url ?? "", ORIGIN)),
    );
    await new Promise<void>((resolve) => own.listen(0, "127.0.0.1", resolve));
    const address = own.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const before = await everythingOf(desk, others.workspaceId);
    const answers = await Promise.all(
      [others.ids, absentIds()].map(async ({ conversationId }) => {
        const response = await fetch(`http://127.0.0.1:${port}/?conversation=${conversationId}&name=bowl.png`, {
          method: "POST",
          headers: { origin: ORIGIN, "content-type": "image/png" },
          body: "not even a picture",
        });
        return [response.status, await response.text()];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(await everythingOf(desk, others.workspaceId)).toEqual(before);
    own.close();
  });

  test.each(rows)("signed out, or from another page: %s", async (_name, method, { path, body }) => {
    const before = await everythingOf(desk, we.workspaceId);
    expect((await call(method, path(we.ids), body, { cookie: "" })).status).toBe(401);
    if (method === "POST") {
      expect((await call(method, path(we.ids), body, { origin: "https://evil.example" })).status).toBe(403);
      expect((await call(method, path(we.ids), body, { "content-type": "text/plain" })).status).toBe(422);
    }
    expect(await everythingOf(desk, we.workspaceId)).toEqual(before);
  });
});

/** What came back, or which error in which words. */
async function outcomeOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return { value: (await run()) ?? null };
  } catch (error) {
    if (isAppError(error)) return { code: error.code, message: error.message };
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { failed: cause instanceof Error && "code" in cause ? cause.code : String(cause) };
  }
}

/** A list of our own is the same for any ids; only what might be foreign in it counts. */
function withoutOwn(value: unknown): string {
  const text = JSON.stringify(value instanceof Map ? [...value] : value);
  return others && text.includes(others.workspaceId) ? text : "nothing of the others";
}
