// What a sold package was used for, to either side (SPEC 3.4).
#include "adapters/telegram/screens/package_uses.h"

#include "adapters/telegram/actions/package_uses.h"
#include "adapters/telegram/actions/packages.h"
#include "adapters/telegram/handlers/handlers.h"
#include "adapters/telegram/handlers/shared.h"

namespace kalends::telegram {
namespace {

// The lines that are shown, the newest first.
absl::Status ReadUses(Turn& turn, PackageUsesView& view) {
  v1::ListPackageUsesRequest request;
  request.set_parent(view.package.name());
  request.set_page_size(kListPageSize);
  std::vector<v1::PackageUse> all;
  do {
    KALENDS_ASSIGN_OR_RETURN(const auto answer, turn.Call<v1::ListPackageUsesResponse>(request));
    all.insert(all.end(), answer.uses().begin(), answer.uses().end());
    request.set_page_token(answer.next_page_token());
  } while (!request.page_token().empty());
  view.more = all.size() > kPackageUsesShown;
  for (auto use = all.rbegin(); use != all.rend() && view.uses.size() < kPackageUsesShown; ++use) {
    auto appointment = GetAppointment(turn, AppointmentId::Of(use->appointment()));
    view.uses.push_back({std::move(*use),
                         appointment.ok() ? std::optional(*std::move(appointment)) : std::nullopt});
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Handle(Turn& turn, const ShowPackageUses& action) {
  const bool own = turn.account().provider() == NameOf(action.provider);
  PackageUsesView view{.package = {},
                       .uses = {},
                       .back = own ? Action(ShowSoldPackage{action.customer, action.package})
                                   : Action(ShowOwnPackages{action.provider})};
  v1::GetSoldPackageRequest request;
  request.set_name(SoldNameOf(action.provider, action.customer, action.package));
  KALENDS_ASSIGN_OR_RETURN(view.package, turn.Call<v1::SoldPackage>(request));
  KALENDS_RETURN_IF_ERROR(ReadUses(turn, view));
  turn.Show(PackageUsesScreen(turn.reader(), view));
  return absl::OkStatus();
}

Handlers PackageUsesHandlers() { return HandlersOf<>(PackageUsesActions{}); }

}  // namespace kalends::telegram
