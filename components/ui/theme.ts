export type Theme = "system" | "light" | "dark";

const KEY = "replydesk:theme";

/** Runs inline in the head: applies the stored choice before anything is painted, and drops the #_=_ that Facebook appends. */
export const THEME_SCRIPT = `if(location.hash==="#_=_")history.replaceState(null,"",location.pathname+location.search);try{var t=localStorage.getItem("${KEY}");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}`;

/** The theme this browser chose; "system" follows the machine. */
export function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    // Storage may be forbidden by the browser; the machine's setting then holds.
    return "system";
  }
}

/** Applies a theme and keeps it for this browser. */
export function chooseTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice holds until the page is left.
  }
}
