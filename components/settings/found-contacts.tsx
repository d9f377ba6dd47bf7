import { LocalTime } from "@/components/channels/local-time";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { FoundContact } from "@/lib/inbox/find-contacts";

type FoundContactsProps = { contacts: FoundContact[]; busy: boolean; onPick: (contactId: string) => void };

export function FoundContacts({ contacts, busy, onPick }: FoundContactsProps) {
  if (contacts.length === 0) {
    return (
      <Notice announce title="Nobody here has that name, @username or id.">
        People may have changed their @username since they wrote; try their name. If nothing comes up, this desk keeps
        nothing of them.
      </Notice>
    );
  }
  return (
    <Card
      title={contacts.length === 1 ? "1 person" : `${contacts.length} people`}
      description="Who wrote to several of your accounts is listed once for each: Instagram does not say that they are one."
    >
      <ul aria-label="Found" className="-my-3 divide-y divide-line">
        {contacts.map((contact) => (
          <li key={contact.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
            <Avatar
              id={contact.id}
              name={contact.displayName}
              src={contact.hasPicture ? `/api/inbox/contacts/${contact.id}/avatar` : null}
              size={38}
            />
            <div className="min-w-0 flex-1 basis-40">
              <p className="truncate font-medium">
                {contact.displayName}
                {contact.username && <span className="font-normal text-soft"> @{contact.username}</span>}
              </p>
              <p className="text-faint text-sm">
                {contact.messages === 1 ? "1 message" : `${contact.messages} messages`} with @{contact.channelUsername},
                last <LocalTime at={contact.lastMessageAt} />
              </p>
            </div>
            <Button
              size="sm"
              disabled={busy}
              onClick={() => onPick(contact.id)}
              aria-label={`See what is kept of ${contact.displayName}`}
            >
              See what is kept
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
