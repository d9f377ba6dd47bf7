import { BUTTON_CHARACTERS, MAX_BUTTONS } from "@/lib/inbox/send-limits";
import { Button } from "../../ui/button";
import { type ButtonDraft, EMPTY_BUTTON } from "./form-draft";
import { RowField } from "./row-field";

type ButtonRowsProps = { buttons: ButtonDraft[]; onChange: (buttons: ButtonDraft[]) => void };

/** Up to three buttons: a name, and the address that it opens. */
export function ButtonRows({ buttons, onChange }: ButtonRowsProps) {
  const set = (at: number, to: Partial<ButtonDraft>) =>
    onChange(buttons.map((button, index) => (index === at ? { ...button, ...to } : button)));
  return (
    <div className="flex flex-col gap-2">
      {buttons.map(({ title, url }, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          key={at}
          className="flex flex-col gap-2 desk:flex-row desk:items-end"
        >
          <RowField
            label={`Button ${at + 1}`}
            value={title}
            maxLength={BUTTON_CHARACTERS}
            onChange={(text) => set(at, { title: text })}
          />
          <RowField
            label={`Address of button ${at + 1}`}
            value={url}
            placeholder="Empty: comes back as an answer"
            onChange={(text) => set(at, { url: text })}
            onRemove={() => onChange(buttons.toSpliced(at, 1))}
          />
        </div>
      ))}
      {buttons.length < MAX_BUTTONS && (
        <Button size="sm" className="self-start" onClick={() => onChange([...buttons, EMPTY_BUTTON])}>
          Add a button
        </Button>
      )}
    </div>
  );
}
