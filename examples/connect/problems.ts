/** What a person reads when something did not work: what happened, and what to do next. */
export type Problem = { title: string; text: string };

const PROBLEMS = {
  declined: {
    title: "Nothing was connected",
    text: "You closed Facebook's window or pressed “Cancel”. Nothing has changed. When you are ready, log in and press “Continue” there.",
  },
  stale: {
    title: "This login is over",
    text: "It was used already, took longer than ten minutes, or began in another browser. Log in again from here.",
  },
  refused: {
    title: "Facebook did not accept the login",
    text: "Nothing was connected. Log in again; if it repeats, tell us and we will look into it.",
  },
  unavailable: {
    title: "That did not work just now",
    text: "Facebook or our message service did not answer. Nothing was lost; try again in a minute.",
  },
  choose: { title: "Choose an account first", text: "Tick one of the accounts below, then press “Connect”." },
} satisfies Record<string, Problem>;

export type ProblemName = keyof typeof PROBLEMS;

export function problemOf(name: string | null): Problem | null {
  return name !== null && Object.hasOwn(PROBLEMS, name) ? PROBLEMS[name as ProblemName] : null;
}

export function missingPermissions(scopes: string[]): Problem {
  return {
    title: scopes.length === 1 ? "A permission is missing" : "Permissions are missing",
    text: `Facebook did not give us ${scopes.join(", ")}: unticked just now, or at an earlier login. Without it, messages can be neither read nor answered. Ask Facebook again and leave everything ticked.`,
  };
}

export const NO_PAGES: Problem = {
  title: "Facebook shows us no Page of yours",
  text: "Either you have no role on a Page, or none was ticked. Ask Facebook again, choose “Edit previous settings” there and tick your Page.",
};
