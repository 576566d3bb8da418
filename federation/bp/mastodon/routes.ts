import { updateCredentials, verifyCredentials } from "./accounts/credentials.ts";
import { accountDeeds } from "./accounts/deeds.ts";
import { listFamiliarFollowers } from "./accounts/familiar-followers.ts";
import { accountFollows } from "./accounts/follows.ts";
import { listAccounts } from "./accounts/list.ts";
import { listListsWith } from "./accounts/lists.ts";
import { lookUpAccount } from "./accounts/lookup.ts";
import { listRelationships } from "./accounts/relationships.ts";
import { searchAccounts } from "./accounts/search.ts";
import { showAccount } from "./accounts/show.ts";
import { listAccountStatuses } from "./accounts/statuses.ts";
import { createApp } from "./apps/create.ts";
import { verifyApp } from "./apps/verify.ts";
import { answerFollowRequests } from "./follow-requests/answer.ts";
import { listFollowRequests } from "./follow-requests/list.ts";
import { showDescription } from "./instance/about.ts";
import { emptyLists, noTranslations } from "./instance/nothing.ts";
import { showInstance, showInstanceV1 } from "./instance/show.ts";
import { addAccounts, listAccountsOf, removeAccounts } from "./lists/accounts.ts";
import { createList, listLists } from "./lists/all.ts";
import { removeList, renameList, showList } from "./lists/one.ts";
import { createMedia } from "./media/create.ts";
import { removeMedia } from "./media/remove.ts";
import { showMedia } from "./media/show.ts";
import { updateMedia } from "./media/update.ts";
import { clearNotifications } from "./notifications/clear.ts";
import { listNotificationGroups, listNotifications } from "./notifications/list.ts";
import { dismissNotification, showNotification, showNotificationGroup } from "./notifications/one.ts";
import { showPolicy } from "./notifications/policy.ts";
import { countUnread } from "./notifications/unread.ts";
import { listConversations, readConversation } from "./own/conversations.ts";
import { blockDomains, listBlocks, listDomainBlocks, listMutes } from "./own/hidden.ts";
import { listMarkers, setMarkers } from "./own/markers.ts";
import { showPreferences } from "./own/preferences.ts";
import { report } from "./own/report.ts";
import { ownViews } from "./own/views.ts";
import { showPoll } from "./polls/show.ts";
import { voteInPoll } from "./polls/vote.ts";
import { search } from "./search/search.ts";
import { showContext } from "./statuses/context.ts";
import { createStatus } from "./statuses/create.ts";
import { statusDeeds } from "./statuses/deeds.ts";
import { editStatus } from "./statuses/edit.ts";
import { showHistory } from "./statuses/history.ts";
import { listStatuses } from "./statuses/list.ts";
import { statusReactors } from "./statuses/reactors.ts";
import { reblogStatus } from "./statuses/reblog.ts";
import { removeStatus } from "./statuses/remove.ts";
import { showStatus } from "./statuses/show.ts";
import { showSource } from "./statuses/source.ts";
import { showTag } from "./tags/show.ts";
import { homeTimeline } from "./timelines/home.ts";
import { listTimeline } from "./timelines/list.ts";
import { publicTimeline } from "./timelines/public.ts";
import { tagTimeline } from "./timelines/tag.ts";

/** All of /api: the whole list. */
export const ROUTES = [
  ...[createApp, verifyApp],
  ...[showInstance, showInstanceV1, showDescription, noTranslations, ...emptyLists],
  ...[verifyCredentials, updateCredentials, listRelationships, listFamiliarFollowers, lookUpAccount, searchAccounts, listAccounts],
  ...[showAccount, listAccountStatuses, listListsWith, ...accountFollows, ...accountDeeds],
  ...[listFollowRequests, ...answerFollowRequests],
  ...[createStatus, listStatuses, showStatus, editStatus, removeStatus, showContext, showSource, showHistory, reblogStatus],
  ...[...statusDeeds, ...statusReactors, showPoll, voteInPoll],
  ...[...createMedia, showMedia, updateMedia, removeMedia],
  ...[homeTimeline, publicTimeline, tagTimeline, listTimeline, showTag, search],
  ...[listLists, createList, showList, renameList, removeList, listAccountsOf, addAccounts, removeAccounts],
  ...[listNotifications, listNotificationGroups, ...countUnread, ...showPolicy, clearNotifications],
  ...[showNotification, showNotificationGroup, ...dismissNotification],
  ...[...ownViews, listMutes, listBlocks, listDomainBlocks, ...blockDomains, listConversations, readConversation],
  ...[listMarkers, setMarkers, showPreferences, report],
];
