"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { TextField } from "@/components/ui/text-field";
import type { Answer } from "./answer";
import { useAnswer } from "./use-answer";

type WorkspaceNameProps = { name: string; rename: (name: string) => Promise<Answer> };

export function WorkspaceName({ name, rename }: WorkspaceNameProps) {
  const [draft, setDraft] = useState(name);
  const { busy, problem, run } = useAnswer();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(() => rename(draft));
  };
  return (
    <Card>
      <form onSubmit={submit} className="flex items-start gap-2">
        <TextField
          label="Name of this desk"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          hint="Invitations are signed with it."
          error={problem}
          autoComplete="off"
          className="flex-1"
        />
        <Button
          type="submit"
          busy={busy}
          disabled={draft.trim() === "" || draft.trim() === name}
          className="mt-6.75 h-10"
        >
          Save
        </Button>
      </form>
    </Card>
  );
}
