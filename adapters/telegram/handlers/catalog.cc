// A provider's services: list, create by three questions, archive.
#include "adapters/telegram/handlers/catalog.h"

#include <algorithm>

#include "adapters/telegram/currencies.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/kept_price.h"
#include "adapters/telegram/handlers/providers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "kalends/v1/catalog_service.pb.h"

namespace kalends::telegram {
absl::StatusOr<std::string> LikelyCurrencyOf(Turn& turn) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, turn.account().provider()));
  if (!provider.currency_guessed()) return provider.currency_code();
  KALENDS_ASSIGN_OR_RETURN(const auto services, ListAllServices(turn, turn.account().provider()));
  const auto priced = std::find_if(services.rbegin(), services.rend(), [](const auto& service) {
    return service.has_price() && service.price().minor_units() > 0;
  });
  if (priced != services.rend()) return priced->price().currency_code();
  return provider.currency_code();
}

absl::Status KeepCurrency(Turn& turn, const std::string& currency) {
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, turn.account().provider()));
  if (!provider.currency_guessed()) return absl::OkStatus();
  v1::UpdateProviderRequest request;
  request.mutable_provider()->set_name(provider.name());
  request.mutable_provider()->set_currency_code(currency);
  request.mutable_update_mask()->add_paths("currency_code");
  request.set_request_id(turn.NextRequestId());
  return turn.Call<v1::Provider>(request).status();
}

namespace {

absl::Status AskPrice(Turn& turn, const std::string& name, int minutes) {
  KALENDS_ASSIGN_OR_RETURN(const std::string likely, LikelyCurrencyOf(turn));
  turn.session().dialogue = TypesServicePrice{name, minutes};
  turn.Show(AskPriceScreen(turn.reader(), name, minutes, likely, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Create(Turn& turn, const TypesServicePrice& wanted, const std::optional<Price>& price,
                    const std::string& request_id) {
  v1::CreateServiceRequest request;
  request.set_parent(turn.account().provider());
  v1::Service& service = *request.mutable_service();
  service.set_display_name(wanted.name);
  service.mutable_duration()->set_seconds(std::int64_t{wanted.minutes} * 60);
  if (price) {
    service.mutable_price()->set_currency_code(price->currency);
    service.mutable_price()->set_minor_units(price->minor_units);
  }
  request.set_request_id(request_id);
  const auto made = turn.Call<v1::Service>(request);
  // Where the core could not be reached, the same button helps later.
  if (!made.ok()) turn.ResumeDialogue();
  KALENDS_ASSIGN_OR_RETURN(const auto created, made);
  // The service is there all the same; the next price brings it up again.
  if (price) KeepCurrency(turn, price->currency).IgnoreError();
  if (ContinueSetup(turn, SetupStep::kService, turn.texts().Html("catalog.created"))) {
    return absl::OkStatus();
  }
  Screen screen = ServiceScreen(turn.reader(), created);
  screen.text = turn.texts().Html("catalog.created") + "\n\n" + screen.text;
  AddMissing(turn, screen);
  turn.Show(screen);
  return absl::OkStatus();
}

// The question again, below what was wrong with the answer.
void AskAgain(Turn& turn, Dialogue dialogue, Screen question, const char* why_key) {
  turn.session().dialogue = std::move(dialogue);
  question.text = turn.texts().Html(why_key) + "\n\n" + question.text;
  turn.Show(question);
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowServices& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto page,
                           ReadPage<v1::Service>(
                               action.page, kServicesPerPage,
                               [&](int page_size, const std::string& token) {
                                 v1::ListServicesRequest request;
                                 request.set_parent(turn.account().provider());
                                 request.set_page_size(page_size);
                                 request.set_page_token(token);
                                 return turn.Call<v1::ListServicesResponse>(request);
                               },
                               [](const auto& answer) { return answer.services(); }));
  turn.Show(ServicesScreen(turn.reader(), page));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowService& action) {
  v1::GetServiceRequest request;
  request.set_name(NameOf(OwnProvider(turn), action.service));
  KALENDS_ASSIGN_OR_RETURN(const auto service, turn.Call<v1::Service>(request));
  turn.Show(ServiceScreen(turn.reader(), service));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskServiceName&) {
  turn.session().dialogue = TypesServiceName{};
  turn.Show(AskServiceNameScreen(turn.reader()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesServiceName&, const std::string& text) {
  const std::string name = Shorten(text, kNameCharsMax);
  turn.session().dialogue = TypesServiceDuration{name};
  turn.Show(AskDurationScreen(turn.reader(), name));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const PickDuration& action) {
  if (const auto* asked = std::get_if<TypesServiceDuration>(&turn.former_dialogue())) {
    return AskPrice(turn, asked->name, action.minutes);
  }
  if (const auto* answered = std::get_if<TypesServicePrice>(&turn.former_dialogue())) {
    return AskPrice(turn, answered->name, action.minutes);  // Tapped twice.
  }
  return Handle(turn, AskServiceName{});
}

absl::Status Handle(Turn& turn, const TypesServiceDuration& dialogue, const std::string& text) {
  if (const auto minutes = ParseDuration(text)) return AskPrice(turn, dialogue.name, *minutes);
  AskAgain(turn, dialogue, AskDurationScreen(turn.reader(), dialogue.name), "catalog.bad_duration");
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const CreateFreeService& action) {
  const auto* asked = std::get_if<TypesServicePrice>(&turn.former_dialogue());
  // A double tap comes here after the service was made: the list shows it.
  if (asked == nullptr) return Handle(turn, ShowServices{});
  return Create(turn, *asked, std::nullopt, turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const CreatePricedService& action) {
  const auto* asked = std::get_if<TypesServicePrice>(&turn.former_dialogue());
  const std::string* kept = turn.ShownWith(action.nonce);
  if (asked == nullptr || kept == nullptr) return Handle(turn, ShowServices{});
  return Create(turn, *asked, KeptPrice(*kept), turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const TypesServicePrice& dialogue, const std::string& text) {
  KALENDS_ASSIGN_OR_RETURN(const std::string likely, LikelyCurrencyOf(turn));
  if (const auto price = ParsePrice(text, likely)) {
    turn.session().dialogue = dialogue;  // Another price may follow.
    turn.KeepShown(PriceToKeep(*price));
    turn.Show(
        ReviewPriceScreen(turn.reader(), dialogue.name, dialogue.minutes, *price, turn.nonce()));
    return absl::OkStatus();
  }
  AskAgain(turn, dialogue,
           AskPriceScreen(turn.reader(), dialogue.name, dialogue.minutes, likely, turn.nonce()),
           "catalog.bad_price");
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskArchive& action) {
  v1::GetServiceRequest request;
  request.set_name(NameOf(OwnProvider(turn), action.service));
  KALENDS_ASSIGN_OR_RETURN(const auto service, turn.Call<v1::Service>(request));
  turn.Show(AskArchiveServiceScreen(turn.reader(), service, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const Archive& action) {
  v1::ArchiveServiceRequest request;
  request.set_name(NameOf(OwnProvider(turn), action.service));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_ASSIGN_OR_RETURN(const auto archived, turn.Call<v1::Service>(request));
  turn.Show(ServiceScreen(turn.reader(), archived));
  return absl::OkStatus();
}

Handlers CatalogHandlers() {
  return HandlersOf<TypesServiceName, TypesServiceDuration, TypesServicePrice>(CatalogActions{});
}

}  // namespace kalends::telegram
