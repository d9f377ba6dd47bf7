"use client";

import { useSyncExternalStore } from "react";
import { useInbox } from "../inbox-context";
import { EMPTY_FORM, type FormDraft } from "./form-draft";

/** The quick replies, buttons and cards being written to a conversation, and how to change them. */
export function useFormDraft(conversationId: string): [FormDraft, (draft: FormDraft) => void] {
  const { forms } = useInbox().inbox;
  const draft = useSyncExternalStore(
    forms.subscribe,
    () => forms.get(conversationId),
    () => EMPTY_FORM,
  );
  return [draft, (next) => forms.set(conversationId, next)];
}
