// What a customer agrees to (SPEC 2.8), and what hinders a request (4.5).
#include "adapters/telegram/handlers/consents.h"

#include "adapters/telegram/actions/appointments.h"
#include "adapters/telegram/handlers/booking.h"
#include "adapters/telegram/handlers/files.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/proposals.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/screens/consents.h"
#include "kalends/v1/consent_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kMissingAtOnce = 10;  // As CONSENT_MISSING names them.

std::string OwnLink(const Turn& turn, const ProviderId& provider) {
  return LinkNameOf(provider, AccountId::Of(turn.account().name()));
}

absl::StatusOr<Page<v1::Consent>> ReadConsents(Turn& turn, const ProviderId& provider, int page,
                                               int per_page) {
  return ReadPage<v1::Consent>(
      page, per_page,
      [&](int page_size, const std::string& token) {
        v1::ListConsentsRequest request;
        request.set_parent(OwnLink(turn, provider));
        request.set_page_size(page_size);
        request.set_page_token(token);
        return turn.Call<v1::ListConsentsResponse>(request);
      },
      [](const auto& answer) { return answer.consents(); });
}

// What was ticked counts only as long as the rows are the same.
template <typename SomeAction>
absl::StatusOr<ConsentsView> ReadView(Turn& turn, const SomeAction& action) {
  ConsentsView view;
  KALENDS_ASSIGN_OR_RETURN(view.provider, GetProvider(turn, NameOf(action.provider)));
  KALENDS_ASSIGN_OR_RETURN(view.consents,
                           ReadConsents(turn, action.provider, action.page, kTicksPerPage));
  view.ticks.mark = MarkOf(view.consents.items);
  if (view.ticks.mark == action.mark) {
    view.ticks.selected = action.selected;
  } else if (action.selected != 0) {
    view.heading = turn.texts().Html("ticks.changed");
  }
  return view;
}

void Add(v1::ChangeConsentsRequest& request, const std::string& version,
         v1::ConsentDecision decision) {
  v1::ConsentChange& change = *request.add_changes();
  change.set_version(version);
  change.set_decision(decision);
}

// Documents that hinder a request now, as many at a time as the core names. The core decides again
// with the next request.
absl::StatusOr<std::vector<MissingTerm>> ReadMissing(Turn& turn, const ProviderId& provider) {
  KALENDS_ASSIGN_OR_RETURN(const auto consents, ReadConsents(turn, provider, 0, kListPageSize - 1));
  std::vector<MissingTerm> missing;
  for (const v1::Consent& consent : consents.items) {
    if (missing.size() == kMissingAtOnce) break;
    const v1::ConsentDocument& document = consent.consent_document();
    if (document.blocks_booking() && consent.state() == v1::Consent::STATE_PENDING) {
      missing.push_back({document.version().name(), document.display_name()});
    }
  }
  return missing;
}

absl::Status ShowMissing(Turn& turn, const v1::Provider& provider, MissingConsentsView view) {
  view.provider_label = ProviderLabel(provider.kind(), provider.display_name());
  turn.Show(MissingConsentsScreen(turn.reader(), view));
  return absl::OkStatus();
}

absl::Status SendMissing(Turn& turn, const std::vector<MissingTerm>& missing) {
  std::vector<FileToSend> files;
  files.reserve(missing.size());
  for (const MissingTerm& term : missing) files.push_back({term.version, term.display_name});
  return SendDownloads(turn, files);
}

absl::Status GiveConsent(Turn& turn, const ProviderId& provider,
                         const std::vector<MissingTerm>& missing) {
  v1::ChangeConsentsRequest request;
  request.set_parent(OwnLink(turn, provider));
  request.set_channel(std::string(kChannel));
  request.set_request_id(turn.NextRequestId());
  for (const MissingTerm& term : missing) {
    Add(request, term.version, v1::CONSENT_DECISION_GIVE);
  }
  return turn.Call<v1::ChangeConsentsResponse>(request).status();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowConsents& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto view, ReadView(turn, action));
  turn.Show(ConsentsScreen(turn.reader(), view));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const DownloadConsents& action) {
  KALENDS_ASSIGN_OR_RETURN(auto view, ReadView(turn, action));
  std::vector<FileToSend> files;
  for (const v1::Consent& consent : Ticked(view.consents.items, view.ticks)) {
    const v1::ConsentDocument& document = consent.consent_document();
    files.push_back({document.version().name(), document.display_name()});
  }
  // What was downloaded stays ticked: to sign it is what comes next.
  if (!files.empty()) KALENDS_RETURN_IF_ERROR(SendDownloads(turn, files));
  turn.Show(ConsentsScreen(turn.reader(), view));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskChangeConsents& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto view, ReadView(turn, action));
  turn.Show(view.ticks.none() ? ConsentsScreen(turn.reader(), view)
                              : AskChangeConsentsScreen(turn.reader(), view, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ChangeConsents& action) {
  KALENDS_ASSIGN_OR_RETURN(auto view, ReadView(turn, action));
  v1::ChangeConsentsRequest request;
  request.set_parent(OwnLink(turn, action.provider));
  request.set_channel(std::string(kChannel));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  for (const v1::Consent& consent : Ticked(view.consents.items, view.ticks)) {
    if (consent.state() == v1::Consent::STATE_PENDING) {
      Add(request, consent.consent_document().version().name(), v1::CONSENT_DECISION_GIVE);
    } else if (consent.state() == v1::Consent::STATE_SIGNED) {
      Add(request, consent.signed_version(), v1::CONSENT_DECISION_WITHDRAW);
    }
  }
  if (request.changes().empty()) {
    view.heading.clear();  // Tapped twice: to choose again would be to take it back.
    turn.Show(ConsentsScreen(turn.reader(), view));
    return absl::OkStatus();
  }
  KALENDS_RETURN_IF_ERROR(turn.Call<v1::ChangeConsentsResponse>(request).status());
  KALENDS_ASSIGN_OR_RETURN(view, ReadView(turn, ShowConsents{action.provider, action.page, 0, 0}));
  view.heading = turn.texts().Html("consents.saved");
  turn.Show(ConsentsScreen(turn.reader(), view));
  return absl::OkStatus();
}

absl::Status ShowMissingConsents(Turn& turn, const Draft& draft, Minute start,
                                 std::vector<MissingTerm> missing, const std::string& heading) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, NameOf(draft.provider)));
  const auto day = ToLocal(ZoneFor(turn.reader(), provider.time_zone()), start).day();
  const int mark = MarkOf(missing);
  return ShowMissing(turn, provider,
                     {.provider_label = {},
                      .missing = std::move(missing),
                      .download = DownloadMissing{draft, start},
                      .sign = SignMissing{draft, start, mark},
                      .back = PickDay{draft, day},
                      .heading = heading});
}

