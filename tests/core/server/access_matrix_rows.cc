#include "tests/core/server/access_matrix_rows.h"

namespace kalends::test {
namespace {

using enum Relation;

constexpr Refusals kEverybody = Refusals::All("");
// What a caller may not see is not there.
constexpr Refusals kNobody = Refusals::All("NOT_FOUND");

// The provider's own: its settings, hours, invitations, and what it sees of all customers.
constexpr Refusals kOwn = kNobody.Let({kTool, kProvider});
// What a provider shows to those who may book: its customers, its staff, the organizations it works
// for. Who took it off the list does not see it.
constexpr Refusals kShown =
    kOwn.Let({kCustomer, kOtherCustomer, kBlocked, kOrganization, kStaff, kColleague});
// What was signed can be read for good.
constexpr Refusals kSigned = kShown.Let({kRemoved});
// An account's own.
constexpr Refusals kItself = kNobody.Let({kTool, kCustomer, kRemoved, kBlocked});
// What the two sides of a link share; what is there stays when the link is removed or blocked.
constexpr Refusals kShared = kItself.Let({kProvider});
// New things need a link that stands.
constexpr Refusals kNewShared =
    kShared.But({kRemoved}, "LINK_REMOVED").But({kBlocked}, "LINK_BLOCKED");
// An appointment: its two sides, and of an organization's the specialist who keeps it.
constexpr Refusals kAppointment = kShared.Let({kStaff});
// What the provider's side alone does with it, told to the customer's by `reason`.
constexpr Refusals ByProvider(const Refusals& seen, std::string_view reason) {
  return seen.But({kCustomer, kRemoved, kBlocked}, reason);
}
// What the customer's side of a link alone does with it.
constexpr Refusals kByCustomer = kShared.But({kTool, kProvider}, "CUSTOMER_ONLY");
// The support team: tools, and adapters that speak for a group by its own keys.
constexpr Refusals kTeam = kNobody.Let({kTool});
constexpr Refusals kBridge = kTeam.Let({kAdapter});
constexpr Refusals kAnyAccount = kEverybody;
// What the customer wrote, who alone may change it.
constexpr Refusals kByAsker = kNobody.Let({kCustomer, kRemoved, kBlocked});
constexpr Refusals kBySender =
    kByAsker.But({kRemoved}, "LINK_REMOVED").But({kBlocked}, "LINK_BLOCKED");

constexpr AccessRow kRows[] = {
    // Who somebody is.
    {"AccountService.EnsureAccount", kEverybody, R"(identity: "telegram:new" display_name: "N")"},
    {"AccountService.GetAccount", kItself, R"(name: "${account}")"},
    {"AccountService.UpdateAccount", kItself,
     R"(account { name: "${account}" display_name: "N" } update_mask { paths: "display_name" })"},
    {"AccountService.ListUtcOffsets", kEverybody, ""},
    {"AccountService.SearchTimeZones", kEverybody, R"(query: "Berlin")"},
    {"AccountService.RegisterProvider",
     kAnyAccount.But({kProvider, kStaff, kColleague, kOtherProvider}, "ALREADY_PROVIDER")
         .But({kOrganization}, "PROVIDER_KIND_FIXED"),
     R"(kind: PROVIDER_KIND_SPECIALIST display_name: "N" time_zone: "Europe/Berlin")"},
    {"ProviderService.GetProvider", kShown, R"(name: "${provider}")"},
    {"ProviderService.UpdateProvider", kOwn,
     R"(provider { name: "${provider}" display_name: "N" } update_mask { paths: "display_name" })"},
    {"ProviderService.GetOpenCounts", kOwn, R"(name: "${provider}")"},
    // Carla is no organization, and has no staff.
    {"ProviderService.RemoveStaff", kNobody, R"(parent: "${provider}" specialist: "${provider}")"},
    {"ProviderService.ListProviders", kItself, R"(parent: "${account}")"},

    // Who belongs to whom. An account that is linked is told so, and nothing changes, also when it
    // is blocked.
    {"InvitationService.CreateInvitation", kOwn, R"(parent: "${provider}" invitation {})"},
    {"InvitationService.GetInvitation", kOwn, R"(name: "${invitation}")"},
    {"InvitationService.ListInvitations", kOwn, R"(parent: "${provider}")"},
    {"InvitationService.RevokeInvitation", kOwn, R"(name: "${invitation}")"},
    {"InvitationService.RedeemInvitation", kAnyAccount.But({kProvider}, "OWN_INVITATION"),
     R"(code: "${code}")"},
    {"InvitationService.RedeemInvitation",
     kAnyAccount.But({kStranger, kCustomer, kOtherCustomer, kRemoved, kBlocked}, "NOT_A_SPECIALIST")
         .But({kOrganization}, "OWN_INVITATION"),
     R"(code: "${staff_code}")"},
    {"LinkService.GetLink", kShared, R"(name: "${link}")"},
    {"LinkService.ListLinks", kOwn, R"(parent: "${provider}")"},
    {"LinkService.RemoveLink",
     kItself.But({kTool, kCustomer, kBlocked}, "OPEN_APPOINTMENTS")
         .But({kProvider}, "CUSTOMER_ONLY"),
     R"(name: "${link}")"},
    {"LinkService.BlockLink", ByProvider(kShared, "PROVIDER_ONLY"), R"(name: "${link}")"},
    {"LinkService.UnblockLink", ByProvider(kShared, "PROVIDER_ONLY"), R"(name: "${link}")"},

    // What a provider shows. The page is for everybody.
    {"ProfileService.GetProfile", kOwn, R"(name: "${provider}/profile")"},
    {"ProfileService.UpdateProfile", kOwn,
     R"(profile { name: "${provider}/profile" about: "N" } update_mask { paths: "about" })"},
    {"ProfileService.CreatePagePreview", kOwn, R"(name: "${provider}/profile")"},
    {"ProfileService.DeletePagePreview", kOwn, R"(name: "${provider}/profile")"},
    {"ProfileService.GetPublicProfile", kEverybody, R"(slug: "${slug}")"},
    {"ProfileService.ListPublicTimes", kEverybody, R"(slug: "${slug}")"},
    {"PictureService.UploadPicture", kOwn, R"(header { parent: "${provider}" } | data: "${png}")"},
    {"PictureService.ListPictures", kOwn, R"(parent: "${provider}")"},
    {"PictureService.UpdatePicture", kOwn,
     R"(picture { name: "${picture}" caption: "N" } update_mask { paths: "caption" })"},
    {"PictureService.DeletePicture", kOwn, R"(name: "${picture}")"},
    // The page is published.
    {"PictureService.GetPictureFile", kEverybody, R"(name: "${picture}")"},
    {"CatalogService.CreateService", kOwn,
     R"(parent: "${provider}" service { display_name: "N" duration { seconds: 3600 } })"},
    {"CatalogService.GetService", kShown, R"(name: "${service}")"},
    {"CatalogService.ListServices", kShown, R"(parent: "${provider}")"},
    {"CatalogService.ListServices", kOwn, R"(parent: "${provider}" show_archived: true)"},
    {"CatalogService.UpdateService", kOwn,
     R"(service { name: "${service}" display_name: "N" } update_mask { paths: "display_name" })"},
    {"CatalogService.ArchiveService", kOwn, R"(name: "${service}")"},
    {"CatalogService.UnarchiveService", kOwn, R"(name: "${service}")"},
    // Carla, of Studio's staff.
    {"CatalogService.SetServiceDeclined", kNobody.Let({kStaff}),
     R"(name: "${service}" specialist: "${specialist}" declined: true)"},
    {"CatalogService.MoveService", kOwn, R"(name: "${service}" places: 1)"},

    // Calendars to subscribe to. The web has the token.
    {"FeedService.CreateFeed", kItself, R"(parent: "${account}" feed { role: ROLE_CUSTOMER })"},
    {"FeedService.GetFeed", kItself, R"(name: "${feed}")"},
    {"FeedService.ListFeeds", kItself, R"(parent: "${account}")"},
    {"FeedService.RevokeFeed", kItself, R"(name: "${feed}")"},
    {"FeedService.GetFeedCalendar", kEverybody, R"(token: "${feed_token}")"},

    // When a specialist works.
    {"ScheduleService.GetSchedule", kOwn, R"(name: "${provider}/schedule")"},
    {"ScheduleService.UpdateSchedule", kOwn,
     R"(schedule { name: "${provider}/schedule" daily_cap: 9 } update_mask { paths: "daily_cap" })"},
    {"ScheduleService.ChangeWeeklyHours", kOwn,
     R"(name: "${provider}/schedule" cleared_weekdays: 7)"},
    {"ScheduleService.ChangeSpecialDates", kOwn,
     R"(name: "${provider}/schedule" added { date { year: 2026 month: 12 day: 24 } })"},
    {"ScheduleService.ImportHolidays", kOwn,
     R"(name: "${provider}/schedule" calendar: "BEGIN:VCALENDAR\nEND:VCALENDAR\n")"},
    {"ScheduleService.CreateClosure", kOwn,
     R"(parent: "${provider}" closure { start_time { seconds: ${start} }
                                        end_time { seconds: ${proposed} } })"},
    {"ScheduleService.GetClosure", kOwn, R"(name: "${provider}/closures/${closure}")"},
    {"ScheduleService.ListClosures", kOwn, R"(parent: "${provider}")"},
    {"ScheduleService.DeleteClosure", kOwn, R"(name: "${provider}/closures/${closure}")"},
    {"ScheduleService.CreateOpening", kOwn,
     R"(parent: "${provider}" opening { start_time { seconds: ${start} }
                                        end_time { seconds: ${proposed} } })"},
    {"ScheduleService.GetOpening", kOwn, R"(name: "${provider}/openings/${opening}")"},
    {"ScheduleService.ListOpenings", kOwn, R"(parent: "${provider}")"},
    {"ScheduleService.DeleteOpening", kOwn, R"(name: "${provider}/openings/${opening}")"},

