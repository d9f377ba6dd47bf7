"use client";

import { Download } from "lucide-react";
import { LocalTime } from "@/components/channels/local-time";
import { Button, buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { HeldContact } from "@/lib/inbox/find-contacts";
import type { Answer } from "./answer";
import { ConfirmDialog } from "./confirm-dialog";

type HeldContactCardProps = {
  contact: HeldContact;
  erase: (contactId: string) => Promise<Answer<string>>;
  onErased: (code: string) => void;
  onBack: () => void;
};

export function HeldContactCard({ contact, erase, onErased, onBack }: HeldContactCardProps) {
  const { displayName, username, externalId, channelUsername, held } = contact;
  const facts: [string, React.ReactNode][] = [
    ["Profile", username ? `@${username}, name, picture's address` : "only a number"],
    [
      "Instagram-scoped id",
      <span key="id" className="break-all font-mono text-sm">
        {externalId}
      </span>,
    ],
    ["Conversation with", `@${channelUsername}`],
    ["Messages", contact.messages],
    ["Pictures, voice and files", held.media && `${held.media} addresses at Instagram, no copies`],
    ["Earlier forms of edited messages", held.edits],
    ["Reactions", held.reactions],
    ["Set aside", held.setAside],
    ["First wrote", <LocalTime key="first" at={contact.firstWroteAt} />],
    ["Last message", <LocalTime key="last" at={contact.lastMessageAt} />],
  ];
  return (
    <Card
      title={`What is kept of ${displayName}`}
      actions={
        <Button size="sm" variant="quiet" onClick={onBack}>
          Back
        </Button>
      }
    >
      <dl className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)] gap-x-4 gap-y-2 text-sm">
        {facts
          .filter(([, value]) => value !== 0)
          .map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-soft">{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <a href={`/api/inbox/contacts/${contact.id}/export`} download className={buttonClass()}>
          <Download aria-hidden="true" className="size-4" />
          Download everything
        </a>
        <ConfirmDialog
          title={`Erase everything of ${displayName}?`}
          description="Their profile and the whole conversation, your replies too, leave this desk for every colleague at once. Replies that wait are not sent. This cannot be taken back; on Instagram the conversation stays as it is."
          trigger={<Button variant="danger">Erase everything</Button>}
          confirm="Erase"
          act={() => erase(contact.id)}
          onDone={onErased}
        />
      </div>
    </Card>
  );
}
