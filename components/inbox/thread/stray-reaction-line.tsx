import { timeOfDay } from "../words/time-words";
import type { StrayReaction } from "./stray-reactions";

type StrayReactionLineProps = { reaction: StrayReaction; name: string; zone: string };

/** A reaction to a message that the desk never had: from before it was connected, or kept back by Instagram. */
export function StrayReactionLine({ reaction, name, zone }: StrayReactionLineProps) {
  return (
    <li className="pt-3 text-center text-faint text-xs">
      {name} reacted {reaction.emoji} to a message that is not here,{" "}
      <time dateTime={new Date(reaction.at).toISOString()} className="tabular">
        {timeOfDay(reaction.at, zone)}
      </time>
    </li>
  );
}