absl::Status ShowMissingConsents(Turn& turn, const v1::Appointment& appointment, Minute start,
                                 std::vector<MissingTerm> missing, const std::string& heading) {
  const AppointmentId id = AppointmentId::Of(appointment.name());
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, appointment.provider()));
  const int mark = MarkOf(missing);
  return ShowMissing(turn, provider,
                     {.provider_label = {},
                      .missing = std::move(missing),
                      .download = DownloadMissingFor{id, start},
                      .sign = SignMissingFor{id, start, mark},
                      .back = ShowAppointment{id},
                      .heading = heading});
}

absl::Status ShowConsentsOrSummary(Turn& turn, const Draft& draft, Minute start) {
  KALENDS_ASSIGN_OR_RETURN(auto missing, ReadMissing(turn, draft.provider));
  if (missing.empty()) return ShowSummary(turn, draft, start, "");
  return ShowMissingConsents(turn, draft, start, std::move(missing), "");
}

absl::Status Handle(Turn& turn, const DownloadMissing& action) {
  KALENDS_ASSIGN_OR_RETURN(auto missing, ReadMissing(turn, action.draft.provider));
  if (missing.empty()) return ShowSummary(turn, action.draft, action.start, "");
  KALENDS_RETURN_IF_ERROR(SendMissing(turn, missing));
  return ShowMissingConsents(turn, action.draft, action.start, std::move(missing), "");
}

absl::Status Handle(Turn& turn, const DownloadMissingFor& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  KALENDS_ASSIGN_OR_RETURN(auto missing, ReadMissing(turn, ProviderId::Of(appointment.provider())));
  if (missing.empty()) return ShowProposedTime(turn, appointment, action.start, "");
  KALENDS_RETURN_IF_ERROR(SendMissing(turn, missing));
  return ShowMissingConsents(turn, appointment, action.start, std::move(missing), "");
}

absl::Status Handle(Turn& turn, const SignMissing& action) {
  KALENDS_ASSIGN_OR_RETURN(auto missing, ReadMissing(turn, action.draft.provider));
  if (missing.empty()) return ShowSummary(turn, action.draft, action.start, "");
  if (MarkOf(missing) != action.mark) {
    return ShowMissingConsents(turn, action.draft, action.start, std::move(missing),
                               turn.texts().Html("ticks.changed"));
  }
  KALENDS_RETURN_IF_ERROR(GiveConsent(turn, action.draft.provider, missing));
  const std::string thanks = turn.texts().Html("consents.missing_thanks");
  KALENDS_ASSIGN_OR_RETURN(missing, ReadMissing(turn, action.draft.provider));
  if (missing.empty()) return ShowSummary(turn, action.draft, action.start, thanks);
  return ShowMissingConsents(turn, action.draft, action.start, std::move(missing), thanks);
}

absl::Status Handle(Turn& turn, const SignMissingFor& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto appointment, GetAppointment(turn, action.appointment));
  const ProviderId provider = ProviderId::Of(appointment.provider());
  KALENDS_ASSIGN_OR_RETURN(auto missing, ReadMissing(turn, provider));
  if (missing.empty()) return ShowProposedTime(turn, appointment, action.start, "");
  if (MarkOf(missing) != action.mark) {
    return ShowMissingConsents(turn, appointment, action.start, std::move(missing),
                               turn.texts().Html("ticks.changed"));
  }
  KALENDS_RETURN_IF_ERROR(GiveConsent(turn, provider, missing));
  const std::string thanks = turn.texts().Html("consents.missing_thanks");
  KALENDS_ASSIGN_OR_RETURN(missing, ReadMissing(turn, provider));
  if (missing.empty()) return ShowProposedTime(turn, appointment, action.start, thanks);
  return ShowMissingConsents(turn, appointment, action.start, std::move(missing), thanks);
}

Handlers ConsentsHandlers() { return HandlersOf(ConsentsActions{}); }

}  // namespace kalends::telegram
