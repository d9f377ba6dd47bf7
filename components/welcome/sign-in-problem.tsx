import { Notice, type NoticeTone } from "@/components/ui/notice";

type Problem = { tone: NoticeTone; title: string; text: string };

const PROBLEMS: Record<string, Problem> = {
  cancelled: {
    tone: "info",
    title: "You cancelled at Facebook",
    text: "Nothing was shared and nothing has changed. Continue whenever you like.",
  },
  not_a_member: {
    tone: "warn",
    title: "You are not a member of this desk",
    text: "Ask an owner or admin for an invitation link and open it in this browser. If Facebook signed you in as the wrong person, switch accounts on facebook.com first.",
  },
  failed: {
    tone: "bad",
    title: "The desk could not sign you in",
    text: "This is not your fault. Try again in a moment; if it stays, whoever runs this desk finds the reason in its log.",
  },
  Configuration: {
    tone: "bad",
    title: "Sign-in with Facebook is not set up correctly",
    text: "Whoever runs this desk finds the reason in its log.",
  },
};

const FACEBOOK_FAILED: Problem = {
  tone: "bad",
  title: "Facebook did not complete the sign-in",
  text: "Try again. If it stays, whoever runs this desk finds the reason in its log: often the Facebook app's id, secret or redirect address.",
};

/** What went wrong on the way back from Facebook, in words. @param code from the address; anything unknown counts as Facebook's failure */
export function SignInProblem({ code }: { code: string | undefined }) {
  if (!code) return null;
  const problem = (Object.hasOwn(PROBLEMS, code) && PROBLEMS[code]) || FACEBOOK_FAILED;
  return (
    <Notice tone={problem.tone} title={problem.title} announce>
      {problem.text}
    </Notice>
  );
}
