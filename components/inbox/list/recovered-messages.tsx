"use client";

import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "../../ui/icon-button";
import { browserStorage } from "../browser-storage";
import { useChannels } from "../inbox-context";

const SEEN = "replydesk.recovered.";

/** A quiet word about messages that Instagram never reported and the desk fetched by itself. */
export function RecoveredMessages() {
  const [closed, setClosed] = useState<string[]>([]);
  // What this browser has closed before, the server does not know when it draws the page.
  const [known, setKnown] = useState(false);
  useEffect(() => setKnown(true), []);
  const news = useChannels().flatMap(({ id, username, recovered }) => {
    if (!recovered || closed.includes(recovered.id) || (known && browserStorage.read(SEEN + id) === recovered.id))
      return [];
    return [{ ...recovered, channelId: id, username }];
  });
  if (!known || news.length === 0) return null;
  return (
    <ul aria-label="Fetched by the desk" className="border-line border-b">
      {news.map(({ id, channelId, username, messages, conversations }) => (
        <li key={id} role="status" className="flex items-start gap-2 py-1.5 pr-1.5 pl-4 text-soft text-xs">
          <p className="min-w-0 flex-1 py-1">
            {messages === 1 ? "A message" : `${messages} messages`} to @{username} in{" "}
            {conversations === 1 ? "one conversation" : `${conversations} conversations`}
            {messages === 1 ? " was" : " were"} never reported by Instagram. The desk has fetched{" "}
            {messages === 1 ? "it" : "them"}.
          </p>
          <IconButton
            label="Close this note"
            className="size-7 [&_svg]:size-3.5"
            onClick={() => {
              browserStorage.write(SEEN + channelId, id);
              setClosed((before) => [...before, id]);
            }}
          >
            <X />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
