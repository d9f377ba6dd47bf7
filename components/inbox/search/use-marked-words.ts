"use client";

import { type RefObject, useEffect, useSyncExternalStore } from "react";
import { searchRanges, searchTerms } from "@/lib/inbox/search-words";
import { useInbox } from "../inbox-context";

/** The name under which the style sheet paints them. */
const FOUND = "found";

/**
 * Marks the words that are looked for wherever they stand in the messages of a list. Painted over the text, so that no
 * message is drawn anew; a browser that cannot does without.
 */
export function useMarkedWords(list: RefObject<HTMLElement | null>, conversationId: string): void {
  const { sought } = useInbox().inbox;
  const current = useSyncExternalStore(
    sought.subscribe,
    () => sought.current,
    () => null,
  );
  const question = current?.conversationId === conversationId ? current.question : "";
  useEffect(() => {
    const element = list.current;
    const terms = searchTerms(question);
    if (!element || terms.length === 0 || !("highlights" in CSS)) return;
    let frame = 0;
    const mark = () => {
      frame = 0;
      const ranges = textsOf(element).flatMap((text) =>
        searchRanges(text.data, terms).map(([start, end]) => {
          const range = new StaticRange({
            startContainer: text,
            startOffset: start,
            endContainer: text,
            endOffset: end,
          });
          return range;
        }),
      );
      CSS.highlights.set(FOUND, new Highlight(...ranges));
    };
    mark();
    const changes = new MutationObserver(() => {
      frame ||= requestAnimationFrame(mark);
    });
    changes.observe(element, { childList: true, subtree: true, characterData: true });
    return () => {
      changes.disconnect();
      cancelAnimationFrame(frame);
      CSS.highlights.delete(FOUND);
    };
  }, [list, question]);
}

/** The words of the messages: not those for ears alone, nor what an answer quotes. */
function textsOf(list: HTMLElement): Text[] {
  const walker = document.createTreeWalker(list, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest("[data-message]") && !node.parentElement.closest(".sr-only, button")
      ? NodeFilter.FILTER_ACCEPT
      : NodeFilter.FILTER_REJECT,
  );
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text);
  return texts;
}