    // Carla works for Studio.
    {"ScheduleService.ListBusyTimes", kOwn.Let({kOrganization}),
     R"(parent: "${provider}" start_time { seconds: ${start} } end_time { seconds: ${proposed} })"},

    // Appointments. WRONG_STATUS gets the one who left, whose request was rejected.
    {"BookingService.ListBookableDates", kShown,
     R"(parent: "${provider}" service: "${service}" start_date { year: 2026 month: 3 day: 6 }
        end_date { year: 2026 month: 3 day: 7 })"},
    {"BookingService.ListSlots", kShown,
     R"(parent: "${provider}" service: "${service}" start_date { year: 2026 month: 3 day: 6 }
        end_date { year: 2026 month: 3 day: 7 })"},
    {"BookingService.RequestAppointment",
     kNobody.Let({kCustomer, kOtherCustomer}).But({kBlocked}, "LINK_BLOCKED"),
     R"(parent: "${provider}" appointment { service: "${service}"
                                            start_time { seconds: ${start} } })"},
    {"BookingService.AcceptAppointment", ByProvider(kAppointment, "PROVIDER_ONLY"),
     R"(name: "${pending}")"},
    {"BookingService.RejectAppointment", ByProvider(kAppointment, "PROVIDER_ONLY"),
     R"(name: "${pending}")"},
    {"BookingService.CancelAppointment", kAppointment.But({kRemoved}, "WRONG_STATUS"),
     R"(name: "${pending}")"},
    {"BookingService.CompleteAppointment", ByProvider(kAppointment, "PROVIDER_ONLY"),
     R"(name: "${started}")"},
    {"BookingService.MarkAppointmentMissed", ByProvider(kAppointment, "PROVIDER_ONLY"),
     R"(name: "${started}")"},
    {"BookingService.ProposeTimes", ByProvider(kAppointment, "PROVIDER_ONLY"),
     R"(name: "${pending}" start_times { seconds: ${proposed} })"},
    {"BookingService.ChooseProposedTime",
     kAppointment.But({kTool, kProvider, kStaff}, "CUSTOMER_ONLY").But({kRemoved}, "WRONG_STATUS"),
     R"(name: "${pending}" start_time { seconds: ${proposed} })"},
    // It is no more than asked for, and nothing is to move.
    {"BookingService.DeclineProposedTime",
     kAppointment.But({kTool, kProvider, kStaff}, "CUSTOMER_ONLY")
         .But({kCustomer, kRemoved, kBlocked}, "WRONG_STATUS"),
     R"(name: "${pending}")"},
    {"BookingService.RescheduleAppointment", ByProvider(kAppointment, "PROVIDER_ONLY"),
     R"(name: "${pending}" start_time { seconds: ${proposed} })"},
    {"BookingService.BookAppointment", kOwn,
     R"(parent: "${provider}" customer: "${account}" service: "${service}"
        start_time { seconds: ${start} })"},
    // Carla's are hers alone; of the studio's, the studio decides.
    {"BookingService.ReassignAppointment",
     ByProvider(kAppointment, "PROVIDER_ONLY")
         .But({kTool, kProvider}, "SPECIALIST_NOT_OFFERING")
         .But({kStaff}, "PROVIDER_ONLY"),
     R"(name: "${pending}")"},
    {"BookingService.SetAppointmentPlace", ByProvider(kAppointment, "PROVIDER_ONLY"),
     R"(name: "${pending}" place: "N")"},
    {"BookingService.RemindAppointment",
     ByProvider(kAppointment, "PROVIDER_ONLY").But({kTool, kProvider, kStaff}, "ALREADY_STARTED"),
     R"(name: "${started}")"},
    {"BookingService.GetAppointment", kAppointment, R"(name: "${pending}")"},
    {"BookingService.ListAppointments", kItself, R"(parent: "${account}")"},
    {"BookingService.ListAppointments", kOwn, R"(parent: "${provider}")"},
    {"PaymentService.CreatePayment", ByProvider(kAppointment, "PROVIDER_ONLY"),
     R"(parent: "${started}" payment { kind: KIND_PAYMENT
                                       amount { currency_code: "EUR" minor_units: 100 } })"},
    {"PaymentService.ListPayments", kAppointment, R"(parent: "${started}")"},
    {"PaymentService.CreatePayment", ByProvider(kShared, "PROVIDER_ONLY"),
     R"(parent: "${sold}" payment { kind: KIND_PAYMENT
                                    amount { currency_code: "EUR" minor_units: 100 } })"},
    {"PaymentService.ListPayments", kShared, R"(parent: "${sold}")"},
    {"StatisticsService.GetStatistics", kOwn,
     R"(name: "${provider}/statistics" period: PERIOD_WEEK)"},

    // Packages: what is offered, and what each customer has.
    {"PackageService.CreatePackage", kOwn,
     R"(parent: "${provider}" package { display_name: "N" services: "${service}" visits: 5 })"},
    {"PackageService.GetPackage", kShown, R"(name: "${package}")"},
    {"PackageService.ListPackages", kShown, R"(parent: "${provider}")"},
    {"PackageService.ListPackages", kOwn, R"(parent: "${provider}" show_archived: true)"},
    {"PackageService.UpdatePackage", kOwn,
     R"(package { name: "${package}" visits: 6 } update_mask { paths: "visits" })"},
    {"PackageService.ArchivePackage", kOwn, R"(name: "${package}")"},
    // A link that ended is told to the provider alone, who does not sell over it.
    {"PackageService.SellPackage", ByProvider(kShared, "PROVIDER_ONLY"),
     R"(parent: "${link}" package: "${package}")"},
    {"PackageService.CancelSoldPackage", ByProvider(kShared, "PROVIDER_ONLY"),
     R"(name: "${sold}")"},
    {"PackageService.GetSoldPackage", kShared, R"(name: "${sold}")"},
    {"PackageService.ListSoldPackages", kShared, R"(parent: "${link}")"},
    {"PackageService.ListSoldPackages", kOwn, R"(parent: "${provider}")"},
    {"PackageService.ListPackageUses", kShared, R"(parent: "${sold}")"},

    // Calendars of elsewhere are the specialist's own; who fetches them acts for nobody.
    {"BusyCalendarService.CreateBusyCalendar", kOwn,
     R"(parent: "${provider}" busy_calendar { kind: KIND_FILE address: "https://a.example/c.ics" })"},
    {"BusyCalendarService.GetBusyCalendar", kOwn, R"(name: "${provider}/busyCalendars/${busy}")"},
    {"BusyCalendarService.ListBusyCalendars", kOwn, R"(parent: "${provider}")"},
    {"BusyCalendarService.UpdateBusyCalendar", kOwn,
     R"(busy_calendar { name: "${provider}/busyCalendars/${busy}" all_day_free: true } update_mask { paths: "all_day_free" })"},
    {"BusyCalendarService.FetchBusyCalendar", kOwn, R"(name: "${provider}/busyCalendars/${busy}")"},
    {"BusyCalendarService.DeleteBusyCalendar", kOwn,
     R"(name: "${provider}/busyCalendars/${busy}")"},
    {"BusyCalendarService.LeaseBusyCalendars", kEverybody, ""},
    {"BusyCalendarService.ReportBusyCalendar", Refusals::All("LEASE_LOST"),
     R"(name: "${provider}/busyCalendars/${busy}" lease: 1 unchanged {})"},

    // What a provider notes for itself is not there for anybody else.
    {"NoteService.GetPrivateNote", kOwn, R"(name: "${link}/privateNote")"},
    {"NoteService.UpdatePrivateNote", kOwn,
     R"(private_note { name: "${link}/privateNote" text: "N" } update_mask { paths: "text" })"},
    {"NoteService.GetPrivateNote", kOwn.Let({kStaff}), R"(name: "${pending}/privateNote")"},
    {"NoteService.UpdatePrivateNote", kOwn.Let({kStaff}),
     R"(private_note { name: "${pending}/privateNote" text: "N" } update_mask { paths: "text" })"},

    // What the two sides of a link share.
    {"ChatService.SendMessage", kNewShared, R"(parent: "${link}" message { text: "N" })"},
    {"ChatService.EditMessage", kBySender,
     R"(name: "${link}/messages/0000000000001" message { text: "N" })"},
    {"ChatService.ListMessageVersions", kShared, R"(parent: "${link}")"},
    {"ChatService.ListMessages", kShared, R"(parent: "${link}")"},
    {"ChatService.MarkRead", kShared, R"(name: "${link}/messages/0000000000001")"},
    {"ChatService.GetThread", kShared, R"(name: "${link}/thread")"},
    {"ChatService.ListThreads", kItself, R"(parent: "${account}")"},
    {"ChatService.ListThreads", kOwn, R"(parent: "${provider}")"},
    {"DocumentService.UploadDocument", kNewShared,
     R"(header { parent: "${link}" file_name: "n.txt" } | data: "N")"},
    {"DocumentService.FetchDocument", kShared, R"(name: "${document}")"},
    {"DocumentService.FetchDocument", kSigned, R"(name: "${version}")"},
    {"DocumentService.GetDocument", kShared, R"(name: "${document}")"},
    {"DocumentService.ListDocuments", kShared, R"(parent: "${link}")"},
    // The customer uploaded it.
    {"DocumentService.DeleteDocument", kShared.But({kProvider}, "NOT_YOUR_DOCUMENT"),
     R"(name: "${document}")"},
    {"DocumentService.CreateDownloadLink", kShared, R"(name: "${document}")"},
    {"DocumentService.CreateDownloadLink", kSigned, R"(name: "${version}")"},
    // Whoever holds the token.
    {"DocumentService.GetDownload", kEverybody, R"(token: "${token}")"},
    {"DocumentService.FetchDownload", kEverybody, R"(token: "${token}")"},

    // What customers sign: by themselves alone.
    {"ConsentService.PublishConsentDocument", kOwn,
     R"(header { parent: "${provider}" document { display_name: "N" } file_name: "n.txt"
                 content_type: "text/plain" } | data: "N")"},
    {"ConsentService.PublishConsentVersion", kOwn,
     R"(header { parent: "${consent}" file_name: "n.txt" content_type: "text/plain" } |
        data: "N")"},
    {"ConsentService.GetConsentDocument", kSigned, R"(name: "${consent}")"},
    {"ConsentService.ListConsentDocuments", kSigned, R"(parent: "${provider}")"},
    {"ConsentService.ListConsentVersions", kSigned, R"(parent: "${consent}")"},
    {"ConsentService.UpdateConsentDocument", kOwn,
     R"(consent_document { name: "${consent}" archived: true } update_mask { paths: "archived" })"},
    {"ConsentService.ChangeConsents",
     kByCustomer.But({kRemoved}, "LINK_REMOVED").But({kBlocked}, "LINK_BLOCKED"),
     R"(parent: "${link}" channel: "telegram" changes { version: "${version}"
                                                        decision: CONSENT_DECISION_GIVE })"},
    {"ConsentService.ChangeConsents", kByCustomer,
     R"(parent: "${link}" channel: "telegram" changes { version: "${version}"
                                                        decision: CONSENT_DECISION_WITHDRAW })"},
    {"ConsentService.ListConsents", kShared, R"(parent: "${link}")"},
    {"ConsentService.ListCustomerConsents", kOwn, R"(parent: "${consent}")"},
    {"ConsentService.RemindConsents", kOwn, R"(name: "${consent}")"},
    {"ConsentService.ListConsentRecords", kOwn, R"(parent: "${provider}")"},
    {"ConsentService.ListConsentRecords", kShared,
     R"(parent: "${provider}" customer: "${account}")"},

    // Support: whoever asks, and the team.
    {"SupportService.AskSupport", kAnyAccount, R"(message { text: "N" })"},
    {"SupportService.AskSupport", kItself, R"(ticket: "${ticket}" message { text: "N" })"},
    {"SupportService.AnswerTicket", kTeam, R"(name: "${ticket}" message { text: "N" })"},
    {"SupportService.AnswerTicket", kBridge,
     R"(bridge_key: "${bridge_key}" message { text: "N" })"},
    {"SupportService.EditTicketMessage", kByAsker,
     R"(name: "${ticket}/messages/0000000000001" message { text: "N" })"},
    {"SupportService.ListTicketMessageVersions", kItself, R"(parent: "${ticket}")"},
    {"SupportService.CloseTicket", kItself, R"(name: "${ticket}")"},
    {"SupportService.CloseTicket", kBridge, R"(bridge_key: "${bridge_key}")"},
    {"SupportService.GetTicket", kItself, R"(name: "${ticket}")"},
    {"SupportService.ListTickets", kItself, R"(parent: "${account}")"},
    {"SupportService.ListTickets", kTeam, ""},
    {"SupportService.ListTicketMessages", kItself, R"(parent: "${ticket}")"},
    {"SupportService.BridgeTicket", kBridge, R"(name: "${ticket}" bridge_key: "telegram:-1:2")"},
    {"SupportService.ConnectSupportDesk", kBridge, R"(identity: "telegram:-1" display_name: "N")"},
    {"SupportService.DisconnectSupportDesk", kBridge, R"(identity: "telegram:-1")"},
    {"SupportService.ListSupportDesks", kBridge, ""},

    // Of oneself.
    {"PrivacyService.ExportAccount", kItself, R"(name: "${account}" omit_files: true)"},
    {"PrivacyService.PreviewAccountDeletion", kItself, R"(name: "${account}")"},
    {"PrivacyService.DeleteAccount", kItself, R"(name: "${account}")"},

    // What belongs to an adapter, or to the server, and to no account.
    {"NotificationService.StreamNotifications", kEverybody,
     R"(channel: "telegram" max_outstanding: 1)"},
    {"NotificationService.AcknowledgeNotification", kEverybody,
     R"(name: "notifications/0000000000001")"},
    {"NotificationService.ReturnNotification", Refusals::All("LEASE_LOST"),
     R"(name: "notifications/0000000000001" outcome: OUTCOME_RETRY)"},
    // For an account, as it sees appointments.
    {"NotificationService.KeepCard", kAppointment,
     R"(card { channel: "telegram" message: "1" appointment: "${pending}" revision: 1 })"},
    {"NotificationService.DropCard", kAnyAccount, R"(channel: "telegram" message: "1")"},
    {"SessionService.GetSession", kEverybody, R"(name: "sessions/telegram:ada")"},
    {"SessionService.UpdateSession", kEverybody,
     R"(session { name: "sessions/telegram:ada" data: "N" })"},
    {"AdminService.CreateApiKey", kEverybody, R"(api_key { display_name: "N" scopes: SCOPE_WEB })"},
    {"AdminService.ListApiKeys", kEverybody, ""},
    {"AdminService.RevokeApiKey", kEverybody, R"(name: "${api_key}")"},
    {"AdminService.RotateMasterKey", Refusals::All("MASTER_KEY_ELSEWHERE"), ""},
    {"AdminService.RewrapDocumentKeys", kEverybody, ""},
    {"AdminService.ListAuditLines", kEverybody, ""},
    {"AdminService.GetServerStats", kEverybody, ""},
    // What operators' tools bring in, for nobody.
    {"ImportService.ImportProvider", kEverybody,
     R"(external_id: "x/1" kind: PROVIDER_KIND_SPECIALIST display_name: "N" time_zone: "UTC")"},
    {"ImportService.ImportCatalogService", kEverybody,
     R"(parent: "${provider}" external_id: "x/1" service { display_name: "N"
        duration { seconds: 3600 } })"},
    {"ImportService.ImportCustomer", kEverybody,
     R"(parent: "${provider}" external_id: "x/1" display_name: "N")"},
    {"ImportService.ImportAppointment", kEverybody,
     R"(parent: "${provider}" external_id: "x/1" customer: "${account}"
        start_time { seconds: 1577869200 } end_time { seconds: 1577872800 }
        status: STATUS_COMPLETED)"},
};

}  // namespace

std::string_view NameOf(Relation relation) {
  switch (relation) {
    case kAdapter:
      return "an adapter that names nobody";
    case kWeb:
      return "kalends-web, which names nobody";
    case kTool:
      return "a tool that names nobody";
    case kUnknown:
      return "an unknown account";
    case kStranger:
      return "a stranger";
    case kCustomer:
      return "the customer";
    case kOtherCustomer:
      return "another customer";
    case kRemoved:
      return "a customer who left";
    case kBlocked:
      return "a blocked customer";
    case kProvider:
      return "the provider";
    case kOrganization:
      return "the organization of the specialist";
    case kStaff:
      return "the specialist concerned";
    case kColleague:
      return "another specialist of the organization";
    case kOtherProvider:
      return "another provider";
  }
  return "";
}

std::span<const AccessRow> AccessRows() { return kRows; }

}  // namespace kalends::test
