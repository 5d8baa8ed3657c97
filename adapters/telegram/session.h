// What we remember of a chat between updates, kept by the core as a few bytes of JSON: which
// message is the screen, and what the next typed text means. Buttons need none of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "adapters/telegram/action_fields.h"

namespace kalends::telegram {

inline constexpr std::size_t kSessionBytesMax = 4096;  // The core's limit.
inline constexpr std::size_t kAnswersMax = 8;          // That are remembered.

// What is being typed: each with a name (never reused) and its fields, as a table.
// clang-format off
#define KALENDS_DIALOGUE(name, ...)               \
  static constexpr std::string_view kName = name; \
  auto Fields() { return std::tie(__VA_ARGS__); }

struct TypesNothing { KALENDS_DIALOGUE({}) };
struct TypesCity {
  Origin origin;
  std::string provider;  // Who invited; may be empty.
  KALENDS_DIALOGUE("city", origin, provider)
};
struct TypesCancelReason { std::string appointment; KALENDS_DIALOGUE("cancel", appointment) };
struct TypesRejectReason { std::string appointment; KALENDS_DIALOGUE("reject", appointment) };
struct TypesProviderName { RegisterAs kind; KALENDS_DIALOGUE("provider", kind) };
struct TypesInvitationLabel {
  Invite kind;
  int days = 0;
  int uses = 0;
  KALENDS_DIALOGUE("invitation", kind, days, uses)
};
struct TypesServiceName { KALENDS_DIALOGUE("service_name") };
struct TypesServiceDuration { std::string name; KALENDS_DIALOGUE("service_duration", name) };
struct TypesServicePrice {
  std::string name;
  int minutes = 0;
  KALENDS_DIALOGUE("service_price", name, minutes)
};
struct TypesServiceField {
  std::string service;
  ServiceField field;
  KALENDS_DIALOGUE("service_field", service, field)
};
struct TypesTranslation {
  std::string service;
  ServiceField field;
  std::string language;
  KALENDS_DIALOGUE("translation", service, field, language)
};
// What goes with a request for `start`, in minutes since 1970.
struct TypesNote {
  std::string provider;
  std::string service;
  std::string specialist;
  std::int64_t start = 0;
  KALENDS_DIALOGUE("note", provider, service, specialist, start)
};
// The day, and perhaps the time, of a request, while dates or times to tap are shown. `day`: whose
// times those are, in days since 1970; 0: none's.
struct TypesWhen {
  std::string provider;
  std::string service;
  std::string specialist;
  std::int64_t day = 0;
  KALENDS_DIALOGUE("when", provider, service, specialist, day)
};
// The same of one more time to propose to who made a request; `chosen`: those there are, as a button
// carries them.
struct TypesProposedTime {
  std::string appointment;
  std::string chosen;
  std::int64_t day = 0;
  KALENDS_DIALOGUE("proposed", appointment, chosen, day)
};
// A customer's name, while a provider's customers are shown. `package`: what is sold; `day`: which is
// booked, in days since 1970, 0: none.
struct TypesCustomer {
  CustomerFor purpose = CustomerFor::kCard;
  std::string package;
  std::int64_t day = 0;
  KALENDS_DIALOGUE("customer", purpose, package, day)
};
struct TypesCustomerNote { std::string customer; KALENDS_DIALOGUE("customer_note", customer) };
// As TypesWhen, of what the provider books for a customer.
struct TypesBookWhen {
  std::string customer;
  std::string service;
  std::string specialist;
  std::int64_t day = 0;
  KALENDS_DIALOGUE("book_when", customer, service, specialist, day)
};
// What was paid or paid back, for an appointment or for what the customer was sold.
struct TypesAmount {
  std::string appointment;
  std::string customer;
  std::string package;
  MoneyMoves moves = MoneyMoves::kIn;
  KALENDS_DIALOGUE("amount", appointment, customer, package, moves)
};
struct TypesPackageVisits { std::string service; KALENDS_DIALOGUE("package_visits", service) };
struct TypesPackagePrice {
  std::string service;
  int visits = 0;
  KALENDS_DIALOGUE("package_price", service, visits)
};
struct TypesPackageName { std::string package; KALENDS_DIALOGUE("package_name", package) };
struct TypesPackagePriceAnew {
  std::string package;
  KALENDS_DIALOGUE("package_price_anew", package)
};
// Where an appointment is to go, while dates or times to tap are shown; `day` as above. Then why, of
// the one that is to go to `start`, in minutes since 1970; and where it takes place.
struct TypesMoveTime {
  std::string appointment;
  std::int64_t day = 0;
  KALENDS_DIALOGUE("move_time", appointment, day)
};
struct TypesMoveReason {
  std::string appointment;
  std::int64_t start = 0;
  KALENDS_DIALOGUE("move_reason", appointment, start)
};
struct TypesPlace { std::string appointment; KALENDS_DIALOGUE("place", appointment) };
struct TypesAppointmentNote {
  std::string appointment;
  KALENDS_DIALOGUE("appointment_note", appointment)
};
// How long before a start to remind, and what is added to that.
struct TypesReminderLead { KALENDS_DIALOGUE("reminder_lead") };
struct TypesReminderText { KALENDS_DIALOGUE("reminder_text") };
struct TypesAbout { KALENDS_DIALOGUE("about") };
struct TypesContacts { KALENDS_DIALOGUE("contacts") };
struct TypesHours {
  int days = 0;
  InWeeks weeks = InWeeks::kAll;
  KALENDS_DIALOGUE("weekly_hours", days, weeks)
};
// When a vacation is, or how it goes on from `first`, in days since 1970; 0: not chosen yet.
struct TypesVacation { std::int64_t first = 0; KALENDS_DIALOGUE("vacation", first) };
// Its hours; `day`: the one that is chosen, in days since 1970, or 0 for today.
struct TypesAbsence { std::int64_t day = 0; KALENDS_DIALOGUE("absence", day) };
// Its day and hours; `day`: the one that is chosen, in days since 1970, or 0.
struct TypesOpening { std::int64_t day = 0; KALENDS_DIALOGUE("opening", day) };
struct TypesHoliday { KALENDS_DIALOGUE("holiday") };
// Of a calendar of elsewhere, which is a secret: never kept.
struct TypesBusyAddress { KALENDS_DIALOGUE("busy_address") };
struct SendsHolidayFile { KALENDS_DIALOGUE("holiday_file") };
// Why an appointment outside the hours is cancelled, which stands at `place` of their list.
struct TypesAffectedReason {
  std::string appointment;
  int place = 0;
  KALENDS_DIALOGUE("affected_reason", appointment, place)
};
struct TypesAboutIn { std::string language; KALENDS_DIALOGUE("about_in", language) };
struct TypesSlug { KALENDS_DIALOGUE("slug") };
struct TypesMapLink { KALENDS_DIALOGUE("map_link") };
struct TypesNetworks { KALENDS_DIALOGUE("networks") };
struct TypesColor { KALENDS_DIALOGUE("color") };
struct TypesCaption { std::string picture; KALENDS_DIALOGUE("caption", picture) };
// The pictures that come next are for the page: `photo` 1 for its one photo, 0 for the gallery.
struct SendsPictures { int photo = 0; KALENDS_DIALOGUE("pictures", photo) };
// What comes next goes to the other side of a chat, or to support; files too.
struct TypesMessage {
  std::string provider;
  std::string customer;
  KALENDS_DIALOGUE("message", provider, customer)
};
// `asked`: 1 once something has been written.
struct TypesSupport { int asked = 0; KALENDS_DIALOGUE("support", asked) };
// The files that come next are shared within a link, or are a provider's terms: a further version
// of `document`, or where that is empty a new document.
struct SendsDocuments {
  std::string provider;
  std::string customer;
  KALENDS_DIALOGUE("documents", provider, customer)
};
struct SendsConsentDocument { std::string document; KALENDS_DIALOGUE("term", document) };
// clang-format on
#undef KALENDS_DIALOGUE

using Dialogue = std::variant<
    TypesNothing, TypesCity, TypesCancelReason, TypesRejectReason, TypesProviderName,
    TypesInvitationLabel, TypesServiceName, TypesServiceDuration, TypesServicePrice, TypesNote,
    TypesWhen, TypesProposedTime, TypesAbout, TypesContacts, TypesHours, TypesMessage, TypesSupport,
    SendsDocuments, SendsConsentDocument, TypesCustomer, TypesCustomerNote, TypesBookWhen,
    TypesAmount, TypesPackageVisits, TypesPackagePrice, TypesPackageName, TypesPackagePriceAnew,
    TypesMoveTime, TypesMoveReason, TypesPlace, TypesAppointmentNote, TypesReminderLead,
    TypesReminderText, TypesServiceField, TypesTranslation, TypesVacation, TypesAbsence,
    TypesOpening, TypesHoliday, SendsHolidayFile, TypesAffectedReason, TypesAboutIn, TypesSlug,
    TypesMapLink, TypesNetworks, TypesColor, TypesCaption, SendsPictures, TypesBusyAddress>;

// Whether it goes on after each message or file, until it is left.
inline bool IsConversation(const Dialogue& dialogue) {
  return std::holds_alternative<TypesMessage>(dialogue) ||
         std::holds_alternative<TypesSupport>(dialogue) ||
         std::holds_alternative<SendsDocuments>(dialogue);
}
// Whether both ask for the same, of the same.
bool IsSameQuestion(const Dialogue& a, const Dialogue& b);
// Whether a picture, a file or a voice message is an answer too.
inline bool TakesFiles(const Dialogue& dialogue) {
  return IsConversation(dialogue) || std::holds_alternative<SendsConsentDocument>(dialogue) ||
         std::holds_alternative<SendsHolidayFile>(dialogue) ||
         std::holds_alternative<SendsPictures>(dialogue);
}

// A typed text that is shown once more before anything happens. The button below it carries the
// same nonce, and acts on no other text.
struct ShownText {
  Nonce nonce;
  std::string text;
};

// What a customer wants to tell `provider` (the short id) with the next request. Every summary that
// shows it gives it its nonce, and the request of that summary takes it along. Once sent it is
// nobody's, and kept for a second tap of the same button.
struct RequestNote {
  std::string provider;
  Nonce nonce;
  std::string text;
};

// The request to `provider` whose proposed times were all declined (short ids). It stands until
// another one is sent: the summary that says so gives it its nonce, and the request of that summary
// takes its place. An empty appointment: none.
struct ReplacedRequest {
  std::string provider;
  Nonce nonce;
  std::string appointment;
};

// The package that pays for what the next summary shows (short ids), of `provider`; kNoPackage: the
// customer wants none. Its button takes along the one that its summary gave its nonce.
inline constexpr std::string_view kNoPackage = "none";
struct PayingPackage {
  std::string provider;
  Nonce nonce;
  std::string package;
};

// The service that the link of an invitation is to book (short ids), while the newcomer's zone is
// still to be asked. An empty provider: none.
struct WantedService {
  std::string provider;
  std::string service;
  std::int64_t start = 0;  // At this minute since 1970; 0: at no time in particular.
};

// The name to register with, while the zone that a provider must have is still to be asked. An
// empty name: none.
struct WantedName {
  RegisterAs kind = RegisterAs::kSpecialist;
  std::string name;
};

// What the keys of a provider's keyboard said when it was last sent: how much waits.
struct MenuCounts {
  int requests = 0;
  int chats = 0;
  friend bool operator==(const MenuCounts&, const MenuCounts&) = default;
};

struct Session {
  std::int64_t bot = 0;     // Whose messages `screen` and `question` are.
  std::int64_t screen = 0;  // The message that the next screen replaces; 0: none.
  Dialogue dialogue;
  // The last text that ended a dialogue, and which: the same update may come once more.
  std::string answered_update;  // As TextOf writes its key; empty: none.
  Dialogue answered;
  // The messages that answered questions of ours, the last ones, oldest first.
  std::vector<std::int64_t> answers;
  // A message that stays, such as a notification, while it asks for a text; 0: none.
  std::int64_t question = 0;
  // Where the set-up of a new provider stands.
  SetupStep setup = SetupStep::kDone;
  ShownText shown;   // An empty text: none.
  RequestNote note;  // The same.
  ReplacedRequest replaced;
  PayingPackage pays;
  WantedService wanted;
  WantedName registers;
  // The code of the invitation to a team that waits until its reader is a specialist; empty: none.
  std::string joins;
  // A provider that has a customer's keyboard for now.
  bool as_customer = false;
  MenuCounts counts;
  std::int64_t counter = 0;  // The message that did nothing but bring that keyboard; 0: none.
  std::string commands;      // A mark of the commands that are this chat's own; empty: none are.
};

// {"v":1,"bot":1000000001,"screen":812,"dialogue":["city",0]}, and "question", "update",
// "answered", "answers", "setup", "shown", "note", "replaced", "pays", "wanted", "registers",
// "joins", "as_customer", "counts", "counter" and "commands"; nothing for a session that holds
// nothing. What the core does not keep is not written: a note gives way to the rest.
std::string WriteSession(const Session& session);
// Anything but what WriteSession wrote, an older version included, reads as an empty session.
Session ReadSession(std::string_view data);

}  // namespace kalends::telegram
