import { AppWindow, Blocks, KeyRound } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";

/** The ways in beside the main button. @param channelId the channel that is to be reconnected */
export function OtherWays({ channelId }: { channelId?: string }) {
  const query = channelId ? `?channel=${channelId}` : "";
  return (
    <Card title="Other ways to connect">
      <ul className="-mx-2 flex flex-col gap-1">
        <Way
          // A document of its own: Facebook's script runs there and nowhere else.
          link={(className, children) => (
            <a href={`/channels/connect/pop-up${query}`} className={className}>
              {children}
            </a>
          )}
          icon={<AppWindow aria-hidden="true" className="size-4.5" />}
          title="In a pop-up window"
        >
          This page stays open while you log in with Facebook.
        </Way>
        <Way
          link={(className, children) => (
            <Link href={`/channels/connect/token${query}`} className={className}>
              {children}
            </Link>
          )}
          icon={<KeyRound aria-hidden="true" className="size-4.5" />}
          title="With a Page token"
        >
          The quick start for your own account: paste a token from the dashboard of this desk's Facebook app.
        </Way>
        <Way
          link={(className, children) => (
            <Link href={`/channels/connect/own-app${query}`} className={className}>
              {children}
            </Link>
          )}
          icon={<Blocks aria-hidden="true" className="size-4.5" />}
          title="With your own Facebook app"
        >
          The account goes through an app of yours, with its own webhook address.
        </Way>
      </ul>
    </Card>
  );
}

type WayProps = {
  link: (className: string, children: ReactNode) => ReactNode;
  icon: ReactNode;
  title: string;
  children: ReactNode;
};

function Way({ link, icon, title, children }: WayProps) {
  return (
    <li>
      {link(
        "flex items-start gap-3 rounded-control px-2 py-2 transition-colors hover:bg-ground",
        <>
          <span className="mt-0.5 shrink-0 text-soft">{icon}</span>
          <span className="min-w-0">
            <span className="block font-medium">{title}</span>
            <span className="block text-soft text-sm">{children}</span>
          </span>
        </>,
      )}
    </li>
  );
}
