import { cx } from "../../ui/cx";

export type BubbleShape = {
  own: boolean;
  startsGroup: boolean;
  endsGroup: boolean;
  /** On its way: lighter until it has left. */
  pending: boolean;
};

/** The bubble that words stand in; where it joins its neighbours its corners are small. */
export function bubbleClass({ own, startsGroup, endsGroup, pending }: BubbleShape): string {
  return cx(
    "w-fit max-w-full break-words rounded-bubble px-3.25 py-2",
    own ? "bg-mine text-on-mine" : "bg-theirs",
    own && !startsGroup && "rounded-tr-joined",
    own && !endsGroup && "rounded-br-joined",
    !own && !startsGroup && "rounded-tl-joined",
    !own && !endsGroup && "rounded-bl-joined",
    pending && "opacity-65",
  );
}
