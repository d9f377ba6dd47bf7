import { ArrowUpRight } from "lucide-react";
import type { Button, Card } from "@/lib/inbox/types";
import { count } from "../words/time-words";
import { CardPicture } from "./card-picture";

/** Cards beside each other, as the customer swipes through them. */
export function TemplateCards({ cards }: { cards: Card[] }) {
  return (
    <ul
      aria-label={count(cards.length, "card")}
      // A row that scrolls must be reachable by keyboard.
      tabIndex={cards.length > 1 ? 0 : undefined}
      className="flex max-w-full gap-2 overflow-x-auto overscroll-x-contain rounded-bubble [list-style-type:''] [scrollbar-width:thin]"
    >
      {cards.map(({ title, subtitle, imageUrl, url, buttons = [] }, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: the cards of a message never change their places
          key={index}
          className="flex w-56 shrink-0 flex-col overflow-hidden rounded-bubble border border-line bg-card"
        >
          {imageUrl && <CardPicture url={imageUrl} />}
          <div className="min-w-0 flex-1 px-3 py-2 text-sm">
            <p dir="auto" className="break-words font-medium">
              {url ? <OutLink url={url}>{title}</OutLink> : title}
            </p>
            {subtitle && (
              <p dir="auto" className="break-words text-soft">
                {subtitle}
              </p>
            )}
          </div>
          <TemplateButtons buttons={buttons} />
        </li>
      ))}
    </ul>
  );
}

/** What the customer can press; here only the links do something. */
export function TemplateButtons({ buttons }: { buttons: Button[] }) {
  if (buttons.length === 0) return null;
  return (
    <ul aria-label="Buttons" className="[list-style-type:'']">
      {buttons.map(({ title, url }, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: the buttons of a message never change their places
          key={index}
          className="border-line border-t px-3 py-1.5 text-center font-medium text-accent-strong text-sm"
        >
          {url ? <OutLink url={url}>{title}</OutLink> : <bdi>{title}</bdi>}
        </li>
      ))}
    </ul>
  );
}

/** The answers that were offered under a message. */
export function QuickReplies({ replies }: { replies: { title: string }[] }) {
  return (
    <ul aria-label="Quick replies" className="mt-1 flex max-w-full flex-wrap justify-end gap-1 [list-style-type:'']">
      {replies.map(({ title }, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: the answers never change their places
          key={index}
          className="rounded-full border border-edge px-2.5 py-0.5 text-soft text-sm"
        >
          <bdi>{title}</bdi>
        </li>
      ))}
    </ul>
  );
}

function OutLink({ url, children }: { url: string; children: string }) {
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow" className="hover:underline">
      <bdi>{children}</bdi>
      <ArrowUpRight aria-hidden="true" className="ml-0.5 inline size-3.5" />
    </a>
  );
}
