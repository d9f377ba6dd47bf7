"use client";

import { useActionState } from "react";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import type { SaveAction } from "./account-chooser";
import { SubmitButton } from "./connect-button";

type PasteTokenFormProps = {
  paste: SaveAction;
  /** The channel that is to be reconnected. */
  channelId: string | null;
  /** With a Facebook app of the workspace's own; `id` when it is known already. */
  ownApp?: { id: string | null };
};

const SECRET_FIELD = { type: "password", autoComplete: "off", spellCheck: false } as const;

/** A Page token, and for an own app its number and secret. What was typed never comes back from the server. */
export function PasteTokenForm({ paste, channelId, ownApp }: PasteTokenFormProps) {
  const [result, send] = useActionState(paste, { problem: null });
  return (
    <form action={send} className="flex flex-col gap-4">
      {channelId && <input type="hidden" name="channelId" value={channelId} />}
      {ownApp && (
        <>
          <TextField
            label="App ID"
            name="appId"
            inputMode="numeric"
            autoComplete="off"
            required
            defaultValue={ownApp.id ?? undefined}
            hint="The number at the top of the app's dashboard."
          />
          <TextField
            {...SECRET_FIELD}
            label="App secret"
            name="secret"
            required={ownApp.id === null}
            hint={
              ownApp.id === null
                ? "App settings → Basic → App secret."
                : "Only if it was reset. Empty: the one that this desk knows."
            }
          />
        </>
      )}
      <TextField
        {...SECRET_FIELD}
        label="Page access token"
        name="token"
        required
        hint="It is kept encrypted, and never shown again."
      />
      {result.problem && (
        <Notice tone="bad" announce title="This cannot be used">
          {result.problem}
        </Notice>
      )}
      <div>
        <SubmitButton label="Check the token" variant="primary" />
      </div>
    </form>
  );
}
