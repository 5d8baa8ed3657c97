#include <memory>

#include "kalends/v1/link_service.pb.h"
#include "tools/kalends/account.h"
#include "tools/kalends/listing.h"
#include "tools/kalends/person.h"

namespace kalends::cli {
namespace {

struct AccountList {
  std::string provider;
  std::string name;
  Limit limit = 0;
};

std::string StandingOf(const v1::Link& link) {
  if (link.has_block_time()) return "blocked";
  return link.has_remove_time() ? "removed" : "linked";
}

}  // namespace

Work ListAccounts(CLI::App& command, Arguments&) {
  auto wanted = std::make_shared<AccountList>();
  command
      .add_option("PROVIDER", wanted->provider, "providers/..., or an identity: whose customers")
      ->required();
  command.add_option("--name", wanted->name, "Only those whose names have these words in them");
  AddLimit(command, wanted->limit);
  return [wanted](Context& context) -> absl::StatusOr<int> {
    ASSIGN_OR_RETURN(const core::TimeZone zone, context.Zone());
    const Person person = PersonOf(wanted->provider, "providers");
    v1::ListLinksRequest request;
    request.set_parent(person.name);
    request.set_name_contains(wanted->name);
    return PrintList<v1::ListLinksResponse>(
        context, request, person.account, wanted->limit, {"ACCOUNT", "SINCE", "STANDING", "NAME"},
        [](const auto& answer) -> const auto& { return answer.links(); },
        [&](const v1::Link& link) {
          return std::vector<std::string>{link.customer(), TimeIn(zone, link.create_time()),
                                          StandingOf(link), link.customer_display_name()};
        });
  };
}

}  // namespace kalends::cli
