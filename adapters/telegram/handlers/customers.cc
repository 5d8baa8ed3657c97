// A provider's customers: list, search, and what there is of one (SPEC 3.8).
#include "adapters/telegram/handlers/customers.h"

#include <algorithm>
#include <limits>

#include "adapters/telegram/handlers/all.h"
#include "adapters/telegram/handlers/availability.h"
#include "adapters/telegram/screens/booking.h"
#include "kalends/v1/chat_service.pb.h"
#include "kalends/v1/consent_service.pb.h"
#include "kalends/v1/note_service.pb.h"
#include "kalends/v1/package_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kCustomersListed = 1000;       // Others are found by their names.
constexpr std::size_t kCustomerNoteCharsMax = 2000;  // The core's limit.
constexpr std::size_t kSearchCharsMax = 100;         // The same.

// Whom there is something with comes first: the nearest appointment, then what is unsigned, then
// who came last. Who is gone comes last.
struct CustomerRank {
  bool gone = false;
  std::int64_t next = 0;
  bool all_signed = false;
  std::int64_t since = 0;
  friend auto operator<=>(const CustomerRank&, const CustomerRank&) = default;
};
CustomerRank RankOf(const v1::Link& link) {
  const v1::LinkSummary& summary = link.summary();
  return {link.has_block_time() || link.has_remove_time(),
          summary.has_next_start_time() ? summary.next_start_time().seconds()
                                        : std::numeric_limits<std::int64_t>::max(),
          summary.pending_consents() == 0, -link.create_time().seconds()};
}

absl::StatusOr<std::vector<v1::Link>> ReadCustomers(Turn& turn) {
  std::vector<v1::Link> links;
  v1::ListLinksRequest request;
  request.set_parent("providers/me");
  request.set_page_size(kListPageSize);
  request.set_show_summary(true);
  do {
    KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListLinksResponse>(request));
    links.insert(links.end(), answer.links().begin(), answer.links().end());
    request.set_page_token(answer.next_page_token());
  } while (!request.page_token().empty() && links.size() < kCustomersListed);
  return links;
}

// Nothing is done with who is gone but looking at what there was.
void KeepReachable(std::vector<v1::Link>& links, CustomerFor purpose) {
  if (purpose == CustomerFor::kCard) return;
  std::erase_if(links,
                [](const auto& link) { return link.has_block_time() || link.has_remove_time(); });
}

void AskName(Turn& turn, const CustomerPurpose& purpose) {
  turn.session().dialogue =
      TypesCustomer{purpose.purpose, purpose.package.text, KeptDay(purpose.day)};
}

absl::Status NamePackage(Turn& turn, CustomerPurpose& purpose) {
  if (purpose.purpose != CustomerFor::kSale) return absl::OkStatus();
  v1::GetPackageRequest request;
  request.set_name(NameOf(OwnProvider(turn), purpose.package));
  KALENDS_ASSIGN_OR_RETURN(const auto package, turn.Call<v1::Package>(request));
  purpose.name = package.display_name();
  return absl::OkStatus();
}

// Empty where there is none, or nobody can read it.
std::string NoteOn(Turn& turn, const v1::Link& link) {
  v1::GetPrivateNoteRequest request;
  request.set_name(link.name() + "/privateNote");
  const auto note = turn.Call<v1::PrivateNote>(request);
  return note.ok() ? note->text() : std::string();
}

int UnreadFrom(Turn& turn, const v1::Link& link) {
  v1::GetThreadRequest request;
  request.set_name(link.name() + "/thread");
  const auto thread = turn.Call<v1::Thread>(request);
  return thread.ok() ? thread->unread_count() : 0;
}

absl::Status ShowCard(Turn& turn, const AccountId& customer, const std::string& heading) {
  KALENDS_ASSIGN_OR_RETURN(auto link, GetCustomer(turn, customer));
  CustomerView view{.link = std::move(link), .heading = heading};
  view.unread = UnreadFrom(turn, view.link);
  view.note = NoteOn(turn, view.link);
  turn.Show(CustomerScreen(turn.reader(), view));
  return absl::OkStatus();
}

absl::Status WriteCustomerNote(Turn& turn, const AccountId& customer, const std::string& text,
                               const std::string& request_id, const char* heading_key) {
  v1::UpdatePrivateNoteRequest request;
  request.mutable_private_note()->set_name(LinkNameOf(OwnProvider(turn), customer) +
                                           "/privateNote");
  request.mutable_private_note()->set_text(text);
  request.mutable_update_mask()->add_paths("text");
  request.set_request_id(request_id);
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::PrivateNote>(request).status());
  return ShowCard(turn, customer, turn.texts().Html(heading_key));
}

}  // namespace

absl::StatusOr<v1::Link> GetCustomer(Turn& turn, const AccountId& customer) {
  v1::GetLinkRequest request;
  request.set_name(LinkNameOf(OwnProvider(turn), customer));
  return turn.Call<v1::Link>(request);
}

absl::Status ChooseCustomer(Turn& turn, CustomerPurpose purpose, int page) {
  KALENDS_RETURN_IF_ERROR(NamePackage(turn, purpose));
  KALENDS_ASSIGN_OR_RETURN(auto links, ReadCustomers(turn));
  KeepReachable(links, purpose.purpose);
  std::stable_sort(links.begin(), links.end(),
                   [](const v1::Link& a, const v1::Link& b) { return RankOf(a) < RankOf(b); });
  const int total = static_cast<int>(links.size());
  if (total > 0) AskName(turn, purpose);
  turn.Show(CustomersScreen(turn.reader(),
                            {.purpose = std::move(purpose),
                             .customers = PageOf(std::move(links), page, kCustomersPerPage),
                             .total = total,
                             .searched = ""}));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowCustomers& action) {
  return ChooseCustomer(turn, {}, action.page);
}

