// The fields of a provider's service, each changed by itself.
#include "adapters/telegram/screens/service_fields.h"

#include "adapters/telegram/handlers/catalog.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"
#include "adapters/telegram/html.h"
#include "kalends/v1/catalog_service.pb.h"

namespace kalends::telegram {
namespace {

constexpr std::size_t kPlaceCharsMax = 500;  // The core's limit.

// Changes `path` of the service to what `wanted` has.
absl::StatusOr<v1::Service> Change(Turn& turn, const ServiceId& id, v1::Service wanted,
                                   const char* path, const std::string& request_id) {
  v1::UpdateServiceRequest request;
  wanted.set_name(NameOf(OwnProvider(turn), id));
  *request.mutable_service() = std::move(wanted);
  request.mutable_update_mask()->add_paths(path);
  request.set_request_id(request_id);
  return turn.Call<v1::Service>(request);
}

// The service with what it has now: its card, or the numbers among which this one stands.
void ShowSaved(Turn& turn, const v1::Service& service, ServiceField field) {
  const std::string saved = turn.texts().Html("catalog.saved");
  const auto number = NumberFieldOf(field);
  if (!number || !number->group) {
    ShowServiceCard(turn, service, saved);
    return;
  }
  Screen screen = ServiceGroupScreen(turn.reader(), service, *number->group);
  screen.text = saved + "\n\n" + screen.text;
  turn.Show(screen);
}

absl::Status ChangeAndShow(Turn& turn, const ServiceId& id, const v1::Service& wanted,
                           const char* path, ServiceField field, const std::string& request_id) {
  KALENDS_ASSIGN_OR_RETURN(const auto service, Change(turn, id, wanted, path, request_id));
  ShowSaved(turn, service, field);
  return absl::OkStatus();
}

absl::Status Ask(Turn& turn, const ServiceId& id, ServiceField field, const std::string& why) {
  KALENDS_ASSIGN_OR_RETURN(const auto service, GetOwnService(turn, id));
  std::string likely;
  if (field == ServiceField::kPrice) {
    KALENDS_ASSIGN_OR_RETURN(likely, LikelyCurrencyOf(turn));
  }
  turn.session().dialogue = TypesServiceField{id.text, field};
  Screen question = AskServiceFieldScreen(turn.reader(), service, field, likely, turn.nonce());
  if (!why.empty()) question.text = why + "\n\n" + question.text;
  turn.Show(question);
  return absl::OkStatus();
}

absl::Status TakeNumber(Turn& turn, const ServiceId& id, ServiceField field,
                        const std::string& text) {
  const NumberField limits = *NumberFieldOf(field);
  const auto value = ParseNumber(field, text);
  if (!value || *value < limits.min || *value > limits.max) {
    return Ask(turn, id, field, DoesNotFitText(turn.reader(), field, ""));
  }
  v1::Service wanted;
  SetNumber(wanted, field, *value);
  return ChangeAndShow(turn, id, wanted, limits.path, field, turn.NextRequestId());
}

absl::Status TakePrice(Turn& turn, const ServiceId& id, const std::string& text) {
  KALENDS_ASSIGN_OR_RETURN(const std::string likely, LikelyCurrencyOf(turn));
  const auto price = ParsePrice(text, likely);
  if (!price) {
    return Ask(turn, id, ServiceField::kPrice,
               DoesNotFitText(turn.reader(), ServiceField::kPrice, likely));
  }
  v1::Service wanted;
  wanted.mutable_price()->set_currency_code(price->currency);
  wanted.mutable_price()->set_minor_units(price->minor_units);
  KALENDS_ASSIGN_OR_RETURN(const auto service,
                           Change(turn, id, wanted, "price", turn.NextRequestId()));
  KeepCurrency(turn, price->currency).IgnoreError();
  ShowSaved(turn, service, ServiceField::kPrice);
  return absl::OkStatus();
}

absl::Status TakePaymentLink(Turn& turn, const ServiceId& id, const std::string& text) {
  v1::Service wanted;
  wanted.set_payment_link(text);
  const auto changed = Change(turn, id, wanted, "payment_link", turn.NextRequestId());
  if (ReasonOf(changed.status()) == v1::REASON_INVALID_FIELD) {
    return Ask(turn, id, ServiceField::kPaymentLink,
               DoesNotFitText(turn.reader(), ServiceField::kPaymentLink, ""));
  }
  KALENDS_ASSIGN_OR_RETURN(const auto service, changed);
  ShowSaved(turn, service, ServiceField::kPaymentLink);
  return absl::OkStatus();
}

// Where a field is a text: its path, and what it takes.
const char* SetText(v1::Service& service, ServiceField field, const std::string& text) {
  if (field == ServiceField::kName) {
    service.set_display_name(Shorten(text, kNameCharsMax));
    return "display_name";
  }
  if (field == ServiceField::kDescription) {
    service.set_description(Shorten(text, kDescriptionCharsMax));
    return "description";
  }
  service.set_place(Shorten(text, kPlaceCharsMax));
  return "place";
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowServiceGroup& action) {
  KALENDS_ASSIGN_OR_RETURN(const auto service, GetOwnService(turn, action.service));
  turn.Show(ServiceGroupScreen(turn.reader(), service, action.group));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const AskServiceField& action) {
  return Ask(turn, action.service, action.field, "");
}

absl::Status Handle(Turn& turn, const SetServiceNumber& action) {
  const auto number = NumberFieldOf(action.field);
  if (!number) return Handle(turn, AskServiceField{action.service, action.field});
  v1::Service wanted;
  SetNumber(wanted, action.field, action.value);
  return ChangeAndShow(turn, action.service, wanted, number->path, action.field,
                       turn.RequestIdOf(action, action.nonce) + ":" + std::to_string(action.value));
}

absl::Status Handle(Turn& turn, const ClearServiceField& action) {
  const char* const path = action.field == ServiceField::kPrice         ? "price"
                           : action.field == ServiceField::kPaymentLink ? "payment_link"
                           : action.field == ServiceField::kPlace       ? "place"
                                                                        : "description";
  return ChangeAndShow(turn, action.service, {}, path, action.field,
                       turn.RequestIdOf(action, action.nonce));
}

absl::Status Handle(Turn& turn, const SetAutoAccept& action) {
  v1::Service wanted;
  wanted.set_auto_accept(action.accept == AutoAccept::kOn);
  KALENDS_ASSIGN_OR_RETURN(const auto service, Change(turn, action.service, wanted, "auto_accept",
                                                      turn.RequestIdOf(action, action.nonce)));
  ShowServiceCard(
      turn, service,
      turn.texts().Html(service.auto_accept() ? "catalog.auto_is_on" : "catalog.auto_is_off"));
  return absl::OkStatus();
}

absl::Status Handle(Turn& turn, const TypesServiceField& dialogue, const std::string& text) {
  const ServiceId id{dialogue.service};
  if (NumberFieldOf(dialogue.field)) return TakeNumber(turn, id, dialogue.field, text);
  if (dialogue.field == ServiceField::kPrice) return TakePrice(turn, id, text);
  if (dialogue.field == ServiceField::kPaymentLink) return TakePaymentLink(turn, id, text);
  v1::Service wanted;
  const char* const path = SetText(wanted, dialogue.field, text);
  return ChangeAndShow(turn, id, wanted, path, dialogue.field, turn.NextRequestId());
}

Handlers ServiceFieldsHandlers() { return HandlersOf<TypesServiceField>(ServiceFieldsActions{}); }

}  // namespace kalends::telegram
