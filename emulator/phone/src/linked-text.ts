import { h } from "./dom";

const ADDRESS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/;

/** Text whose web addresses can be followed. */
export function linkedText(text: string): (string | HTMLElement)[] {
  return text
    .split(ADDRESS)
    .map((part, at) => (at % 2 === 1 ? h("a", { href: part, target: "_blank", rel: "noreferrer" }, part) : part));
}