absl::Status Handle(Turn& turn, const ChooseCustomerToBook& action) {
  return ChooseCustomer(turn, {.purpose = CustomerFor::kBooking, .day = action.day}, action.page);
}

absl::Status Handle(Turn& turn, const ChooseCustomerToSell& action) {
  return ChooseCustomer(turn, {.purpose = CustomerFor::kSale, .package = action.package},
                        action.page);
}

absl::Status Handle(Turn& turn, const ShowCustomer& action) {
  return ShowCard(turn, action.customer, "");
}

// Who is the only one of that name is meant.
absl::Status Handle(Turn& turn, const TypesCustomer& dialogue, const std::string& text) {
  CustomerPurpose purpose{.purpose = dialogue.purpose, .package = {dialogue.package}};
  if (dialogue.day != 0) {
    purpose.day = date::sys_days(date::days(static_cast<int>(dialogue.day)));
  }
  KALENDS_RETURN_IF_ERROR(NamePackage(turn, purpose));
  v1::ListLinksRequest request;
  request.set_parent("providers/me");
  request.set_page_size(kListPageSize);
  request.set_show_summary(true);
  const std::string searched = Shorten(text, kSearchCharsMax);
  request.set_name_contains(searched);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListLinksResponse>(request));
  std::vector<v1::Link> links(answer.links().begin(), answer.links().end());
  KeepReachable(links, purpose.purpose);
  if (links.size() == 1) {
    const Action next = LeadsTo(purpose, AccountId::Of(links.front().customer()));
    return HandlerFor(next).handle(turn, next);
  }
  AskName(turn, purpose);
  const int total = static_cast<int>(links.size());
  turn.Show(
      CustomersScreen(turn.reader(), {.purpose = std::move(purpose),
                                      .customers = PageOf(std::move(links), 0, kCustomersPerPage),
                                      .total = total,
                                      .searched = searched}));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowCustomerAppointments& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto link, GetCustomer(turn, action.customer));
  const auto filter = action.which == CustomerAppointments::kPast
                          ? v1::ListAppointmentsRequest::FILTER_PAST
                          : v1::ListAppointmentsRequest::FILTER_UPCOMING;
  KALENDS_ASSIGN_OR_RETURN(const auto page,
                           ReadPage<v1::Appointment>(
                               action.page, kCustomerAppointmentsPerPage,
                               [&](int page_size, const std::string& token) {
                                 v1::ListAppointmentsRequest request;
                                 request.set_parent("providers/me");
                                 request.set_customer(link.customer());
                                 request.set_filter(filter);
                                 request.set_page_size(page_size);
                                 request.set_page_token(token);
                                 return turn.Call<v1::ListAppointmentsResponse>(request);
                               },
                               [](const auto& answer) { return answer.appointments(); }));
  turn.Show(CustomerAppointmentsScreen(turn.reader(), link, action.which, page));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowCustomerTerms& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto link, GetCustomer(turn, action.customer));
  KALENDS_ASSIGN_OR_RETURN(const auto page,
                           ReadPage<v1::Consent>(
                               0, kChoicesPerPage,
                               [&](int page_size, const std::string& token) {
                                 v1::ListConsentsRequest request;
                                 request.set_parent(link.name());
                                 request.set_page_size(page_size);
                                 request.set_page_token(token);
                                 return turn.Call<v1::ListConsentsResponse>(request);
                               },
                               [](const auto& answer) { return answer.consents(); }));
  turn.Show(CustomerTermsScreen(turn.reader(), link, page));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowCustomerNote& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto link, GetCustomer(turn, action.customer));
  turn.session().dialogue = TypesCustomerNote{action.customer.text};
  turn.Show(CustomerNoteScreen(turn.reader(), link, NoteOn(turn, link), turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesCustomerNote& dialogue, const std::string& text) {
  return WriteCustomerNote(turn, AccountId{dialogue.customer}, Shorten(text, kCustomerNoteCharsMax),
                           turn.NextRequestId(), "customers.note_kept");
}

absl::Status Handle(Turn& turn, const RemoveCustomerNote& action) {
  return WriteCustomerNote(turn, action.customer, "", turn.RequestIdOf(action, action.nonce),
                           "customers.note_removed");
}

absl::Status Handle(Turn& turn, const AskBlockCustomer& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto link, GetCustomer(turn, action.customer));
  turn.Show(AskBlockScreen(turn.reader(), link, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const BlockCustomer& action) {
  v1::BlockLinkRequest request;
  request.set_name(LinkNameOf(OwnProvider(turn), action.customer));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::Link>(request).status());
  return ShowCard(turn, action.customer, turn.texts().Html("customers.blocked"));
}

absl::Status Handle(Turn& turn, const UnblockCustomer& action) {
  v1::UnblockLinkRequest request;
  request.set_name(LinkNameOf(OwnProvider(turn), action.customer));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::Link>(request).status());
  return ShowCard(turn, action.customer, turn.texts().Html("customers.unblocked"));
}

Handlers CustomersHandlers() {
  return HandlersOf<TypesCustomer, TypesCustomerNote>(CustomersActions{});
}

}  // namespace kalends::telegram
