#include "adapters/telegram/handlers/all.h"

#include <fmt/format.h>

#include <cassert>
#include <unordered_map>

#include "adapters/telegram/actions.h"

namespace kalends::telegram {

// Each is the last function of handlers/<subject>.cc.
Handlers AbsencesHandlers();
Handlers AccountsHandlers();
Handlers AffectedHandlers();
Handlers AppointmentNotesHandlers();
Handlers AppointmentsHandlers();
Handlers BookForHandlers();
Handlers BookingHandlers();
Handlers BusyHandlers();
Handlers CalendarHandlers();
Handlers CatalogHandlers();
Handlers ChatHandlers();
Handlers ConsentDocumentsHandlers();
Handlers ConsentsHandlers();
Handlers CustomersHandlers();
Handlers DocumentsHandlers();
Handlers FeedsHandlers();
Handlers HolidaysHandlers();
Handlers HomeHandlers();
Handlers InvitationsHandlers();
Handlers LinksHandlers();
Handlers MovesHandlers();
Handlers OpeningsHandlers();
Handlers PackageUsesHandlers();
Handlers PackagesHandlers();
Handlers PagesHandlers();
Handlers PaymentsHandlers();
Handlers PicturesHandlers();
Handlers PracticeHandlers();
Handlers PrivacyHandlers();
Handlers ProfilesHandlers();
Handlers ProposalsHandlers();
Handlers ProvidersHandlers();
Handlers RemindersHandlers();
Handlers RequestsHandlers();
Handlers ScheduleHandlers();
Handlers ServiceFieldsHandlers();
Handlers ServiceLanguagesHandlers();
Handlers ServiceListsHandlers();
Handlers StatisticsHandlers();
Handlers SupportHandlers();
Handlers TeamHandlers();

namespace {

// clang-format off
constexpr Handlers (*kSubjects[])() = {
    AbsencesHandlers,
    AccountsHandlers,
    AffectedHandlers,
    AppointmentNotesHandlers,
    AppointmentsHandlers,
    BookForHandlers,
    BookingHandlers,
    BusyHandlers,
    CalendarHandlers,
    CatalogHandlers,
    ChatHandlers,
    ConsentDocumentsHandlers,
    ConsentsHandlers,
    CustomersHandlers,
    DocumentsHandlers,
    FeedsHandlers,
    HolidaysHandlers,
    HomeHandlers,
    InvitationsHandlers,
    LinksHandlers,
    MovesHandlers,
    OpeningsHandlers,
    PackageUsesHandlers,
    PackagesHandlers,
    PagesHandlers,
    PaymentsHandlers,
    PicturesHandlers,
    PracticeHandlers,
    PrivacyHandlers,
    ProfilesHandlers,
    ProposalsHandlers,
    ProvidersHandlers,
    RemindersHandlers,
    RequestsHandlers,
    ScheduleHandlers,
    ServiceFieldsHandlers,
    ServiceLanguagesHandlers,
    ServiceListsHandlers,
    StatisticsHandlers,
    SupportHandlers,
    TeamHandlers,
};
// clang-format on

struct Found {
  std::unordered_map<std::string_view, ActionHandler> actions;
  std::unordered_map<std::string_view, TextHandler> texts;
  std::vector<std::string> faults;
};

template <ActionType... Some>
void FindUnbound(Actions<Some...>, Found& found) {
  const auto check = [&](std::string_view code) {
    if (!found.actions.contains(code)) found.faults.push_back(fmt::format("no handler: {}", code));
  };
  (check(Some::kCode), ...);
}

template <typename... Some>
void FindUnbound(std::type_identity<std::variant<Some...>>, Found& found) {
  const auto check = [&](std::string_view name) {
    if (!found.texts.contains(name)) found.faults.push_back(fmt::format("no handler: {}", name));
  };
  (check(Some::kName), ...);
}

Found FindAll() {
  Found found;
  for (const auto subject : kSubjects) {
    const Handlers handlers = subject();
    for (const ActionHandler& handler : handlers.actions) {
      if (found.actions.emplace(handler.code, handler).second) continue;
      found.faults.push_back(fmt::format("two handlers: {}", handler.code));
    }
    for (const TextHandler& handler : handlers.texts) {
      if (found.texts.emplace(handler.dialogue, handler).second) continue;
      found.faults.push_back(fmt::format("two handlers: {}", handler.dialogue));
    }
  }
  FindUnbound(AllActions{}, found);
  FindUnbound(std::type_identity<Dialogue>{}, found);
  return found;
}

const Found& All() {
  static const Found kFound = FindAll();
  return kFound;
}

}  // namespace

const ActionHandler& HandlerFor(const Action& action) {
  const auto found = All().actions.find(action.code());
  assert(found != All().actions.end());
  return found->second;
}

const TextHandler& HandlerFor(const Dialogue& dialogue) {
  const std::string_view name =
      std::visit([](const auto& some) { return std::string_view(some.kName); }, dialogue);
  const auto found = All().texts.find(name);
  assert(found != All().texts.end());
  return found->second;
}

std::vector<std::string> FaultsOfHandlers() { return All().faults; }

}  // namespace kalends::telegram
