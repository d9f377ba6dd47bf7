"use client";

import { useState } from "react";
import type { OutgoingPart } from "@/lib/inbox/outgoing-part";
import { BUTTON_CHARACTERS, BUTTONS_TEXT_CHARACTERS, MAX_QUICK_REPLIES } from "@/lib/inbox/send-limits";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { RadioGroup } from "../../ui/radio-group";
import { ButtonRows } from "./button-rows";
import { CardRows } from "./card-rows";
import { EMPTY_FORM, type FormDraft, type FormKind, formResult } from "./form-draft";
import { isBlank, withoutSent } from "./form-drafts";
import { FormPreview } from "./form-preview";
import { RowField } from "./row-field";
import { useFormDraft } from "./use-form-draft";

const KINDS: { value: FormKind; label: string; description: string }[] = [
  { value: "quick-replies", label: "Quick replies", description: "Answers to tap under your next message" },
  { value: "buttons", label: "Buttons", description: "A text with up to three buttons" },
  { value: "cards", label: "Cards", description: "Up to ten cards to swipe through" },
];

type FormDialogProps = {
  conversationId: string;
  quickReplies: string[];
  onOffer: (quickReplies: string[]) => void;
  onSend: (part: OutgoingPart) => void;
  onClose: () => void;
};

/** Puts together what is more than words, beside how the customer will see it. Closed, it keeps what is written until that is sent or discarded. */
export function FormDialog({ conversationId, quickReplies, onOffer, onSend, onClose }: FormDialogProps) {
  const [kept, setDraft] = useFormDraft(conversationId);
  const offered = quickReplies.length > 0 && JSON.stringify(kept.quickReplies) === JSON.stringify([""]);
  const draft: FormDraft = offered ? { ...kept, quickReplies } : kept;
  const [problem, setProblem] = useState<string | null>(null);
  const change = (to: Partial<FormDraft>) => {
    setProblem(null);
    setDraft({ ...draft, ...to });
  };
  const finish = () => {
    const result = formResult(draft);
    if ("problem" in result) return setProblem(result.problem);
    if ("part" in result) onSend(result.part);
    else onOffer(result.quickReplies);
    setDraft(withoutSent(draft, draft.kind));
    onClose();
  };
  const discard = () => {
    setDraft(EMPTY_FORM);
    onClose();
  };
  return (
    <Dialog
      title="More than words"
      open
      onOpenChange={(open) => open || onClose()}
      className="w-[min(38rem,calc(100vw-2rem))]"
    >
      <RadioGroup
        label="What to send"
        hideLabel
        className="desk:flex-row desk:[&>div]:flex-1"
        name="form"
        options={KINDS}
        value={draft.kind}
        onValueChange={(kind) => {
          const chosen = KINDS.find(({ value }) => value === kind);
          if (chosen) change({ kind: chosen.value });
        }}
      />
      {draft.kind === "quick-replies" && (
        <QuickReplyRows titles={draft.quickReplies} onChange={(titles) => change({ quickReplies: titles })} />
      )}
      {draft.kind === "buttons" && (
        <>
          <RowField
            label="Text above the buttons"
            value={draft.text}
            maxLength={BUTTONS_TEXT_CHARACTERS}
            onChange={(text) => change({ text })}
          />
          <ButtonRows buttons={draft.buttons} onChange={(buttons) => change({ buttons })} />
        </>
      )}
      {draft.kind === "cards" && <CardRows cards={draft.cards} onChange={(cards) => change({ cards })} />}
      <FormPreview draft={draft} />
      {problem && (
        <p role="alert" className="text-bad text-sm">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        {isBlank(kept) ? (
          <Button onClick={onClose}>Cancel</Button>
        ) : (
          <>
            <Button variant="danger" onClick={discard} className="mr-auto">
              Discard
            </Button>
            <Button onClick={onClose}>Keep for later</Button>
          </>
        )}
        <Button variant="primary" onClick={finish}>
          {draft.kind === "quick-replies" ? "Add to the reply" : `Send ${draft.kind}`}
        </Button>
      </div>
    </Dialog>
  );
}

function QuickReplyRows({ titles, onChange }: { titles: string[]; onChange: (titles: string[]) => void }) {
  return (
    <div className="flex flex-col gap-2">
      {titles.map((title, at) => (
        <RowField
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          key={at}
          label={`Quick reply ${at + 1}`}
          value={title}
          maxLength={BUTTON_CHARACTERS}
          onChange={(text) => onChange(titles.with(at, text))}
          onRemove={titles.length > 1 ? () => onChange(titles.toSpliced(at, 1)) : undefined}
        />
      ))}
      {titles.length < MAX_QUICK_REPLIES && (
        <Button size="sm" className="self-start" onClick={() => onChange([...titles, ""])}>
          Add a quick reply
        </Button>
      )}
    </div>
  );
}
