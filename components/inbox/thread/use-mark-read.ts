"use client";

import { useEffect, useRef, useState } from "react";
import { api } from "../api";

/** How long a message has to be in front of someone to count as read. */
const LOOK = 1_000;

/** Tells the server that everything shown has been read, while someone really looks at the end of the conversation. */
export function useMarkRead(options: { id: string; unread: number; through: number; atEnd: boolean }): void {
  const { id, unread, through, atEnd } = options;
  const visible = useVisible();
  const told = useRef(-1);
  const [failures, setFailures] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a failed telling is repeated
  useEffect(() => {
    if (!visible || !atEnd || unread === 0 || through <= told.current) return;
    const timer = setTimeout(() => {
      told.current = through;
      api.markRead(id, through).catch(() => {
        told.current = -1;
        setTimeout(() => setFailures((count) => count + 1), 5_000);
      });
    }, LOOK);
    return () => clearTimeout(timer);
  }, [id, unread, through, atEnd, visible, failures]);
}

function useVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === "visible");
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return visible;
}
