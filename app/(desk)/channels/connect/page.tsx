import type { Metadata } from "next";
import { currentMember } from "@/app/session";
import { AskManager } from "@/components/channels/ask-manager";
import { ChooseAccount } from "@/components/channels/choose-account";
import { ConnectIntroduction } from "@/components/channels/connect-introduction";
import { ConnectRefusal } from "@/components/channels/connect-refusal";
import { TryAgain } from "@/components/channels/try-again";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { sharedDatabase } from "@/lib/db/connection";
import { listChannelManagers } from "@/lib/inbox/list-channel-managers";
import { readConnectStep } from "@/lib/meta/connect-choices";
import { businessIntegrationsUrl, isBusinessLogin, loginRedirectUri } from "@/lib/meta/login-dialog";
import { cancel, save, start } from "./actions";
import { readBrowser } from "./browser-cookie";

export const metadata: Metadata = { title: "Connect an account" };

type Props = { searchParams: Promise<{ problem?: string | string[] }> };

export default async function ConnectPage({ searchParams }: Props) {
  const member = await currentMember("/channels/connect");
  const ctx = { db: sharedDatabase(), actor: member };
  if (member.role === "agent") return <AskManager managers={await listChannelManagers(ctx)} />;
  const { problem } = await searchParams;
  const step = await readConnectStep(ctx, { browser: await readBrowser() });
  return (
    <Page
      title="Connect an Instagram account"
      description="Its messages come to this desk, and your team answers them here."
    >
      {typeof problem === "string" && step.step === "start" && <ConnectRefusal code={problem} />}
      {step.step === "problem" && (
        <Notice tone="warn" announce title={step.title} action={<TryAgain way={step.way} start={start} />}>
          {step.text}
        </Notice>
      )}
      {(step.step === "start" || step.step === "problem") && (
        <ConnectIntroduction start={start} redirectUri={loginRedirectUri()} allOrNothing={isBusinessLogin()} />
      )}
      {step.step === "choose" && (
        <ChooseAccount
          {...step}
          start={start}
          save={save}
          cancel={cancel}
          businessIntegrationsUrl={businessIntegrationsUrl()}
        />
      )}
    </Page>
  );
}
