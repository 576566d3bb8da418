/** The link of a first steward, as the operator makes it. */
export { inviteAdmin } from "../../shared/services/joining/invite-admin.ts";
