"use client";

import { useEffect, useState } from "react";
import { cx } from "../../ui/cx";

/** Nothing is drawn for a wait that is shorter than this. */
const NOTICEABLE = 300;

const SHAPES = ["w-52", "w-36", "ml-auto w-64", "w-44", "ml-auto w-40"];

/** The shape of a conversation while its first page is on the way. */
export function ThreadSkeleton() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), NOTICEABLE);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy="true" className="flex min-h-0 flex-1 flex-col justify-end">
      <div className="mx-auto flex w-full max-w-[45rem] flex-col gap-2 px-5 pb-6">
        <p className="sr-only">Loading the conversation</p>
        {late &&
          SHAPES.map((shape) => (
            <span key={shape} className={cx("h-10 animate-pulse rounded-bubble bg-ground", shape)} />
          ))}
      </div>
    </div>
  );
}
