/** Where the tab's copy of the inbox lies in the query cache. */
export const listKey = ["conversations"] as const;
export const channelsKey = ["channels"] as const;
export const threadsKey = ["thread"] as const;

export function threadKey(conversationId: string) {
  return [...threadsKey, conversationId] as const;
}
