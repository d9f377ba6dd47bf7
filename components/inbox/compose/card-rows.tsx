import { CARD_CHARACTERS, MAX_CARDS } from "@/lib/inbox/send-limits";
import { Button } from "../../ui/button";
import { ButtonRows } from "./button-rows";
import { type CardDraft, EMPTY_CARD } from "./form-draft";
import { RowField } from "./row-field";

type CardRowsProps = { cards: CardDraft[]; onChange: (cards: CardDraft[]) => void };

/** Up to ten cards, each with a title and what else it may have. */
export function CardRows({ cards, onChange }: CardRowsProps) {
  const set = (at: number, to: Partial<CardDraft>) =>
    onChange(cards.map((card, index) => (index === at ? { ...card, ...to } : card)));
  return (
    <div className="flex flex-col gap-4">
      {cards.map(({ title, subtitle, imageUrl, url, buttons }, at) => (
        <fieldset
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          key={at}
          aria-label={`Card ${at + 1}`}
          className="flex min-w-0 flex-col gap-2 rounded-card border border-line p-3"
        >
          <RowField
            label="Title"
            value={title}
            maxLength={CARD_CHARACTERS}
            onChange={(text) => set(at, { title: text })}
          />
          <RowField
            label="Subtitle"
            value={subtitle}
            maxLength={CARD_CHARACTERS}
            onChange={(text) => set(at, { subtitle: text })}
          />
          <RowField
            label="Address of the picture"
            value={imageUrl}
            placeholder="https://"
            onChange={(text) => set(at, { imageUrl: text })}
          />
          <RowField
            label="Address that a press opens"
            value={url}
            placeholder="https://"
            onChange={(text) => set(at, { url: text })}
          />
          <ButtonRows buttons={buttons} onChange={(changed) => set(at, { buttons: changed })} />
          {cards.length > 1 && (
            <Button size="sm" variant="danger" className="self-end" onClick={() => onChange(cards.toSpliced(at, 1))}>
              Remove card {at + 1}
            </Button>
          )}
        </fieldset>
      ))}
      {cards.length < MAX_CARDS && (
        <Button size="sm" className="self-start" onClick={() => onChange([...cards, EMPTY_CARD])}>
          Add a card
        </Button>
      )}
    </div>
  );
}
