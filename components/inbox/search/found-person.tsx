"use client";

import type { MouseEvent } from "react";
import { searchRanges, searchTerms } from "@/lib/inbox/search-words";
import type { ConversationRow } from "@/lib/inbox/types";
import { Avatar } from "../../ui/avatar";
import { useInbox } from "../inbox-context";
import { avatarUrl } from "../list/avatar-url";
import { previewWords } from "../words/preview-words";
import { Highlighted } from "./highlighted";
import { RESULT_CLASS } from "./result-class";

/** A person who was found, leading to the conversation with them. */
export function FoundPerson({ row, question }: { row: ConversationRow; question: string }) {
  const { inbox, open } = useInbox();
  const { contact } = row;
  const terms = searchTerms(question);
  const handle = contact.username && contact.displayName !== `@${contact.username}` ? `@${contact.username}` : null;
  const second = handle ?? previewWords(row.preview, inbox.viewer.id).text;
  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open(row.id, event.detail === 0);
  };
  return (
    <li>
      <a href={`/inbox/${row.id}`} onClick={onClick} className={RESULT_CLASS}>
        <Avatar id={contact.id} name={contact.displayName} src={avatarUrl(contact)} size={36} />
        <span className="min-w-0">
          <span dir="auto" className="block truncate text-left font-medium">
            <Highlighted text={contact.displayName} ranges={searchRanges(contact.displayName, terms)} />
          </span>
          <span className="block truncate text-sm text-soft" dir="auto">
            {handle ? <Highlighted text={second} ranges={searchRanges(second, terms)} /> : second}
          </span>
        </span>
      </a>
    </li>
  );
}
