// What a button means, and how that travels in `callback_data`. Buttons carry everything their
// screen needs, so they outlive restarts; they carry ids and choices, never facts or rights: the
// core decides again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "adapters/telegram/action_parts.h"
#include "adapters/telegram/actions_files.h"
#include "date/date.h"

namespace kalends::telegram {

// One line for an action where it fits, so that the list reads as a table.
// clang-format off

// A button that does nothing: headings and dates without free times.
struct Noop { KALENDS_ACTION("n") };
struct ShowHome { KALENDS_ACTION("h") };

// Time zone and settings.
// Page -1: the one with the offset that the account has now.
struct ShowOffsets { Origin origin; int page = 0; KALENDS_ACTION("zo", origin, page) };
struct PickOffset {
  Origin origin;
  int offset_minutes = 0;
  KALENDS_ACTION("zp", origin, offset_minutes)
};
struct SkipZone { KALENDS_ACTION("zl") };
struct SetZone { Origin origin; ZoneName zone; KALENDS_ACTION("zs", origin, zone) };
struct ShowSettings { KALENDS_ACTION("se") };
struct ShowLanguages { KALENDS_ACTION("sl") };
struct SetLanguage { LanguageCode language; KALENDS_ACTION("sg", language) };
struct ShowAbout { KALENDS_ACTION("ab") };
struct ShowSupport { KALENDS_ACTION("su") };
struct ShowPrivacy { KALENDS_ACTION("dp") };
struct ExportData { KALENDS_ACTION("de") };
struct AskDeleteAccount { KALENDS_ACTION("da") };
struct DeleteAccount { Nonce nonce; KALENDS_ACTION("dx", nonce) };

// Requesting an appointment.
struct ShowProviders { int page = 0; KALENDS_ACTION("rp", page) };
struct PickProvider { ProviderId provider; int page = 0; KALENDS_ACTION("rs", provider, page) };
struct PickService {
  ProviderId provider;
  ServiceId service;
  int page = 0;  // Of an organization's specialists.
  KALENDS_ACTION("rv", provider, service, page)
};
struct ShowMonth {
  Draft draft;
  std::optional<date::year_month> month;  // None: the first one with a free date.
  KALENDS_ACTION("rm", draft.provider, draft.service, draft.specialist, month)
};
struct PickDay {
  Draft draft;
  date::year_month_day day;
  int page = 0;
  KALENDS_ACTION("rd", draft.provider, draft.service, draft.specialist, day, page)
};
struct PickSlot {
  Draft draft;
  Minute start;
  KALENDS_ACTION("rt", draft.provider, draft.service, draft.specialist, start)
};
// What the customer wants the provider to know. The text itself is in the session.
struct AskNote {
  Draft draft;
  Minute start;
  KALENDS_ACTION("ro", draft.provider, draft.service, draft.specialist, start)
};
struct RemoveNote {
  Draft draft;
  Minute start;
  KALENDS_ACTION("rx", draft.provider, draft.service, draft.specialist, start)
};
struct ConfirmRequest {
  Draft draft;
  Minute start;
  Nonce nonce;
  KALENDS_ACTION("rc", draft.provider, draft.service, draft.specialist, start, nonce)
};

// Appointments, for both sides.
struct ShowUpcoming { int page = 0; KALENDS_ACTION("au", page) };
struct ShowPast { int page = 0; KALENDS_ACTION("ap", page) };
struct ShowAppointment { AppointmentId appointment; KALENDS_ACTION("ac", appointment) };
struct ShowMeetingInfo { AppointmentId appointment; KALENDS_ACTION("ai", appointment) };
struct SendCalendarFile { AppointmentId appointment; KALENDS_ACTION("af", appointment) };
struct AskCancel { AppointmentId appointment; KALENDS_ACTION("ax", appointment) };
struct Cancel { AppointmentId appointment; Nonce nonce; KALENDS_ACTION("ay", appointment, nonce) };
// ...ForShownReason, and RegisterAsShown: with the text that the same screen shows, which is in the
// session.
struct CancelForShownReason {
  AppointmentId appointment;
  Nonce nonce;
  KALENDS_ACTION("az", appointment, nonce)
};
struct ChooseProposed {
  AppointmentId appointment;
  Minute start;
  Nonce nonce;
  KALENDS_ACTION("ah", appointment, start, nonce)
};

// Chats: a customer's own with a provider, any of one's own, a provider's list of them.
struct OpenChat { ProviderId provider; KALENDS_ACTION("co", provider) };
struct ShowChat {
  ProviderId provider;
  AccountId customer;
  int page = 0;  // 0: the newest messages.
  KALENDS_ACTION("cc", provider, customer, page)
};
struct LeaveChat {
  ProviderId provider;
  AccountId customer;
  KALENDS_ACTION("cl", provider, customer)
};
struct ShowThreads { int page = 0; KALENDS_ACTION("ct", page) };

// The customer's providers, and becoming one.
struct ShowSpecialists { int page = 0; KALENDS_ACTION("sp", page) };
struct ShowProvider { ProviderId provider; KALENDS_ACTION("sq", provider) };
struct AskRemoveProvider { ProviderId provider; KALENDS_ACTION("sr", provider) };
struct RemoveProvider { ProviderId provider; Nonce nonce; KALENDS_ACTION("sz", provider, nonce) };
struct ShowRegistration { KALENDS_ACTION("rg") };
struct AskRegister { RegisterAs kind; KALENDS_ACTION("ra", kind) };
struct Register { RegisterAs kind; Nonce nonce; KALENDS_ACTION("rr", kind, nonce) };
struct RegisterAsShown { RegisterAs kind; Nonce nonce; KALENDS_ACTION("rn", kind, nonce) };
struct ShowSetup { KALENDS_ACTION("us") };
struct SkipSetup { SetupStep step; KALENDS_ACTION("uk", step) };
struct EndSetup { KALENDS_ACTION("ue") };

// A provider's requests and calendar.
struct ShowRequests { int page = 0; KALENDS_ACTION("pr", page) };
struct Accept { AppointmentId appointment; Nonce nonce; KALENDS_ACTION("pa", appointment, nonce) };
struct AcceptAs {
  AppointmentId appointment;
  ServiceId service;
  Nonce nonce;
  KALENDS_ACTION("pw", appointment, service, nonce)
};
struct AskReject { AppointmentId appointment; KALENDS_ACTION("pj", appointment) };
struct Reject { AppointmentId appointment; Nonce nonce; KALENDS_ACTION("pk", appointment, nonce) };
struct RejectForShownReason {
  AppointmentId appointment;
  Nonce nonce;
  KALENDS_ACTION("pl", appointment, nonce)
};
struct Complete {
  AppointmentId appointment;
  Nonce nonce;
  KALENDS_ACTION("pc", appointment, nonce)
};
struct MarkMissed {
  AppointmentId appointment;
  Nonce nonce;
  KALENDS_ACTION("pm", appointment, nonce)
};
struct ProposeMonth {
  AppointmentId appointment;
  std::optional<date::year_month> month;  // As in ShowMonth.
  std::vector<Minute> chosen;             // At most kProposedTimesMax, here and below.
  KALENDS_ACTION("om", appointment, month, chosen)
};
struct ProposeDay {
  AppointmentId appointment;
  date::year_month_day day;
  int page = 0;
  std::vector<Minute> chosen;
  KALENDS_ACTION("od", appointment, day, page, chosen)
};
struct ReviewProposal {
  AppointmentId appointment;
  std::vector<Minute> chosen;
  KALENDS_ACTION("ov", appointment, chosen)
};
struct SendProposal {
  AppointmentId appointment;
  std::vector<Minute> chosen;
  Nonce nonce;
  KALENDS_ACTION("os", appointment, chosen, nonce)
};
struct ShowDay {
  std::optional<date::year_month_day> day;  // None: today.
  KALENDS_ACTION("kd", day)
};
struct ShowAgenda { int page = 0; KALENDS_ACTION("kn", page) };

// A provider's invitations. `days` until it expires, 0: never; `uses` at most, 0: any number.
struct ShowInvitations { int page = 0; KALENDS_ACTION("iv", page) };
struct EditInvitation {
  Invite kind;
  int days = 0;
  int uses = 0;
  KALENDS_ACTION("ie", kind, days, uses)
};
struct CreateInvitation {
  Invite kind;
  int days = 0;
  int uses = 0;
  Nonce nonce;
  KALENDS_ACTION("ic", kind, days, uses, nonce)
};
struct ShowInvitation { InvitationId invitation; KALENDS_ACTION("ii", invitation) };
struct SendQrCode { InvitationId invitation; KALENDS_ACTION("iq", invitation) };
struct AskRevoke { InvitationId invitation; KALENDS_ACTION("ir", invitation) };
struct Revoke { InvitationId invitation; Nonce nonce; KALENDS_ACTION("ix", invitation, nonce) };

// A provider's services.
struct ShowServices { int page = 0; KALENDS_ACTION("sv", page) };
struct ShowService { ServiceId service; KALENDS_ACTION("sw", service) };
struct AskServiceName { KALENDS_ACTION("sn") };
struct PickDuration { int minutes = 0; KALENDS_ACTION("sd", minutes) };
struct CreateFreeService { Nonce nonce; KALENDS_ACTION("sf", nonce) };
struct AskArchive { ServiceId service; KALENDS_ACTION("sx", service) };
struct Archive { ServiceId service; Nonce nonce; KALENDS_ACTION("sy", service, nonce) };

// A provider's public page.
struct ShowProfile { KALENDS_ACTION("ya") };
struct SetVisibility { Visibility visibility; Nonce nonce; KALENDS_ACTION("yb", visibility, nonce) };
struct AskAboutText { KALENDS_ACTION("yc") };
struct RemoveAboutText { Nonce nonce; KALENDS_ACTION("yd", nonce) };

// A specialist's working hours. `days`: bit 0 Monday to bit 6 Sunday. `from` and `to`: minutes
// after 00:00, up to 24:00.
struct ShowHours { KALENDS_ACTION("wh") };
struct PickWeekdays { int days = 0; KALENDS_ACTION("wd", days) };
struct PickFrom { int days = 0; KALENDS_ACTION("wf", days) };
struct PickTo { int days = 0; int from = 0; KALENDS_ACTION("wt", days, from) };
struct ReviewHours { int days = 0; int from = 0; int to = 0; KALENDS_ACTION("wr", days, from, to) };
struct ReplaceHours {
  int days = 0;
  int from = 0;
  int to = 0;
  Nonce nonce;
  KALENDS_ACTION("ws", days, from, to, nonce)
};
struct AddHours {
  int days = 0;
  int from = 0;
  int to = 0;
  Nonce nonce;
  KALENDS_ACTION("wa", days, from, to, nonce)
};
struct ClearHours { int days = 0; Nonce nonce; KALENDS_ACTION("wc", days, nonce) };

// clang-format on

// Any of them. The special members are written out of line: as part of every button they would make
// each screen take a minute to compile.
class Action {
 public:
  using Any = std::variant<
      Noop, ShowHome, ShowOffsets, PickOffset, SkipZone, SetZone, ShowSettings, ShowLanguages,
      SetLanguage, ShowAbout, ShowSupport, ShowProviders, PickProvider, PickService, ShowMonth,
      PickDay, PickSlot, AskNote, RemoveNote, ConfirmRequest, ShowUpcoming, ShowPast,
      ShowAppointment, ShowMeetingInfo, SendCalendarFile, AskCancel, Cancel, CancelForShownReason,
      ChooseProposed, OpenChat, ShowChat, LeaveChat, ShowThreads, ShowPrivacy, ExportData,
      AskDeleteAccount, DeleteAccount, AskRemoveProvider, RemoveProvider, ShowConsents,
      DownloadConsents, AskChangeConsents, ChangeConsents, DownloadMissing, SignMissing,
      DownloadMissingFor, SignMissingFor, OpenDocuments, ShowDocuments, DownloadDocuments,
      AskUpload, AskDeleteDocuments, DeleteDocuments, ShowCustomers, ShowConsentDocuments,
      ShowConsentDocument, AskConsentFile, SetConsent, AskArchiveConsentDocument,
      ArchiveConsentDocument, ShowSignatures, DownloadConsentDocument, ShowSpecialists,
      ShowProvider, ShowRegistration, AskRegister, Register, RegisterAsShown, ShowSetup, SkipSetup,
      EndSetup, ShowRequests, Accept, AcceptAs, AskReject, Reject, RejectForShownReason, Complete,
      MarkMissed, ProposeMonth, ProposeDay, ReviewProposal, SendProposal, ShowDay, ShowAgenda,
      ShowInvitations, EditInvitation, CreateInvitation, ShowInvitation, SendQrCode, AskRevoke,
      Revoke, ShowServices, ShowService, AskServiceName, PickDuration, CreateFreeService,
      AskArchive, Archive, ShowProfile, SetVisibility, AskAboutText, RemoveAboutText, ShowHours,
      PickWeekdays, PickFrom, PickTo, ReviewHours, ReplaceHours, AddHours, ClearHours>;

  template <typename Some>
    requires std::is_constructible_v<Any, Some> && (!std::is_same_v<std::decay_t<Some>, Action>)
  Action(Some some) : any(std::in_place_type<Some>, std::move(some)) {}
  Action(const Action& other);
  Action(Action&& other) noexcept;
  Action& operator=(const Action& other);
  Action& operator=(Action&& other) noexcept;
  ~Action();

  Any any;
};

// Writes `action` as `1:code:field:field`, at most kCallbackDataBytesMax bytes of printable ASCII.
std::string Encode(const Action& action);
// Reads what Encode wrote. nullopt: unknown, of another version, or forged; any bytes may come.
std::optional<Action> Decode(std::string_view callback_data);

// "pa" of an Accept: part of its request_id.
std::string_view CodeOf(const Action& action);

}  // namespace kalends::telegram
