import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LocalTime } from "@/components/channels/local-time";
import { WelcomeCard } from "@/components/welcome/welcome-card";
import { sharedDatabase } from "@/lib/db/connection";
import { readDeletion } from "@/lib/inbox/read-deletion";

export const metadata: Metadata = { title: "Your deletion request", robots: { index: false } };

/** What became of a request that came through Facebook; whoever holds the code may read it, and it names nobody. */
export default async function DataDeletionPage({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  const status = await readDeletion({ db: sharedDatabase(), actor: { type: "system" } }, code);
  if (!status) notFound();
  return (
    <WelcomeCard
      title={status.found ? "Your data has been deleted" : "Nothing was kept about you"}
      footnote={<>Confirmation code {code}</>}
    >
      <p>
        Your request arrived <LocalTime at={status.at} /> and was carried out at once.
      </p>
      {status.found ? (
        <p>
          What this desk kept of your Facebook account is gone: your name, picture and email address, your access, and
          every token that was made with your login.
        </p>
      ) : (
        <p>This desk keeps no data of your Facebook account.</p>
      )}
      {status.remains === "only_owner" && (
        <p>
          One thing remains: the number by which Facebook tells this app that it is you, because you are the only owner
          and nobody else could open the desk. Make somebody else an owner, leave the desk, and ask again; or have
          whoever runs this installation delete it.
        </p>
      )}
      <p>
        Messages that you wrote to a business on Instagram are not part of this request: Facebook does not say which are
        yours. Ask that business directly.
      </p>
    </WelcomeCard>
  );
}
