"use client";

import type { ContactDetails, ConversationRow } from "@/lib/inbox/types";
import { Dialog } from "../../ui/dialog";
import { ContactPanel } from "./contact-panel";

type ContactDialogProps = { contact: ContactDetails; conversation: ConversationRow; onClose: () => void };

/** The contact panel where the screen has no room for it beside the conversation. */
export function ContactDialog({ contact, conversation, onClose }: ContactDialogProps) {
  return (
    <Dialog title={`About ${contact.displayName}`} open onOpenChange={(open) => !open && onClose()} className="w-80">
      <ContactPanel contact={contact} conversation={conversation} />
    </Dialog>
  );
}
