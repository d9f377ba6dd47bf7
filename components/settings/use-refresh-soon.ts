import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

/** After it is called, most programs have answered by then. */
const ANSWER_COMES_MS = 2_000;

/** Reads the page anew once a program has had the time to answer. `soon` until then. */
export function useRefreshSoon(): { soon: boolean; refreshSoon: () => void } {
  const router = useRouter();
  const [soon, setSoon] = useState(false);
  useEffect(() => {
    if (!soon) return;
    const timer = setTimeout(() => {
      setSoon(false);
      router.refresh();
    }, ANSWER_COMES_MS);
    return () => clearTimeout(timer);
  }, [soon, router]);
  return { soon, refreshSoon: () => setSoon(true) };
}
