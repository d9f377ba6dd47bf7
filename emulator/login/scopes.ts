/** The permissions that the dialog knows, with the words it shows. Others are refused as invalid. */
export const SCOPES: Record<string, string> = {
  public_profile: "Your name and profile picture",
  email: "Your email address",
  pages_show_list: "See which Pages you manage",
  pages_messaging: "Manage conversations of your Pages in Messenger",
  pages_manage_metadata: "Subscribe your Pages to updates and manage their settings",
  pages_read_engagement: "Read content posted on your Pages",
  pages_read_user_content: "Read what others post on your Pages",
  pages_manage_posts: "Create and manage posts on your Pages",
  pages_manage_engagement: "Manage comments on your Pages",
  instagram_basic: "See the profiles of your Instagram accounts",
  instagram_manage_messages: "Read and answer direct messages of your Instagram accounts",
  instagram_manage_comments: "Manage comments on your Instagram accounts",
  instagram_manage_insights: "See insights of your Instagram accounts",
  instagram_content_publish: "Publish to your Instagram accounts",
  business_management: "Manage your business portfolios",
  read_insights: "Read insights of your Pages",
  ads_read: "See your ads",
  ads_management: "Manage your ads",
  catalog_management: "Manage your catalogues",
  leads_retrieval: "Read leads of your Pages",
  user_link: "The address of your profile",
};

/** Granted to every app, cannot be unticked. */
export const LOCKED_SCOPE = "public_profile";

export function isAssetScope(scope: string): boolean {
  return scope.startsWith("pages_") || scope.startsWith("instagram_") || scope === "business_management";
}
