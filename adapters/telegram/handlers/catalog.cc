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

absl::StatusOr<std::vector<v1::Service>> ListWithArchived(Turn& turn) {
  v1::ListServicesRequest request;
  request.set_parent(turn.account().provider());
  request.set_page_size(kListPageSize);
  request.set_show_archived(true);
  KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListServicesResponse>(request));
  return std::vector<v1::Service>(answer.services().begin(), answer.services().end());
}

absl::StatusOr<v1::Service> GetOwnService(Turn& turn, const ServiceId& id) {
  v1::GetServiceRequest request;
  request.set_name(NameOf(OwnProvider(turn), id));
  return turn.Call<v1::Service>(request);
}

namespace {

// Where the others cannot be read, the card is there all the same.
Screen CardOf(Turn& turn, const v1::Service& service, const std::string& heading) {
  const auto all = ListAllServices(turn, turn.account().provider());
  return ServiceCardScreen(turn.reader(), {.service = service,
                                           .kind = turn.account().provider_kind(),
                                           .nonce = turn.nonce(),
                                           .heading = heading,
                                           .alone = all.ok() && all->size() < 2});
}

}  // namespace

void ShowServiceCard(Turn& turn, const v1::Service& service, const std::string& heading) {
  turn.Show(CardOf(turn, service, heading));
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
  Screen screen = CardOf(turn, created, turn.texts().Html("catalog.created"));
  AddMissing(turn, screen);
  turn.Show(screen);
  return absl::OkStatus();
}

// The question again, below what was wrong with the answer.
void AskAgain(Turn& turn, Dialogue dialogue, Screen question, const std::string& why) {
  turn.session().dialogue = std::move(dialogue);
  question.text = why + "\n\n" + question.text;
  turn.Show(question);
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowServices& action) {
  KALENDS_ASSIGN_OR_RETURN(auto services, ListWithArchived(turn));
  const auto all = services.size();
  std::erase_if(services, [](const v1::Service& service) { return service.archived(); });
  const int archived = static_cast<int>(all - services.size());
  KALENDS_ASSIGN_OR_RETURN(const auto provider, GetProvider(turn, turn.account().provider()));
  turn.Show(ServicesScreen(turn.reader(),
                           PageOf(std::move(services), action.page, kServicesPerPage), archived,
                           {provider.organizations().begin(), provider.organizations().end()}));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const ShowService& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto service, GetOwnService(turn, action.service));
  ShowServiceCard(turn, service);
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
  const auto minutes = ParseNumber(ServiceField::kDuration, text);
  const NumberField limits = *NumberFieldOf(ServiceField::kDuration);
  if (minutes && *minutes >= limits.min && *minutes <= limits.max) {
    return AskPrice(turn, dialogue.name, *minutes);
  }
  AskAgain(turn, dialogue, AskDurationScreen(turn.reader(), dialogue.name),
           DoesNotFitText(turn.reader(), ServiceField::kDuration, ""));
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
           DoesNotFitText(turn.reader(), ServiceField::kPrice, likely));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskArchive& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto service, GetOwnService(turn, action.service));
  turn.Show(AskArchiveServiceScreen(turn.reader(), service, turn.nonce()));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const Archive& action) {
  v1::ArchiveServiceRequest request;
  request.set_name(NameOf(OwnProvider(turn), action.service));
  request.set_request_id(turn.RequestIdOf(action, action.nonce));
  KALENDS_ASSIGN_OR_RETURN(const auto archived, turn.Call<v1::Service>(request));
  ShowServiceCard(turn, archived);
  return absl::OkStatus();
}

Handlers CatalogHandlers() {
  return HandlersOf<TypesServiceName, TypesServiceDuration, TypesServicePrice>(CatalogActions{});
}

}  // namespace kalends::telegram
