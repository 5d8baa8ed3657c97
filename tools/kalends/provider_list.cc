#include <memory>

#include "kalends/v1/provider_service.pb.h"
#include "tools/kalends/listing.h"
#include "tools/kalends/person.h"
#include "tools/kalends/provider.h"

namespace kalends::cli {
namespace {

struct ProviderList {
  std::string customer;
  Limit limit = 0;
};

}  // namespace

Work ListProviders(CLI::App& command, Arguments&) {
  auto wanted = std::make_shared<ProviderList>();
  command.add_option("ACCOUNT", wanted->customer, "accounts/..., or an identity: the customer")
      ->required();
  AddLimit(command, wanted->limit);
  return [wanted](Context& context) -> absl::StatusOr<int> {
    const Person person = PersonOf(wanted->customer, "accounts");
    v1::ListProvidersRequest request;
    request.set_parent(person.name);
    return PrintList<v1::ListProvidersResponse>(
        context, request, person.account, wanted->limit, {"PROVIDER", "KIND", "TIME ZONE", "NAME"},
        [](const auto& answer) -> const auto& { return answer.providers(); },
        [](const v1::Provider& provider) {
          return std::vector<std::string>{
              provider.name(), WordOf(v1::ProviderKind_Name(provider.kind()), "PROVIDER_KIND_"),
              provider.time_zone(), provider.display_name()};
        });
  };
}

}  // namespace kalends::cli
