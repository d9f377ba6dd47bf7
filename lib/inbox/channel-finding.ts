/** What a look at one part of a connection showed. Moments are milliseconds since 1970. */
export type Finding = {
  /** Which part, e.g. page_link. */
  line: string;
  /** "unknown": it cannot be told. */
  state: "good" | "bad" | "unknown";
  /** What exactly; screens have the words for it. */
  code: string;
  /** Names and moments that the words need; never a secret. */
  evidence: Record<string, string | number | null>;
};

export type KnownFinding = Finding & { checkedAt: number; changedAt: number };
