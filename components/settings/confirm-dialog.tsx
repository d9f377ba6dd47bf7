"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import type { Answer } from "./answer";
import { useAnswer } from "./use-answer";

type ConfirmDialogProps<T> = {
  trigger: ReactElement;
  /** A question. */
  title: string;
  /** What follows from it. */
  description: string;
  /** What the button that changes nothing says. */
  keep?: string;
  confirm: string;
  act: () => Promise<Answer<T>>;
  onDone?: (value: T) => void;
};

/** Asks before something that cannot be undone, and stays to say why it was refused. */
export function ConfirmDialog<T>(props: ConfirmDialogProps<T>) {
  const { trigger, title, description, keep = "Cancel", confirm, act, onDone } = props;
  const [open, setOpen] = useState(false);
  const { busy, problem, setProblem, run } = useAnswer();
  const change = (opened: boolean) => {
    setOpen(opened);
    if (opened) setProblem(null);
  };
  const finish = (value: T) => {
    setOpen(false);
    onDone?.(value);
  };
  return (
    <Dialog open={open} onOpenChange={change} title={title} description={description} trigger={trigger}>
      {problem && (
        <Notice tone="bad" announce>
          {problem}
        </Notice>
      )}
      <div className="flex justify-end gap-2">
        <DialogClose>
          <Button>{keep}</Button>
        </DialogClose>
        <Button variant="danger" busy={busy} onClick={() => run(act, finish)}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
