import type { Page } from "../world/types";
import { requireGrant, requireScope, requireTask } from "./access";
import type { Access, GraphCall } from "./graph-call";
import { GraphError, missingParameter, noSuchObject } from "./graph-error";

/** The Page enum has Messenger's names; Instagram-only names are refused. */
const PAGE_FIELDS = `
affiliation attire awards bio birthday calls category checkins company_overview conversations culinary_team
current_location description email feature_access_list feed founded general_info general_manager group_feed
hometown hours inbox_labels invalid_topic_placeholder invoice_access_invoice_change leadgen leadgen_fat
live_videos local_delivery location mcom_invoice_change members mention message_context message_deliveries
message_echoes message_edits message_mention message_reactions message_reads message_template_status_update
messages messaging_account_linking messaging_appointments messaging_checkout_updates
messaging_customer_information messaging_direct_sends messaging_fblogin_account_linking messaging_feedback
messaging_game_plays messaging_handovers messaging_in_thread_lead_form_submit messaging_optins
messaging_optouts messaging_payments messaging_policy_enforcement messaging_postbacks messaging_pre_checkouts
messaging_referrals mission name page_about_story page_change_proposal page_upcoming_change parking
payment_options personal_info personal_interests phone picture price_range product_review products
public_transit publisher_subscriptions ratings registration response_feedback send_cart standby story_share
user_action video_text_question_responses videos website`
  .trim()
  .split(/\s+/);

/** `/{page-id}/subscribed_apps` with the page token. */
export function subscribedApps(call: GraphCall, access: Access, page: Page): unknown {
  if (access.kind !== "page")
    throw new GraphError(210, "(#210) A page access token is required to request this resource.");
  const { world } = call.emulator;
  const known = world.subscriptions.find((one) => one.appId === access.app.id && one.pageId === page.id);
  requireScope(call, access, "pages_manage_metadata");
  if (call.method === "GET") {
    return {
      data: known
        ? [
            {
              category: "Business",
              link: `${call.emulator.publicUrl}/`,
              name: access.app.name,
              id: access.app.id,
              subscribed_fields: known.fields,
            },
          ]
        : [],
    };
  }
  if (call.method === "DELETE") {
    world.subscriptions = world.subscriptions.filter((one) => one !== known);
    subscriptionChanged(call, page);
    return { success: true };
  }
  if (call.method !== "POST") throw noSuchObject(page.id, call.method);
  requireTask(page, access, "MODERATE");
  const fields = call.list("subscribed_fields");
  if (fields.length === 0) throw missingParameter("subscribed_fields");
  fields.forEach((field, at) => {
    if (!PAGE_FIELDS.includes(field)) {
      throw new GraphError(
        100,
        `(#100) Param subscribed_fields[${at}] must be one of {${PAGE_FIELDS.join(", ")}} - got "${field}".`,
      );
    }
  });
  if (
    fields.some((field) => field.startsWith("messag")) &&
    !requireGrant(call, access).granted.includes("pages_messaging")
  ) {
    throw new GraphError(
      200,
      "(#200) To subscribe to the messages field, one of these permissions is needed: pages_messaging",
    );
  }
  if (known) known.fields = [...new Set(fields)];
  else world.subscriptions.push({ appId: access.app.id, pageId: page.id, fields: [...new Set(fields)] });
  subscriptionChanged(call, page);
  return { success: true };
}

function subscriptionChanged(call: GraphCall, page: Page): void {
  if (page.igId) call.emulator.stream.businessChanged(page.igId);
  call.emulator.changed();
}
