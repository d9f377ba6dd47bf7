import { redirect } from "next/navigation";
import { findMember } from "@/app/session";
import { ownerExists } from "@/lib/auth/owner-exists";
import { sharedDatabase } from "@/lib/db/connection";

export default async function Home() {
  if (await findMember()) redirect("/inbox");
  redirect((await ownerExists(sharedDatabase())) ? "/sign-in" : "/setup");
}
