import { Notice } from "@/components/ui/notice";

const WORDS: Record<string, { title: string; text: string }> = {
  attempt_expired: {
    title: "This answer from Facebook cannot be used",
    text: "It does not belong to a login that you started in this browser within the last 15 minutes, or it was used before. Nothing was connected. Start again.",
  },
  forbidden: {
    title: "This is not for you to do",
    text: "Only an owner or admin can connect accounts. Ask one of them.",
  },
  not_found: { title: "This channel does not exist any more", text: "Connect the account anew." },
};

const OTHER = { title: "That did not work", text: "Nothing was connected. Start again." };

/** Why the way to Facebook and back ended, by the code in the address. */
export function ConnectRefusal({ code }: { code: string }) {
  const { title, text } = (Object.hasOwn(WORDS, code) && WORDS[code]) || OTHER;
  return (
    <Notice tone="warn" announce title={title}>
      {text}
    </Notice>
  );
}
