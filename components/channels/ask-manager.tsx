import { AtSign } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";

/** For agents: whom to ask. */
export function AskManager({ managers }: { managers: string[] }) {
  const names = new Intl.ListFormat("en", { type: "disjunction" }).format(managers);
  return (
    <Page title="Channels">
      <EmptyState
        icon={<AtSign />}
        title="Owners and admins connect accounts"
        action={<ButtonLink href="/inbox">Back to the inbox</ButtonLink>}
      >
        Ask {names || "the owner of this desk"} to connect or reconnect an Instagram account.
      </EmptyState>
    </Page>
  );
}
