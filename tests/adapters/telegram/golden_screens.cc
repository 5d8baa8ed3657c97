#include "tests/adapters/telegram/golden_screens.h"

#include "adapters/telegram/actions.h"
#include "adapters/telegram/screens/chat.h"
#include "adapters/telegram/screens/consent_documents.h"
#include "adapters/telegram/screens/consents.h"
#include "adapters/telegram/screens/documents.h"
#include "adapters/telegram/screens/feeds.h"
#include "adapters/telegram/screens/home.h"
#include "adapters/telegram/screens/links.h"
#include "adapters/telegram/screens/practice.h"
#include "adapters/telegram/screens/privacy.h"
#include "adapters/telegram/screens/providers.h"
#include "adapters/telegram/screens/support.h"
#include "tests/adapters/telegram/support.h"

namespace kalends::telegram {
namespace {

constexpr char kCustomerId[] = "0acc000000001";

v1::Message SampleMessage(v1::LinkSide sender, const std::string& text) {
  v1::Message message;
  message.set_name("providers/0prv000000001/links/0acc000000001/messages/1");
  message.set_link("providers/0prv000000001/links/0acc000000001");
  message.set_sender(sender);
  message.set_sender_display_name(
      Written(sender == v1::LINK_SIDE_CUSTOMER ? "Jo <b>" : "Ada & Co"));
  message.set_text(Written(text));
  message.mutable_create_time()->set_seconds(kTestNow - 60);
  return message;
}

v1::Thread SampleThread(bool writable) {
  v1::Thread thread;
  thread.set_name("providers/0prv000000001/links/0acc000000001/thread");
  thread.set_provider_kind(v1::PROVIDER_KIND_SPECIALIST);
  thread.set_provider_display_name(Written("Dr. Ada Weiss"));
  thread.set_customer_display_name(Written("Jo <b>"));
  thread.set_provider_time_zone("Europe/Berlin");
  thread.set_writable(writable);
  thread.set_unread_count(2);
  return thread;
}

v1::ConsentDocument SampleTerm(const std::string& id, const std::string& name) {
  v1::ConsentDocument document;
  document.set_name("providers/0prv000000001/consentDocuments/" + id);
  document.set_display_name(Written(name));
  document.set_needs_consent(true);
  document.mutable_version()->set_name(document.name() + "/versions/2");
  document.mutable_version()->set_number(2);
  document.mutable_version()->mutable_create_time()->set_seconds(kTestNow - 86400);
  return document;
}

v1::ConsentDocument SignedTerm() {
  v1::ConsentDocument document = SampleTerm("0con000000001", "AGB <neu>");
  document.set_blocks_booking(true);
  document.set_signed_count(18);
  document.set_pending_count(3);
  document.mutable_remind_time()->set_seconds(kTestNow - 3600);
  return document;
}

v1::ConsentDocument ArchivedTerm() {
  v1::ConsentDocument document = SignedTerm();
  document.set_archived(true);
  return document;
}

Page<v1::CustomerConsent> SampleSigners() {
  Page<v1::CustomerConsent> page;
  for (const auto& [name, state, version] :
       {std::tuple("Jo <b>", v1::Consent::STATE_SIGNED, "/versions/2"),
        std::tuple("Kim & Co", v1::Consent::STATE_PENDING, "/versions/1"),
        std::tuple("Lee", v1::Consent::STATE_PENDING, "")}) {
    v1::CustomerConsent& customer = page.items.emplace_back();
    customer.set_customer_display_name(Written(name));
    customer.set_state(state);
    customer.set_signed_version(version);
    customer.mutable_change_time()->set_seconds(kTestNow - 7200);
  }
  return page;
}

ConsentsView SampleTerms() {
  ConsentsView view;
  view.provider = SampleProvider();
  for (const auto& [id, name, state] :
       {std::tuple("0con000000001", "AGB <neu>", v1::Consent::STATE_PENDING),
        std::tuple("0con000000002", "Datenschutz", v1::Consent::STATE_SIGNED),
        std::tuple("0con000000003", "Hausordnung", v1::Consent::STATE_NOT_NEEDED)}) {
    v1::Consent consent;
    *consent.mutable_consent_document() = SampleTerm(id, name);
    consent.set_state(state);
    view.consents.items.push_back(consent);
  }
  view.ticks.mark = MarkOf(view.consents.items);
  return view;
}

DocumentsView SampleDocuments(Side side) {
  DocumentsView view;
  view.provider = ProviderId{kProviderId};
  view.customer = AccountId{kCustomerId};
  view.side = side;
  view.other_name = side == Side::kCustomer ? "👤 Dr. Ada Weiss" : "Jo <b>";
  for (const auto& [id, name, uploader] :
       {std::tuple("0doc000000001", "Befund <1>.pdf", v1::LINK_SIDE_CUSTOMER),
        std::tuple("0doc000000002", "Übungen.pdf", v1::LINK_SIDE_PROVIDER)}) {
    v1::Document document;
    document.set_name(std::string("providers/0prv000000001/links/0acc000000001/documents/") + id);
    document.set_file_name(Written(name));
    document.set_uploader(uploader);
    document.set_deletable((uploader == v1::LINK_SIDE_CUSTOMER) == (side == Side::kCustomer));
    view.documents.items.push_back(document);
  }
  view.ticks.mark = MarkOf(view.documents.items);
  return view;
}

constexpr char kFeedSite[] = "https://kalends.example";

v1::Feed SampleFeed() {
  v1::Feed feed;
  feed.set_name("accounts/0acc000000001/feeds/provider");
  feed.set_role(v1::Feed::ROLE_PROVIDER);
  feed.set_token(std::string(42, 'x') + "_");
  return feed;
}

v1::AccountDeletionPreview SamplePreview() {
  v1::AccountDeletionPreview preview;
  preview.set_cancelled_appointments(1);
  preview.set_kept_appointments(2);
  preview.set_links(1);
  preview.set_messages(5);
  preview.set_documents(2);
  preview.set_tickets(1);
  auto& provider = *preview.mutable_of_provider();
  provider.set_cancelled_appointments(2);
  provider.set_kept_appointments(21);
  provider.set_customers(5);
  provider.set_messages(22);
  provider.set_documents(1);
  provider.set_consent_documents(3);
  provider.set_services(4);
  provider.set_invitations(2);
  provider.set_specialists(1);
  provider.set_organizations(1);
  return preview;
}

v1::Provider Lacking(std::initializer_list<v1::ProviderNeed> needs) {
  v1::Provider provider = SampleProvider();
  for (const v1::ProviderNeed need : needs) provider.add_missing(need);
  return provider;
}

v1::Provider LackingOrganization(v1::ProviderNeed need) {
  v1::Provider provider = Lacking({need});
  provider.set_kind(v1::PROVIDER_KIND_ORGANIZATION);
  return provider;
}

}  // namespace

Screens SetupScreens(const Reader& reader) {
  const v1::Provider lacking = Lacking({v1::PROVIDER_NEED_SERVICE, v1::PROVIDER_NEED_HOURS});
  return {
      {"registration", RegistrationScreen(reader)},
      {"ask register", AskRegisterScreen(reader, RegisterAs::kSpecialist, "Jo <b>", kNonce)},
      {"register name",
       RegisterNameScreen(reader, RegisterAs::kSpecialist, "Dr. <Jo> & Co", kNonce)},
      {"register organization",
       RegisterNameScreen(reader, RegisterAs::kOrganization, "Praxis <Park>", kNonce)},
      {"register first", RegisterFirstScreen(reader)},
      {"registered", RegisteredScreen(reader, SampleProvider())},
      {"set-up of the profile",
       SetupScreen(reader, {SetupStep::kProfile, v1::PROVIDER_KIND_ORGANIZATION, true, kNonce})},
      {"set-up of the team",
       SetupScreen(reader, {SetupStep::kTeam, v1::PROVIDER_KIND_ORGANIZATION, true, kNonce})},
      {"set-up done", SetupDoneScreen(reader, SampleProvider(),
                                      {"https://example.com/p/ada-weiss", {"0inv000000001"}})},
      {"set-up left out", SetupDoneScreen(reader, lacking, {"", {}})},
      {"set-up of an organization left out",
       SetupDoneScreen(reader, LackingOrganization(v1::PROVIDER_NEED_TEAM), {"", {}})},
      {"a team without hours",
       SetupDoneScreen(reader, LackingOrganization(v1::PROVIDER_NEED_HOURS), {"", {}})},
      {"home", HomeScreen(reader, nullptr, Side::kCustomer)},
      {"home of a provider", HomeScreen(reader, nullptr, Side::kProvider, &lacking)},
      {"practice", PracticeScreen(reader, SampleProvider())},
      {"practice of an organization that lacks a team",
       PracticeScreen(reader, LackingOrganization(v1::PROVIDER_NEED_TEAM))},
      {"help", HelpScreen(reader, v1::PROVIDER_KIND_UNSPECIFIED)},
      {"help of a provider", HelpScreen(reader, v1::PROVIDER_KIND_SPECIALIST)},
      {"stop", StopScreen(reader)},
      {"about", AboutScreen(reader, "https://example.com")},
  };
}

Screens TalkScreens(const Reader& reader) {
  Page<v1::Thread> threads;
  threads.items = {SampleThread(true)};
  Page<v1::Message> messages;
  messages.items = {SampleMessage(v1::LINK_SIDE_PROVIDER, "Gern <i>morgen</i>"),
                    SampleMessage(v1::LINK_SIDE_CUSTOMER, "")};
  v1::Attachment& file = *messages.items[1].add_attachments();
  file.set_kind(v1::Attachment::KIND_FILE);
  file.set_file_name(Written("a<b>.pdf"));
  messages.items[1].add_attachments()->set_kind(v1::Attachment::KIND_PHOTO);
  messages.items[1].add_attachments()->set_kind(v1::Attachment::KIND_VOICE);
  messages.has_next = true;
  v1::Ticket ticket;
  ticket.set_account_display_name(Written("Jo <b>"));
  v1::TicketMessage question;
  question.set_author(v1::TicketMessage::AUTHOR_CUSTOMER);
  question.set_text(Written("Wie <geht> das?"));
  question.mutable_create_time()->set_seconds(kTestNow);
  question.add_attachments();
  v1::TicketMessage answer = question;
  answer.set_author(v1::TicketMessage::AUTHOR_TEAM);
  answer.clear_attachments();
  v1::Message edited = messages.items[1];
  edited.mutable_edit_time()->set_seconds(kTestNow);
  return {
      {"threads", ThreadsScreen(reader, threads)},
      {"no threads", ThreadsScreen(reader, {})},
      {"chat of the customer", ChatScreen(reader, SampleThread(true), Side::kCustomer, messages)},
      {"chat of the provider", ChatScreen(reader, SampleThread(false), Side::kProvider, messages)},
      {"sent", MessageSentScreen(reader, SampleThread(true), Side::kCustomer)},
      {"message", MessageScreen(reader, messages.items[1])},
      {"edited message", MessageScreen(reader, edited)},
      {"long message",
       MessageScreen(reader, SampleMessage(v1::LINK_SIDE_PROVIDER, std::string(100, '<')))},
      {"support", SupportScreen(reader, {answer, question}, Desk::kAnswers)},
      {"support without a desk", SupportScreen(reader, {}, Desk::kNone)},
      {"support sent", SupportSentScreen(reader, Desk::kAnswers)},
      {"support kept", SupportSentScreen(reader, Desk::kNone)},
      {"support answer", SupportAnswerScreen(reader, answer)},
      {"support question", SupportQuestionScreen(reader, ticket, question)},
      {"support closed", SupportClosedScreen(reader, ticket, Side::kCustomer)},
      {"support closed by", SupportClosedScreen(reader, ticket, Side::kProvider)},
      {"feed to make",
       FeedScreen(reader, {.of = FeedOf::kCustomer, .feed = {}, .public_url = kFeedSite}, kNonce)},
      {"feed",
       FeedScreen(reader, {.of = FeedOf::kProvider, .feed = SampleFeed(), .public_url = kFeedSite},
                  kNonce)},
      {"feed without a site",
       FeedScreen(reader, {.of = FeedOf::kCustomer, .feed = {}, .public_url = ""}, kNonce)},
      {"feed's code", FeedQrScreen(reader, WebcalUrl(FeedUrl(kFeedSite, SampleFeed())))},
      {"ask renew feed", AskRenewFeedScreen(reader, FeedOf::kCustomer, kNonce)},
      {"ask revoke feed", AskRevokeFeedScreen(reader, FeedOf::kProvider, kNonce)},
      {"privacy", PrivacyScreen(reader)},
      {"exporting", ExportingScreen(reader)},
      {"not exported", NotExportedScreen(reader, reader.t().Html("privacy.busy"))},
      {"ask delete", AskDeleteScreen(reader, SamplePreview(), kNonce)},
  };
}

Screens FileScreens(const Reader& reader) {
  const Draft draft{{kProviderId}, {kServiceId}, {}};
  const Minute slot(std::chrono::minutes(1798466400 / 60));
  ConsentsView ticked = SampleTerms();
  ticked.ticks.selected = 0b011;
  ConsentsView no_terms;
  no_terms.provider = SampleProvider();
  ConsentsView not_needed = SampleTerms();
  not_needed.ticks.selected = 0b100;
  DocumentsView chosen = SampleDocuments(Side::kCustomer);
  chosen.ticks.selected = 0b11;
  DocumentsView empty = SampleDocuments(Side::kCustomer);
  empty.documents.items.clear();
  Page<v1::ConsentDocument> own;
  own.items = {SampleTerm("0con000000001", "AGB <neu>")};
  Page<v1::ConsentRecord> records;
  for (const auto decision : {v1::CONSENT_DECISION_WITHDRAW, v1::CONSENT_DECISION_GIVE}) {
    v1::ConsentRecord& record = records.items.emplace_back();
    record.set_customer_display_name(Written("Jo <b>"));
    record.mutable_version()->set_number(2);
    record.mutable_time()->set_seconds(kTestNow);
    record.set_decision(decision);
  }
  return {
      {"terms", ConsentsScreen(reader, SampleTerms())},
      {"terms ticked", ConsentsScreen(reader, ticked)},
      {"no terms", ConsentsScreen(reader, no_terms)},
      {"change terms", AskChangeConsentsScreen(reader, ticked, kNonce)},
      {"nothing to change", AskChangeConsentsScreen(reader, not_needed, kNonce)},
      {"missing terms",
       MissingConsentsScreen(reader,
                             {"👤 Dr. Ada Weiss",
                              {{"providers/p/consentDocuments/c/versions/1", Written("AGB <neu>")}},
                              DownloadMissing{draft, slot},
                              SignMissing{draft, slot, 4711},
                              PickSlot{draft, slot},
                              ""})},
      {"links", FileLinksScreen(reader, {{Written("AGB <neu>"), "https://example.com/d/token"}})},
      {"documents", DocumentsScreen(reader, SampleDocuments(Side::kCustomer))},
      {"documents ticked", DocumentsScreen(reader, chosen)},
      {"no documents", DocumentsScreen(reader, empty)},
      {"documents of a customer", DocumentsScreen(reader, SampleDocuments(Side::kProvider))},
      {"ask upload", AskUploadScreen(reader, chosen)},
      {"ask delete documents", AskDeleteDocumentsScreen(reader, chosen, kNonce)},
      {"own terms", ConsentDocumentsScreen(reader, own, TermList::kInForce)},
      {"no own terms", ConsentDocumentsScreen(reader, {}, TermList::kInForce)},
      {"archived terms", ConsentDocumentsScreen(reader, own, TermList::kArchived)},
      {"own term", ConsentDocumentScreen(reader, own.items[0], kNonce, "")},
      {"own term in use", ConsentDocumentScreen(reader, SignedTerm(), kNonce, "")},
      {"archived term", ConsentDocumentScreen(reader, ArchivedTerm(), kNonce, "")},
      {"ask duty", AskConsentScreen(reader, SignedTerm(), kNonce, "")},
      {"who has not signed",
       SignersScreen(reader, SignedTerm(), Signed::kNo, SampleSigners(), kNonce)},
      {"who has signed",
       SignersScreen(reader, SignedTerm(), Signed::kYes, SampleSigners(), kNonce)},
      {"all have signed", SignersScreen(reader, SignedTerm(), Signed::kNo, {}, kNonce)},
      {"ask term", AskConsentFileScreen(reader, nullptr)},
      {"ask version", AskConsentFileScreen(reader, own.items.data())},
      {"ask archive", AskArchiveConsentDocumentScreen(reader, own.items[0], kNonce)},
      {"signatures", SignaturesScreen(reader, own.items[0], records)},
      {"no signatures", SignaturesScreen(reader, own.items[0], {})},
  };
}

}  // namespace kalends::telegram
