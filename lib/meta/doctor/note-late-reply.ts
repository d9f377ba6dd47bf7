import type { Dispatch } from "../../inbox/begin-dispatch";
import type { Ctx } from "../../inbox/context";
import { noteHumanAgent } from "../../inbox/note-human-agent";
import type { GraphError } from "../graph-errors";
import { isTagged } from "../send-body";
import { doctorWords } from "./doctor-words";

/** A reply after 24 hours was accepted: the only evidence that the app may send them. */
export async function noteLateReply(ctx: Ctx, dispatch: Dispatch): Promise<void> {
  if (isTagged(dispatch)) await noteHumanAgent(ctx, { ...dispatch, accepted: true, problem: "" });
}

/** @returns what the message says, when it was refused because the app lacks the feature; else null */
export async function noteLateRefusal(ctx: Ctx, dispatch: Dispatch, error: GraphError): Promise<string | null> {
  // Bare: with a subcode Meta gives another reason, the window's end among them.
  const lacks = isTagged(dispatch) && (error.code === 10 || error.code === 3) && error.subcode === null;
  if (!lacks) return null;
  const finding = { line: "human_agent", code: "refused", evidence: {} };
  const { sentence } = doctorWords(finding, { username: "", pageName: "" });
  await noteHumanAgent(ctx, { ...dispatch, accepted: false, problem: sentence });
  return "Facebook refused this reply because the app lacks the feature “Human Agent”, which replies after 24 hours need. It opens again when they write.";
}
