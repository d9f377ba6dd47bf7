"use client";

import { useEffect, useRef, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { PopUpLogin as Login } from "@/lib/meta/connect-pop-up";

type Answer = { status: string; authResponse: { accessToken?: string; userID?: string } | null };

/** The part of Facebook's JavaScript SDK that is used. */
type FacebookSdk = {
  init(settings: { appId: string; version: string; cookie: boolean; xfbml: boolean; status: boolean }): void;
  login(callback: (answer: Answer) => void, options: Record<string, string | boolean>): void;
};

declare global {
  interface Window {
    FB?: FacebookSdk;
  }
}

type PopUpLoginProps = {
  login: Login;
  /** The channel that is to be reconnected. */
  channelId: string | null;
  begin: (channelId: string | null) => Promise<{ state: string } | { goTo: string }>;
  answer: (given: { state: string; accessToken: string; personId: string }) => Promise<{ goTo: string }>;
};

type Step = "preparing" | "ready" | "open" | "closed" | "blocked" | "checking" | "unloadable" | "insecure";

/** Logs in with Facebook in a window of its own. Every way in which that cannot work names the redirect as the way out. */
export function PopUpLogin({ login, channelId, begin, answer }: PopUpLoginProps) {
  const [step, setStep] = useState<Step>("preparing");
  const attempt = useRef<string | null>(null);
  const begun = useRef(false);

  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    if (!isSecure()) return setStep("insecure");
    Promise.all([begin(channelId), loadSdk(login)]).then(
      ([started]) => {
        if ("goTo" in started) return window.location.assign(started.goTo);
        attempt.current = started.state;
        setStep("ready");
      },
      () => setStep("unloadable"),
    );
  }, [begin, channelId, login]);

  /** In the click itself: browsers allow windows to open only then. */
  function open(): void {
    const sdk = window.FB;
    if (!sdk) {
      setStep("unloadable");
      return;
    }
    setStep("open");
    const opened = watchOpen(() => sdk.login(onAnswer, login.options));
    if (opened === "blocked") setStep("blocked");
  }

  // No async function: Facebook's script refuses those.
  function onAnswer({ authResponse }: Answer): void {
    const { accessToken, userID } = authResponse ?? {};
    const state = attempt.current;
    if (!accessToken || !userID || !state) {
      setStep("closed");
      return;
    }
    setStep("checking");
    answer({ state, accessToken, personId: userID }).then(
      ({ goTo }) => window.location.assign(goTo),
      () => window.location.assign("/channels/connect?problem=failed"),
    );
  }

  const busy = step === "preparing" || step === "checking";
  const usable = step !== "unloadable" && step !== "insecure";
  return (
    <div className="flex flex-col items-center gap-4">
      {usable && (
        <Button variant="primary" size="lg" busy={busy} onClick={open}>
          Log in with Facebook
        </Button>
      )}
      <Words step={step} />
    </div>
  );
}

function Words({ step }: { step: Step }) {
  if (step === "ready" || step === "preparing") return null;
  if (step === "checking") return <p role="status">Facebook has answered. One moment.</p>;
  if (step === "open") {
    return (
      <p role="status" className="text-center text-soft text-sm">
        Go on in Facebook's window. If you see none, your browser has blocked it:{" "}
        <a href="/channels/connect" className="text-ink underline">
          continue without a pop-up
        </a>
        .
      </p>
    );
  }
  const { title, text } = WORDS[step];
  return (
    <Notice
      tone="warn"
      announce
      title={title}
      className="w-full"
      action={
        <a href="/channels/connect" className={buttonClass("secondary")}>
          Continue without a pop-up
        </a>
      }
    >
      {text}
    </Notice>
  );
}

const WORDS: Record<"closed" | "blocked" | "unloadable" | "insecure", { title: string; text: string }> = {
  closed: {
    title: "Facebook's window was closed",
    text: "Nothing was connected and nothing has changed. Try again whenever you like.",
  },
  blocked: {
    title: "Your browser has blocked Facebook's window",
    text: "Allow pop-ups for this desk at the right end of the address bar, then press the button again. Or log in without one: the browser goes to Facebook and comes back.",
  },
  unloadable: {
    title: "Facebook's script does not load",
    text: "An ad blocker or this network keeps it away. Log in without it: the browser goes to Facebook and comes back.",
  },
  insecure: {
    title: "Facebook allows pop-ups only on https",
    text: "This desk is open at an http address. Log in without a pop-up: the browser goes to Facebook and comes back.",
  },
};

function isSecure(): boolean {
  const { protocol, hostname } = window.location;
  return protocol === "https:" || hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}

function loadSdk({ sdkUrl, init }: Login): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = sdkUrl;
    script.async = true;
    script.onload = () => {
      if (!window.FB) return reject(new Error("Facebook's script is empty."));
      window.FB.init({ ...init, cookie: false, xfbml: false, status: false });
      resolve();
    };
    script.onerror = () => reject(new Error("Facebook's script does not load."));
    document.head.append(script);
  });
}

/** Facebook's script says nothing when its window was blocked, so what the browser tells it is overheard. */
function watchOpen(work: () => void): "open" | "blocked" {
  const original = window.open;
  let blocked = false;
  window.open = (...given) => {
    const opened = original.apply(window, given);
    blocked = !opened || opened.closed;
    return opened;
  };
  try {
    work();
  } finally {
    window.open = original;
  }
  return blocked ? "blocked" : "open";
}
