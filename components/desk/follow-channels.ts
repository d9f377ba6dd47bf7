import type { Changes, ChannelRow } from "@/lib/inbox/types";
import { api, goToSignIn } from "../inbox/api";
import { applyToChannels } from "../inbox/cache/apply-changes";
import { LiveCursor } from "../inbox/live/live-cursor";
import { pause } from "../inbox/live/pause";
import { shareStream } from "../inbox/live/share-stream";

type FollowChannelsOptions = {
  /** The stream's: all tabs, and all who follow in a tab, share one. */
  name: string;
  start: { sequence: number; channels: ChannelRow[] };
  onChannels: (channels: ChannelRow[]) => void;
};

/** Keeps the accounts as the database has them. @returns stop */
export function followChannels({ name, start, onChannels }: FollowChannelsOptions): () => void {
  let channels = start.channels;
  let stopped = false;
  const show = (rows: ChannelRow[]) => {
    channels = rows;
    if (!stopped) onChannels(rows);
  };
  const apply = (changes: Changes) => {
    if (changes.channels.length > 0) show(applyToChannels(channels, changes.channels));
  };
  const cursor: LiveCursor = new LiveCursor({
    start: start.sequence,
    read: api.changes,
    apply,
    resync: async () => {
      const read = await api.channels();
      show(read.channels);
      await cursor.settle(read.sequence, apply);
    },
    pause: () => pause(2),
  });
  const stop = shareStream({ name, cursor, onLive: () => undefined, onSignedOut: goToSignIn });
  return () => {
    stopped = true;
    stop();
  };
}
