import { SEARCH_RESULTS } from "./search-box";

/** From the box into the first result. */
export function focusFirstResult(): void {
  document.querySelector<HTMLElement>(`#${SEARCH_RESULTS} a`)?.focus();
}
