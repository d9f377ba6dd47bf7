DROP INDEX "job_queue_key_id_index";--> statement-breakpoint
DROP INDEX "job_queue_state_run_at_index";--> statement-breakpoint
ALTER TABLE "job" DROP CONSTRAINT "job_pkey";--> statement-breakpoint
ALTER TABLE "job" ALTER COLUMN "state" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "job" ALTER COLUMN "run_at" SET DATA TYPE timestamp with time zone;--> statement-breakpoint
ALTER TABLE "job" ALTER COLUMN "leased_until" SET DATA TYPE timestamp with time zone;--> statement-breakpoint
ALTER TABLE "job" ALTER COLUMN "created_at" SET DATA TYPE timestamp with time zone;--> statement-breakpoint
ALTER TABLE "job" ALTER COLUMN "created_at" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "job" ADD CONSTRAINT "job_queue_key_id_pk" PRIMARY KEY("queue","key","id");--> statement-breakpoint
ALTER TABLE "connect_attempt" ADD COLUMN "channel_id" uuid;--> statement-breakpoint
ALTER TABLE "connect_attempt" ADD CONSTRAINT "connect_attempt_workspace_id_channel_id_channel_workspace_id_id_fk" FOREIGN KEY ("workspace_id","channel_id") REFERENCES "public"."channel"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "job_head" ON "job" USING btree ("queue","key") WHERE "job"."state" = 'ready';--> statement-breakpoint
CREATE INDEX "job_due" ON "job" USING btree ("queue","run_at","id") WHERE "job"."state" = 'ready';--> statement-breakpoint
CREATE INDEX "job_waiting" ON "job" USING btree ("queue","key","id") WHERE "job"."state" = 'waiting';