import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { LoginTrap } from "@/lib/meta/doctor/login-trap";

type RevokeWalkProps = {
  trap: LoginTrap;
  businessIntegrationsUrl: string;
  /** Begins a login in which Facebook asks for everything. */
  connect: ReactNode;
};

/** The way out when Facebook remembers an answer and does not ask anew: only removing the app makes it forget. */
export function RevokeWalk({ trap, businessIntegrationsUrl, connect }: RevokeWalkProps) {
  const { personName, permissions, page } = trap;
  const lacking = [...permissions, ...(page ? ["the Page"] : [])];
  return (
    <Notice tone="warn" title="Facebook remembers an earlier answer" announce>
      <p>
        {personName} logged in twice, and both times{" "}
        <strong className="font-medium text-ink">{new Intl.ListFormat("en").format(lacking)}</strong>{" "}
        {lacking.length === 1 ? "was" : "were"} missing. Asking again does not help: Facebook uses what was chosen then,
        and forgets it only when the app is removed.
      </p>
      <ol aria-label="What to do" className="mt-3 flex list-decimal flex-col gap-3 pl-5 marker:text-faint">
        <li>
          As {personName}, open Facebook's list of apps:
          <div className="mt-1.5">
            <a
              href={businessIntegrationsUrl}
              target="_blank"
              rel="noreferrer"
              className={buttonClass("secondary", "sm")}
            >
              Business Integrations
              <ExternalLink aria-hidden="true" className="size-3.5" />
            </a>
          </div>
        </li>
        <li>
          Find this desk's app there, press “Remove”, and confirm. Conversations and history here stay as they are.
        </li>
        <li>
          Come back and connect afresh: Facebook asks for everything anew. Leave everything ticked.
          <div className="mt-1.5">{connect}</div>
        </li>
      </ol>
    </Notice>
  );
}
