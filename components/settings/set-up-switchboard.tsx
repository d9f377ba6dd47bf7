"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import type { Answer } from "./answer";
import { DialogFooter } from "./dialog-footer";
import { useAnswer } from "./use-answer";

/** Who is to answer first. `bot`: what it writes never counts as a person's. */
export type FirstProgram = { integrationId: string; bot: boolean };

type SetUpSwitchboardProps = {
  programs: { id: string; name: string }[];
  setUp: (first: FirstProgram) => Promise<Answer>;
};

const WRITERS = [
  {
    value: "bot",
    label: "A program",
    description: "After 24 hours Instagram takes nothing from it; people here still have 6 days.",
  },
  { value: "people", label: "People, in another tool", description: "As the keys of that program say." },
];

/** Choose which program gets new conversations; the people of the desk come after it. */
export function SetUpSwitchboard({ programs, setUp }: SetUpSwitchboardProps) {
  const [open, setOpen] = useState(false);
  const [integrationId, setIntegrationId] = useState(programs[0]?.id ?? "");
  const [writer, setWriter] = useState("bot");
  const { busy, problem, run } = useAnswer();
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Let a program answer first"
      description="It gets new conversations and hands over to people. They see who answers, and can take over at any time."
      trigger={<Button>Let a program answer first</Button>}
    >
      <form
        className="contents"
        onSubmit={(event) => {
          event.preventDefault();
          run(
            () => setUp({ integrationId, bot: writer === "bot" }),
            () => setOpen(false),
          );
        }}
      >
        <Select
          label="Which one?"
          value={integrationId}
          onChange={({ target }) => setIntegrationId(target.value)}
          options={programs.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <RadioGroup
          label="Who writes there?"
          name="writer"
          value={writer}
          onValueChange={setWriter}
          options={WRITERS}
        />
        <DialogFooter problem={problem}>
          <Button type="submit" variant="primary" busy={busy}>
            Let it answer first
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
