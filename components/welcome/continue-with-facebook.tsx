"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** Starts the sign-in at Facebook. @param returnTo path on this desk where the signed-in person arrives */
export function ContinueWithFacebook({ returnTo }: { returnTo: string }) {
  const [state, setState] = useState<"idle" | "leaving" | "unreachable">("idle");

  // Back from Facebook the browser may show this very page as it was left: with a button that still waits.
  useEffect(() => {
    const wake = (event: PageTransitionEvent) => event.persisted && setState("idle");
    window.addEventListener("pageshow", wake);
    return () => window.removeEventListener("pageshow", wake);
  }, []);

  const leave = async () => {
    setState("leaving");
    try {
      window.location.assign(await dialogAddress(returnTo));
    } catch {
      setState("unreachable");
    }
  };

  return (
    <div className="flex flex-col gap-3">
      <Button variant="primary" size="lg" className="w-full" busy={state === "leaving"} onClick={leave}>
        {state !== "leaving" && <FacebookMark />}
        Continue with Facebook
      </Button>
      {state === "unreachable" && (
        <Notice tone="bad" announce title="The desk did not answer">
          Check your connection and press the button again.
        </Notice>
      )}
    </div>
  );
}

async function dialogAddress(returnTo: string): Promise<string> {
  const csrf = await fetch("/api/auth/csrf");
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch("/api/auth/signin/facebook", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, callbackUrl: returnTo, json: "true" }),
  });
  const { url } = (await answer.json()) as { url: string };
  return url;
}

function FacebookMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="size-4.5 fill-current">
      <path d="M24 12a12 12 0 1 0-13.9 11.9v-8.4H7.1V12h3V9.4c0-3 1.8-4.7 4.6-4.7 1.3 0 2.7.2 2.7.2v3h-1.5c-1.5 0-2 .9-2 1.9V12h3.4l-.5 3.5h-2.8v8.4A12 12 0 0 0 24 12Z" />
    </svg>
  );
}
