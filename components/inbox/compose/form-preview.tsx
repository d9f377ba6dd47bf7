import { QuickReplies, TemplateButtons, TemplateCards } from "../thread/template-cards";
import { type FormDraft, filledButtons, filledCard } from "./form-draft";

/** How the customer will see it. */
export function FormPreview({ draft }: { draft: FormDraft }) {
  const cards = draft.cards.map(filledCard);
  const replies = draft.quickReplies.filter((title) => title.trim() !== "").map((title) => ({ title }));
  return (
    <section aria-label="Preview" className="rounded-card bg-ground p-3">
      <p className="mb-2 text-faint text-xs">As the customer will see it</p>
      {draft.kind === "quick-replies" && (
        <>
          <p className="w-fit rounded-bubble bg-theirs px-3.25 py-2 text-soft">Your reply</p>
          <QuickReplies replies={replies} />
        </>
      )}
      {draft.kind === "buttons" && (
        <div className="w-56 overflow-hidden rounded-bubble bg-theirs">
          <p dir="auto" className="break-words px-3.25 py-2">
            {draft.text || "Your text"}
          </p>
          <TemplateButtons buttons={filledButtons(draft.buttons)} />
        </div>
      )}
      {draft.kind === "cards" && (
        <TemplateCards cards={cards.map((card) => ({ ...card, title: card.title || "Title" }))} />
      )}
    </section>
  );
}
