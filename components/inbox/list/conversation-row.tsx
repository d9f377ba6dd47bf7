"use client";

import {
  AtSign,
  Bot,
  CircleAlert,
  CircleHelp,
  Clock3,
  EyeOff,
  FileText,
  Hand,
  Image,
  Mic,
  Reply,
  Send,
  Sparkle,
  Undo2,
  Video,
} from "lucide-react";
import { type MouseEvent, memo } from "react";
import { answeredElsewhere, callsPeople } from "@/lib/inbox/switchboard";
import type { ConversationRow as Row } from "@/lib/inbox/types";
import { Avatar } from "../../ui/avatar";
import { cx } from "../../ui/cx";
import { hueOf } from "../../ui/initials";
import { useInbox, useNow } from "../inbox-context";
import { rowClock, type Urgency } from "../words/clocks";
import { controlWords } from "../words/control-words";
import { type PreviewGlyph, previewWords } from "../words/preview-words";
import { ageInWords, count, shortAge } from "../words/time-words";
import { avatarUrl } from "./avatar-url";
import { rowId } from "./focus-row";
import { ROW_REM } from "./use-row-window";

type ConversationRowProps = {
  row: Row;
  index: number;
  current: boolean;
  /** The one row that Tab stops at; arrows go on from there. */
  tabStop: boolean;
  onFocus: (id: string) => void;
  /** Draws the channel's colour; only where several accounts share the list. */
  marksChannel: boolean;
};

const GLYPHS: Record<PreviewGlyph, typeof Reply> = {
  video: Video,
  voice: Mic,
  file: FileText,
  share: Send,
  once: EyeOff,
  reply: Reply,
  mention: AtSign,
  photo: Image,
  unsent: Undo2,
  failed: CircleAlert,
  unconfirmed: CircleHelp,
  sending: Clock3,
  other: Sparkle,
};

const CLOCK_TONES: Record<Urgency, string> = {
  quiet: "text-faint",
  soon: "font-medium text-warn",
  late: "font-medium text-bad",
};

export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { row, index, current, tabStop, onFocus, marksChannel } = props;
  const { inbox, open, zone } = useInbox();
  const now = useNow();
  const { glyph, text } = previewWords(row.preview, inbox.viewer.id);
  const clock = rowClock(row, now);
  const words = controlWords(row.control);
  const control = words?.asks || answeredElsewhere(row.control) ? words : null;
  const unread = row.unread > 0;
  const calls = callsPeople(row);
  const Glyph = glyph && GLYPHS[glyph];

  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    // A click without a pointer came from the Enter key.
    open(row.id, event.detail === 0);
  };

  return (
    <li className="absolute inset-x-0" style={{ top: `${index * ROW_REM}rem`, height: `${ROW_REM}rem` }}>
      <a
        id={rowId(row.id)}
        href={`/inbox/${row.id}`}
        aria-current={current ? "page" : undefined}
        aria-label={[
          row.contact.displayName,
          unread && count(row.unread, "unread message"),
          text,
          ageInWords(row.lastMessageAt, now, zone),
          clock.words,
          control?.text,
        ]
          .filter(Boolean)
          .join(", ")}
        tabIndex={tabStop ? 0 : -1}
        onFocus={() => onFocus(row.id)}
        onClick={onClick}
        onPointerEnter={() => inbox.pages.prefetch(row.id)}
        className={cx(
          "relative grid h-full grid-cols-[2.5rem_minmax(0,1fr)_auto] items-center gap-x-2.5 rounded-xl px-2.5 -outline-offset-2",
          current ? "bg-card ring-1 ring-line" : "hover:bg-ground",
        )}
      >
        {marksChannel && (
          <span
            className="absolute inset-y-3 left-0 w-0.75 rounded-full"
            style={{ background: `oklch(0.65 0.13 ${hueOf(row.channelId)})` }}
          />
        )}
        <Avatar
          id={row.contact.id}
          name={row.contact.displayName}
          src={avatarUrl(row.contact)}
          story={row.preview?.kind === "story_mention"}
        />
        <span className="min-w-0">
          <span className="flex min-w-0 items-center gap-1.5">
            <span dir="auto" className={cx("truncate", calls ? "font-semibold" : "font-medium")}>
              {row.contact.displayName}
            </span>
            {control && <ControlMark asks={control.asks} />}
          </span>
          <span
            className={cx(
              "mt-0.5 flex min-w-0 items-center gap-1 text-sm",
              glyph === "failed" || glyph === "unconfirmed" ? "text-bad" : calls ? "text-ink" : "text-soft",
            )}
          >
            {Glyph && <Glyph aria-hidden="true" className="size-3.5 shrink-0 stroke-[1.9]" />}
            <span className="truncate" dir="auto">
              {text}
            </span>
          </span>
        </span>
        <span className="tabular flex flex-col items-end gap-1 self-center whitespace-nowrap text-2xs">
          <span className="flex items-center gap-1.5 text-faint">
            {shortAge(row.lastMessageAt, now, zone)}
            {unread && (
              <span className={cx("size-2 rounded-full", calls ? "bg-accent" : "border border-edge bg-transparent")} />
            )}
          </span>
          <span title={clock.words} className={CLOCK_TONES[clock.urgency]}>
            {clock.short}
          </span>
        </span>
      </a>
    </li>
  );
});

/** Somebody else answers it, or asks the people of the desk to. */
function ControlMark({ asks }: { asks: boolean }) {
  const Icon = asks ? Hand : Bot;
  return (
    <Icon
      aria-hidden="true"
      className={cx("size-3.5 shrink-0 stroke-[1.9]", asks ? "text-accent-strong" : "text-faint")}
    />
  );
}
