"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Post } from "@/lib/inbox/types";
import { MINUTE } from "@/lib/time";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { api, failureWords } from "../api";
import { useChannels } from "../inbox-context";
import { count } from "../words/time-words";
import { PostGrid, PostGridSkeleton } from "./post-grid";

type PostDialogProps = { channelId: string; onSend: (post: Post) => void; onClose: () => void };

/** Chooses one of the brand's own posts, as Instagram lists them now, and sends it. */
export function PostDialog({ channelId, onSend, onClose }: PostDialogProps) {
  const username = useChannels().find(({ id }) => id === channelId)?.username;
  const [chosen, setChosen] = useState<Post | null>(null);
  const list = useInfiniteQuery({
    queryKey: ["posts", channelId],
    queryFn: ({ pageParam }) => api.posts(channelId, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    // Whoever waits is told at once and decides.
    retry: false,
    staleTime: MINUTE,
    gcTime: MINUTE,
  });
  const posts = list.data?.pages.flatMap((page) => page.posts) ?? [];
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!chosen) return;
    onSend(chosen);
    onClose();
  };
  return (
    <Dialog
      title={username ? `Send a post of @${username}` : "Send one of your posts"}
      open
      onOpenChange={(open) => open || onClose()}
      className="w-[min(38rem,calc(100vw-2rem))]"
    >
      <form onSubmit={send} className="flex min-h-0 flex-col gap-4">
        <p role="status" className="sr-only">
          {list.isFetching ? "Loading posts" : list.data && count(posts.length, "post")}
        </p>
        {list.isPending && <PostGridSkeleton />}
        {list.data && posts.length === 0 && (
          <p className="py-10 text-center text-soft">
            This account has not posted anything yet. What it posts on Instagram can be sent from here.
          </p>
        )}
        {posts.length > 0 && (
          <div className="scroll-pane -mx-1 max-h-[55dvh] min-h-0 px-1 py-1">
            <PostGrid posts={posts} chosen={chosen} onChoose={setChosen} />
            {list.hasNextPage && !list.error && (
              <div className="mt-3 flex justify-center">
                <Button size="sm" busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
                  Show older posts
                </Button>
              </div>
            )}
          </div>
        )}
        {list.error && (
          <div role="alert" className="flex flex-wrap items-center justify-between gap-2 text-bad text-sm">
            <p className="min-w-0 flex-1">{failureWords(list.error)}</p>
            <Button
              size="sm"
              busy={list.isFetching}
              onClick={() => (list.data ? list.fetchNextPage() : list.refetch())}
            >
              Try again
            </Button>
          </div>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={!chosen}>
            Send post
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
